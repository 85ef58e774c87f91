import type { z } from "zod";
import type { connectContract } from "@/lib/api/contract/share-links";
import type { OpenLink } from "@/lib/auth/authorization";
import { cardOf } from "@/lib/connectors/kit/form";
import { readGuide } from "@/lib/connectors/kit/guide";
import { transactScoped } from "@/lib/db/scoped";
import { AppError } from "@/lib/errors/app-error";
import { knownConnector, type Values } from "../connections/settings";

export type AskedFor = z.input<NonNullable<(typeof connectContract.get)["~orpc"]["outputSchema"]>>;

/** What somebody with a link sees: the connector's own fields, and nothing else of the account. */
export async function readShareLink({ scope, email, expiresAt }: OpenLink): Promise<AskedFor> {
	const found = await transactScoped(scope, async ({ db }) => {
		const account = await db.account.findFirstOrThrow({ select: { name: true } });
		const connection = await db.connection.findFirst({
			where: { id: scope.connectionId },
			select: {
				name: true,
				connectorKey: true,
				credentialId: true,
				values: true,
				merchant: { select: { name: true } },
			},
		});
		if (!connection) throw new AppError("link-gone");
		return { account, connection };
	});
	const { connection } = found;
	const connector = knownConnector(connection.connectorKey);
	const card = cardOf(connector);
	return {
		account: found.account.name,
		merchant: connection.merchant.name,
		connection: connection.name,
		system: connector.name,
		email,
		expiresAt,
		// What the account keeps for all its merchants is not asked of one of them.
		fields: card.fields.filter(({ level }) => !(connection.credentialId && level === "account")),
		values: valuesOf(connection.values),
		guide: await readGuide(connector.key),
	};
}

function valuesOf(stored: unknown): Values {
	return typeof stored === "object" && stored !== null ? { ...stored } : {};
}
