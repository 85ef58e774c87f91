/** The far end of an invitation: whoever holds the mail's token may see what it is for, and use it once. */
import { randomBytes } from "node:crypto";
import { audit } from "@/lib/db/audit";
import { newId } from "@/lib/db/ids";
import type { Scope } from "@/lib/db/scope";
import { systemTransaction } from "@/lib/db/system";
import type { Transaction } from "@/lib/db/transact";
import { env } from "@/lib/env";
import type { Person } from "./asker";
import { permissionsOf } from "./roles";
import { tokenHashOf } from "./sign-in-link";

export interface InvitationView {
	accountId: string;
	account: string;
	merchant: string | null;
	email: string;
	role: string;
	state: "open" | "expired" | "withdrawn" | "accepted";
}

interface Row extends Omit<InvitationView, "state"> {
	id: string;
	merchantId: string | null;
	chosenOnly: boolean;
	chosenMerchantIds: string[];
	expiresAt: Date;
	acceptedAt: Date | null;
	withdrawnAt: Date | null;
}

/** The page that asks for one press before the link is used. */
export function invitationUrl(token: string): string {
	return `${env().APP_URL}/invitation?${new URLSearchParams({ token })}`;
}

/** A token for a mail, and what is kept of it: hashed as those of sign-in links are. */
export function newInvitationToken(): { token: string; tokenHash: string } {
	const token = randomBytes(32).toString("hex");
	return { token, tokenHash: tokenHashOf(token) };
}

/** What a link is for; null when there is no such link, or a newer one took its place. */
export async function readInvitation(token: string): Promise<InvitationView | null> {
	const row = await systemTransaction((tx) => findByToken(tx, token));
	return row && { ...row, state: stateOf(row) };
}

/**
 * Lets a person in through an open invitation to their own address. False when it is not, or no longer, theirs to
 * use, or when they belong to the account already.
 */
export async function acceptInvitation(
	token: string,
	person: Pick<Person, "id" | "email" | "name" | "network">,
	requestId: string,
): Promise<boolean> {
	return systemTransaction(async (tx) => {
		const row = await findByToken(tx, token, "for update of i");
		if (!row || stateOf(row) !== "open" || row.email !== person.email.toLowerCase()) return false;
		const membershipId = newId("mem");
		const made = await tx.sql(
			`insert into "Membership" ("id", "accountId", "userId", "role", "merchantId", "chosenOnly", "chosenMerchantIds") values ($1, $2, $3, $4, $5, $6, $7)
			 on conflict ("accountId", "userId") do nothing returning "id"`,
			[
				...[membershipId, row.accountId, person.id, row.role, row.merchantId],
				...[row.chosenOnly, row.chosenMerchantIds],
			],
		);
		if (made.length === 0) return false;
		await tx.sql(`update "Invitation" set "acceptedAt" = now() where "id" = $1`, [row.id]);
		await tx.sql(`update "User" set "lastAccountId" = $2 where "id" = $1`, [person.id, row.accountId]);
		await audit(tx, scopeOfGuest(row, person, requestId), {
			action: "person.joined",
			subjectType: "person",
			subjectId: membershipId,
			after: { email: row.email, role: row.role, ...(row.merchant && { merchant: row.merchant }) },
		});
		return true;
	});
}

async function findByToken(tx: Transaction, token: string, lock = ""): Promise<Row | null> {
	const [row] = await tx.sql<Row>(
		`select i."id", i."accountId", i."email", i."role", i."merchantId", i."chosenOnly", i."chosenMerchantIds", i."expiresAt",
		   i."acceptedAt", i."withdrawnAt", a."name" as "account", (select string_agg(m."name", ', ' order by m."name") from "Merchant" m
		     where m."accountId" = i."accountId" and (m."id" = i."merchantId" or m."id" = any(i."chosenMerchantIds"))) as "merchant"
		 from "Invitation" i join "Account" a on a."id" = i."accountId" where i."tokenHash" = $1 ${lock}`,
		[tokenHashOf(token)],
	);
	return row ?? null;
}

function stateOf({ expiresAt, acceptedAt, withdrawnAt }: Row): InvitationView["state"] {
	if (acceptedAt) return "accepted";
	if (withdrawnAt) return "withdrawn";
	return expiresAt > new Date() ? "open" : "expired";
}

function scopeOfGuest(row: Row, person: Pick<Person, "id" | "email" | "name" | "network">, requestId: string): Scope {
	return {
		accountId: row.accountId,
		...(row.merchantId && { merchantId: row.merchantId }),
		...(row.chosenOnly && { chosenMerchantIds: row.chosenMerchantIds }),
		actor: { type: "user", id: person.id, name: person.name ?? person.email },
		may: permissionsOf(row.role, row.merchantId),
		requestId,
		...(person.network && { network: person.network }),
	};
}
