/**
 * A brand's own account and its 3PL, linked by an invitation that either side may send and either side may end. It
 * stands between two tenants, so it is sign-in's business: no tenant's own client reads it.
 */
import { audit } from "@/lib/db/audit";
import { newId } from "@/lib/db/ids";
import type { Scope } from "@/lib/db/scope";
import { systemTransaction } from "@/lib/db/system";
import type { Transaction } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import { after, dayMs } from "@/lib/time";
import { newInvitationToken } from "./invitations";
import { tokenHashOf } from "./sign-in-link";

export const linkDays = 7;
/** More than this many unanswered invitations is somebody who sends mails. */
const mostWaiting = 50;

type Side = "fulfillment" | "merchant";

export interface AccountLinkView {
	id: string;
	/** The other account's name; null until it accepted. */
	account: string | null;
	accountId: string | null;
	email: string;
	state: "pending" | "expired" | "withdrawn" | "active" | "ended";
	/** True when this account sent the invitation. */
	sentHere: boolean;
	invitedBy: string;
	createdAt: Date;
	expiresAt: Date;
	acceptedAt: Date | null;
	endedAt: Date | null;
	/** True when this account ended it. */
	endedHere: boolean;
}

interface Row {
	id: string;
	fulfillmentAccountId: string | null;
	merchantAccountId: string | null;
	fulfillment: string | null;
	merchant: string | null;
	email: string;
	invitedByName: string;
	invitedBySide: Side;
	createdAt: Date;
	expiresAt: Date;
	acceptedAt: Date | null;
	endedAt: Date | null;
	endedBySide: Side | null;
}

const select = `select l.*, f."name" as "fulfillment", m."name" as "merchant" from "AccountLink" l
	left join "Account" f on f."id" = l."fulfillmentAccountId" left join "Account" m on m."id" = l."merchantAccountId"`;

/** Every link of an account, the newest first. */
export async function listAccountLinks(scope: Scope): Promise<AccountLinkView[]> {
	const rows = await systemTransaction((tx) =>
		tx.sql<Row>(
			`${select} where l."fulfillmentAccountId" = $1 or l."merchantAccountId" = $1 order by l."id" desc limit 500`,
			[scope.accountId],
		),
	);
	return rows.map((row) => viewOf(row, sideIn(row, scope.accountId)));
}

function viewOf(row: Row, side: Side): AccountLinkView {
	const { id, email, createdAt, expiresAt, acceptedAt, endedAt } = row;
	const isWarehouse = side === "fulfillment";
	return {
		...{ id, email, createdAt, expiresAt, acceptedAt, endedAt },
		account: isWarehouse ? row.merchant : row.fulfillment,
		accountId: isWarehouse ? row.merchantAccountId : row.fulfillmentAccountId,
		state: stateOf(row),
		sentHere: row.invitedBySide === side,
		invitedBy: row.invitedByName,
		endedHere: row.endedBySide === side,
	};
}

function stateOf({ acceptedAt, endedAt, expiresAt }: Row): AccountLinkView["state"] {
	if (endedAt) return acceptedAt ? "ended" : "withdrawn";
	if (acceptedAt) return "active";
	return expiresAt > new Date() ? "pending" : "expired";
}

function sideIn(row: Row, accountId: string): Side {
	return row.fulfillmentAccountId === accountId ? "fulfillment" : "merchant";
}

/** Keeps an invitation for the other side, and gives the token for its mail. A new one takes the place of an older. */
export async function inviteLink(
	scope: Scope,
	email: string,
): Promise<{ id: string; token: string; account: string; kind: Side }> {
	const id = newId("lnk");
	const { token, tokenHash } = newInvitationToken();
	return systemTransaction(async (tx) => {
		const { name, kind } = await lockAccount(tx, scope.accountId);
		const own = kind === "fulfillment" ? "fulfillmentAccountId" : "merchantAccountId";
		await tx.sql(
			`update "AccountLink" set "endedAt" = now(), "endedBySide" = $3
			 where "${own}" = $1 and "email" = $2 and "acceptedAt" is null and "endedAt" is null`,
			[scope.accountId, email, kind],
		);
		const [waiting] = await tx.sql<{ count: number }>(
			`select count(*)::int as "count" from "AccountLink" where "${own}" = $1 and "acceptedAt" is null and "endedAt" is null`,
			[scope.accountId],
		);
		if ((waiting?.count ?? 0) >= mostWaiting)
			throw badLink("email", `cannot be asked while ${mostWaiting} invitations wait. Withdraw some first.`);
		await tx.sql(
			`insert into "AccountLink" ("id", "${own}", "email", "tokenHash", "invitedById", "invitedByName", "invitedBySide", "expiresAt")
			 values ($1, $2, $3, $4, $5, $6, $7, $8)`,
			[id, scope.accountId, email, tokenHash, ...actorOf(scope), kind, after(new Date(), linkDays * dayMs)],
		);
		await note(tx, scope, "account-link.invited", { id, email });
		return { id, token, account: name, kind };
	});
}

/** What an invitation's mail is about; null when it does not work any more. */
export async function readLinkInvitation(token: string): Promise<{ account: string; wanted: Side } | null> {
	const row = await systemTransaction((tx) => findWaiting(tx, token));
	if (!row) return null;
	return { account: row.fulfillment ?? row.merchant ?? "", wanted: wantedSide(row) };
}

