import { randomBytes } from "node:crypto";
import { mayChangeSide } from "@/lib/auth/roles";
import { hashOf } from "@/lib/auth/session-cookie";
import { audit } from "@/lib/db/audit";
import { newId } from "@/lib/db/ids";
import type { Scope } from "@/lib/db/scope";
import { type ScopedTransaction, transactScoped } from "@/lib/db/scoped";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors/app-error";
import { after, dayMs } from "@/lib/time";
import { storeFlows } from "../connections/create-connection";
import { nameTaken } from "../connections/free-name";
import { checkOptions } from "../connections/option-fields";
import { knownConnector } from "../connections/settings";
import { mailShareLink } from "./share-mails";

const daysOpen = 7;

export interface ToldLink {
	id: string;
	connectionId: string;
	url: string;
	mailed: boolean;
	expiresAt: Date;
}

/** Who asks for access details, as the mails name them. */
interface Asking {
	email: string;
	/** Where to send word when it is done; empty when a key asks. */
	makerEmail: string;
}

/** Makes a cart's connection without access details, and a link for whoever has them. */
export async function inviteToConnect(
	scope: Scope,
	given: Asking & { merchantId: string; connectorKey: string; name: string },
): Promise<ToldLink> {
	if (!mayChangeSide(scope, "source")) throw new AppError("forbidden");
	const connector = knownConnector(given.connectorKey);
	if (!connector.source)
		throw new AppError("bad-input", { field: "connectorKey", problem: `${connector.name} cannot be used there.` });
	const connectionId = newId("con");
	return shareLinkFor(scope, given, async (tx) => {
		const merchant = await tx.db.merchant.findFirst({ where: { id: given.merchantId, archivedAt: null } });
		if (!merchant) throw new AppError("not-found", { thing: "merchant" });
		const inserted = await tx.sql(
			`insert into "Connection" ("id", "accountId", "merchantId", "connectorKey", "side", "name", "values", "options", "state")
			 values ($1, $2, $3, $4, 'source', $5, '{}', $6, 'not_set_up')
			 on conflict ("accountId", "merchantId", "name") do nothing returning "id"`,
			[connectionId, scope.accountId, merchant.id, connector.key, given.name, checkOptions("source", {}, connector)],
		);
		if (inserted.length === 0) throw nameTaken();
		await storeFlows(tx, scope, connectionId, {
			given: { merchantId: merchant.id, side: "source" },
			connector,
			options: {},
		});
		await audit(tx, scope, {
			action: "connection.created",
			subjectType: "connection",
			subjectId: connectionId,
			merchantId: merchant.id,
			after: { name: given.name, connector: connector.key, side: "source", values: {} },
		});
		return { id: connectionId, merchantId: merchant.id, name: given.name, connectorKey: connector.key };
	});
}

/** A link for a connection that is there already: for a reconnect, or in place of a link that went astray. */
export async function createShareLink(scope: Scope, connectionId: string, asking: Asking): Promise<ToldLink> {
	return shareLinkFor(scope, asking, async ({ db }) => {
		const connection = await db.connection.findFirst({
			where: { id: connectionId, archivedAt: null },
			select: { id: true, merchantId: true, name: true, side: true, connectorKey: true },
		});
		if (!connection) throw new AppError("not-found", { thing: "connection" });
		// The warehouse is the account's own: nobody outside is asked for it.
		if (connection.side !== "source") {
			const problem = "Only a cart's access details can be asked for.";
			throw new AppError("bad-input", { field: "connectionId", problem });
		}
		if (!mayChangeSide(scope, "source")) throw new AppError("forbidden");
		return connection;
	});
}

interface Wanted {
	id: string;
	merchantId: string;
	name: string;
	connectorKey: string;
}

async function shareLinkFor(
	scope: Scope,
	{ email, makerEmail }: Asking,
	find: (tx: ScopedTransaction) => Promise<Wanted>,
): Promise<ToldLink> {
	const token = randomBytes(32).toString("base64url");
	const id = newId("shl");
	const expiresAt = after(new Date(), daysOpen * dayMs);
	const made = await transactScoped(scope, async (tx) => {
		const wanted = await find(tx);
		const { id: connectionId, merchantId } = wanted;
		await tx.db.shareLink.updateMany({
			where: { connectionId, usedAt: null, revokedAt: null },
			data: { revokedAt: new Date() },
		});
		const { actor, accountId } = scope;
		const createdById = actor.type === "job" ? actor.task : actor.id;
		await tx.db.shareLink.create({
			data: {
				...{ id, accountId, merchantId, connectionId, email, expiresAt, createdById },
				tokenHash: hashOf(token),
				createdByEmail: makerEmail,
			},
			select: { id: true },
		});
		await audit(tx, scope, {
			action: "share-link.created",
			subjectType: "connection",
			subjectId: connectionId,
			merchantId,
			after: { email, expiresAt },
		});
		const account = await tx.db.account.findFirstOrThrow({ select: { name: true } });
		return { ...wanted, account: account.name };
	});
	const url = `${env().APP_URL}/connect/${token}`;
	const mailed = await mailShareLink({
		...{ email, url, days: daysOpen, account: made.account, connection: made.name },
		system: knownConnector(made.connectorKey).name,
	});
	return { id, connectionId: made.id, url, mailed, expiresAt };
}
