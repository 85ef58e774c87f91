/**
 * A person's second factor: an app that shows digits, passkeys, and recovery codes for when those are lost. Once a
 * person has one, every session of theirs has given it or waits for it.
 */
import { newId } from "@/lib/db/ids";
import { systemTransaction } from "@/lib/db/system";
import type { Transaction } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import { after, minuteMs } from "@/lib/time";
import { type Asker, scopeOf } from "../asker";
import { withFactor } from "../directory";
import { whyNoPasskeys } from "./relying-party";

/** How long a session waits for the factor; after that a new link is needed. */
export const factorWaitMs = 30 * minuteMs;

/** Whoever changes how they sign in has given the factor no longer ago than this. */
const provenMs = 5 * minuteMs;

/** A condition in SQL: the person (a column or a parameter) has a second factor. */
export function hasFactorSql(userId: string): string {
	return `(exists (select 1 from "Authenticator" where "userId" = ${userId} and "confirmedAt" is not null)
		or exists (select 1 from "Passkey" where "userId" = ${userId}))`;
}

export async function hasFactor(userId: string): Promise<boolean> {
	return (await withFactor([userId])).has(userId);
}

/** True when the account lets people in with a second factor only, and this person has none. */
export async function lacksDemandedFactor(userId: string, accountId: string): Promise<boolean> {
	const rows = await systemTransaction((tx) =>
		tx.sql(`select 1 from "Account" where "id" = $1 and "demandsFactor" and not ${hasFactorSql("$2")}`, [
			accountId,
			userId,
		]),
	);
	return rows.length > 0;
}

/** The name of an account that demands a factor, for those who belong to it. Null for any other. */
export async function demandingAccount(asker: Asker, accountId: string): Promise<string | null> {
	if (!(await scopeOf(asker, accountId, newId("req")))) return null;
	const [row] = await systemTransaction((tx) =>
		tx.sql<{ name: string }>(`select "name" from "Account" where "id" = $1 and "demandsFactor"`, [accountId]),
	);
	return row?.name ?? null;
}

/** Which ways somebody has to give the factor. */
export async function waysOf(userId: string): Promise<{ authenticator: boolean; passkeys: boolean }> {
	const [row] = await systemTransaction((tx) =>
		tx.sql<{ authenticator: boolean; passkeys: boolean }>(
			`select exists (select 1 from "Authenticator" where "userId" = $1 and "confirmedAt" is not null) as "authenticator",
			   exists (select 1 from "Passkey" where "userId" = $1) as "passkeys"`,
			[userId],
		),
	);
	return { authenticator: row?.authenticator ?? false, passkeys: (row?.passkeys ?? false) && whyNoPasskeys() === null };
}

export interface OwnFactors {
	authenticatorSince: Date | null;
	passkeys: { id: string; name: string; createdAt: Date; lastUsedAt: Date | null }[];
	recoveryCodesLeft: number;
	/** Why passkeys cannot be added here; null where they can. */
	noPasskeys: string | null;
	/** Whether the factor must be given again before anything is changed. */
	mustProve: boolean;
	/** The accounts of the person that demand a second factor. */
	demandedBy: string[];
}

export function readFactors(asker: Asker): Promise<OwnFactors> {
	return systemTransaction(async (tx) => {
		const [app] = await tx.sql<{ confirmedAt: Date | null }>(
			`select "confirmedAt" from "Authenticator" where "userId" = $1`,
			[asker.id],
		);
		const passkeys = await tx.sql<OwnFactors["passkeys"][number]>(
			`select "id", "name", "createdAt", "lastUsedAt" from "Passkey" where "userId" = $1 order by "id"`,
			[asker.id],
		);
		const demanding = await tx.sql<{ name: string }>(
			`select a."name" from "Membership" m join "Account" a on a."id" = m."accountId"
			 where m."userId" = $1 and a."demandsFactor" order by a."name"`,
			[asker.id],
		);
		const authenticatorSince = app?.confirmedAt ?? null;
		return {
			authenticatorSince,
			passkeys,
			recoveryCodesLeft: await countCodesLeft(tx, asker.id),
			noPasskeys: whyNoPasskeys(),
			mustProve: (authenticatorSince !== null || passkeys.length > 0) && !(await isProven(tx, asker)),
			demandedBy: demanding.map(({ name }) => name),
		};
	});
}

export async function countCodesLeft(tx: Transaction, userId: string): Promise<number> {
	const [row] = await tx.sql<{ left: number }>(
		`select count(*)::int as "left" from "RecoveryCode" where "userId" = $1 and "usedAt" is null`,
		[userId],
	);
	return row?.left ?? 0;
}

/** Throws `factor-again` when a person who has a factor did not give it lately in this session. */
export async function mustBeProven(tx: Transaction, asker: Asker): Promise<void> {
	const [has] = await tx.sql<{ has: boolean }>(`select ${hasFactorSql("$1")} as "has"`, [asker.id]);
	if (has?.has && !(await isProven(tx, asker))) throw new AppError("factor-again");
}

async function isProven(tx: Transaction, asker: Asker): Promise<boolean> {
	const rows = await tx.sql(`select 1 from "Session" where "id" = $1 and "provenAt" > $2`, [
		asker.sessionId,
		after(new Date(), -provenMs),
	]);
	return rows.length > 0;
}

/** After the first factor was set up: here it was just shown to work, and all other sessions wait for it. */
export async function askEverywhereElse(tx: Transaction, asker: Asker): Promise<void> {
	await tx.sql(`update "Session" set "provenAt" = now() where "id" = $1`, [asker.sessionId]);
	await tx.sql(`update "Session" set "awaitsFactor" = true where "userId" = $1 and "id" <> $2`, [
		asker.id,
		asker.sessionId,
	]);
}

/** After a factor was taken away: with the last one go the recovery codes, and sessions that could only wait. */
export async function forgetIfNone(tx: Transaction, userId: string): Promise<void> {
	const [has] = await tx.sql<{ has: boolean }>(`select ${hasFactorSql("$1")} as "has"`, [userId]);
	if (has?.has) return;
	await tx.sql(`delete from "RecoveryCode" where "userId" = $1`, [userId]);
	await tx.sql(`delete from "Session" where "userId" = $1 and "awaitsFactor"`, [userId]);
	await tx.sql(`update "Session" set "provenAt" = null where "userId" = $1`, [userId]);
}