/** Links the asker's account with the one that sent the invitation. Throws `bad-input` when that makes no sense. */
export async function acceptLink(scope: Scope, token: string): Promise<{ id: string; own: Party; other: Party }> {
	return systemTransaction(async (tx) => {
		const row = await findWaiting(tx, token, "for update of l");
		if (!row)
			throw badLink("token", "no longer works: it was used, withdrawn, or is older than 7 days. Ask for another.");
		const wanted = wantedSide(row);
		const { name, kind } = await lockAccount(tx, scope.accountId);
		if (kind !== wanted)
			throw badLink("account", wanted === "merchant" ? "must be a brand's own account." : "must be a 3PL's account.");
		const made = await tx.sql(
			`update "AccountLink" set "${wanted}AccountId" = $2, "acceptedAt" = now() where "id" = $1
			   and not exists (select 1 from "AccountLink" o where o."acceptedAt" is not null and o."endedAt" is null
			     and o."fulfillmentAccountId" = coalesce("AccountLink"."fulfillmentAccountId", $2)
			     and o."merchantAccountId" = coalesce("AccountLink"."merchantAccountId", $2)) returning 1`,
			[row.id, scope.accountId],
		);
		if (made.length === 0) throw badLink("account", "is linked with this one already.");
		const inviter = row.fulfillmentAccountId ?? row.merchantAccountId ?? "";
		const facts = { id: row.id, fulfillment: row.fulfillment ?? name, merchant: row.merchant ?? name };
		await note(tx, scope, "account-link.accepted", facts);
		await note(tx, { ...scope, accountId: inviter }, "account-link.accepted", facts);
		const other = { id: inviter, name: row.fulfillment ?? row.merchant ?? "" };
		return { id: row.id, own: { id: scope.accountId, name }, other };
	});
}

interface Party {
	id: string;
	name: string;
}

/**
 * Ends a link, or withdraws an invitation. The 3PL's staff are out of the brand's account with their next click, and
 * the access details that the 3PL gave for its warehouse go; carts, orders and history stay the brand's.
 */
export async function endLink(scope: Scope, linkId: string): Promise<{ id: string; own: Party; other: Party | null }> {
	return systemTransaction(async (tx) => {
		const [row] = await tx.sql<Row>(
			`${select} where l."id" = $1 and (l."fulfillmentAccountId" = $2 or l."merchantAccountId" = $2)
			   and l."endedAt" is null for update of l`,
			[linkId, scope.accountId],
		);
		if (!row) throw new AppError("not-found", { thing: "link" });
		await tx.sql(`update "AccountLink" set "endedAt" = now(), "endedBySide" = $2 where "id" = $1`, [
			linkId,
			sideIn(row, scope.accountId),
		]);
		const action = row.acceptedAt ? "account-link.ended" : "account-link.withdrawn";
		const facts = { id: linkId, fulfillment: row.fulfillment, merchant: row.merchant, email: row.email };
		for (const accountId of [row.fulfillmentAccountId, row.merchantAccountId])
			if (accountId) await note(tx, { ...scope, accountId }, action, facts);
		if (row.acceptedAt && row.merchantAccountId) await takeBack(tx, row.merchantAccountId, row);
		const warehouse = { id: row.fulfillmentAccountId ?? "", name: row.fulfillment ?? "" };
		const brand = { id: row.merchantAccountId ?? "", name: row.merchant ?? "" };
		const [own, other] = warehouse.id === scope.accountId ? [warehouse, brand] : [brand, warehouse];
		return { id: linkId, own, other: other.id ? other : null };
	});
}

/** Removes what the 3PL lent: its access details. Orders that wait for the warehouse go on waiting. */
async function takeBack(tx: Transaction, accountId: string, { id, fulfillment }: Row): Promise<void> {
	const reason = `The link with ${fulfillment} ended. Enter access details of your own.`;
	const rows = await tx.sql<{ id: string }>(
		`update "Connection" set "values" = '{}', "sealed" = null, "state" = 'not_set_up', "stateReason" = $3, "checkedAs" = '',
		   "linkId" = null, "updatedAt" = now()
		 where "accountId" = $1 and "linkId" = $2 returning "id"`,
		[accountId, id, reason],
	);
	await tx.sql(`delete from "ConnectionToken" where "accountId" = $1 and "id" = any($2)`, [
		accountId,
		rows.map((connection) => connection.id),
	]);
}

async function findWaiting(tx: Transaction, token: string, lock = ""): Promise<Row | null> {
	const [row] = await tx.sql<Row>(
		`${select} where l."tokenHash" = $1 and l."acceptedAt" is null and l."endedAt" is null and l."expiresAt" > now() ${lock}`,
		[tokenHashOf(token)],
	);
	return row ?? null;
}

/** The kind of account that is still missing. */
function wantedSide({ fulfillmentAccountId }: Row): Side {
	return fulfillmentAccountId ? "merchant" : "fulfillment";
}

async function lockAccount(tx: Transaction, accountId: string): Promise<{ name: string; kind: Side }> {
	const [row] = await tx.sql<{ name: string; kind: Side }>(
		`select "name", "kind" from "Account" where "id" = $1 for no key update`,
		[accountId],
	);
	if (!row) throw new AppError("not-found", { thing: "account" });
	return row;
}

function actorOf({ actor }: Scope): [string, string] {
	return actor.type === "job" ? ["", ""] : [actor.id, actor.name ?? ""];
}

function note(tx: Transaction, scope: Scope, action: string, { id, ...facts }: Record<string, unknown>): Promise<void> {
	return audit(tx, scope, { action, subjectType: "account-link", subjectId: String(id), after: facts });
}

function badLink(field: string, problem: string): AppError {
	return new AppError(
		"bad-input",
		{ field: field === "email" ? "This address" : `This ${field}`, problem },
		{ fields: { [field]: problem } },
	);
}
