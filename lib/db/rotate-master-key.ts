/**
 * Moves accounts, and the second factors of people, from the master key before (ENCRYPTION_KEY_OLD) to the present one (ENCRYPTION_KEY), a few in each
 * transaction. The id of the key in each row says which are done, so it can be stopped at any moment and run again;
 * meanwhile everybody who has both keys reads every account.
 */
import {
	masterKeyId,
	openForPerson,
	resealAccountKey,
	type SealedForPerson,
	type SealedKey,
	sealForPerson,
} from "./secrets";
import { systemTransaction } from "./system";
import type { Transaction } from "./transact";

export interface Rotated {
	/** Accounts and second factors moved by this call. */
	moved: number;
	/** Those that still wait; 0 unless it was told to stop. */
	left: number;
}

/** `onStep` is told after each transaction. Throws when one was sealed with neither key. */
export async function rotateMasterKey(
	options: { signal?: AbortSignal; perStep?: number; onStep?: (now: Rotated) => void } = {},
): Promise<Rotated> {
	const { signal, perStep = 20, onStep } = options;
	for (let now = { moved: 0, left: await countLeft() }; ; ) {
		if (now.left === 0 || signal?.aborted) return now;
		const moved = now.moved + (await step(perStep));
		now = { moved, left: await countLeft() };
		onStep?.(now);
	}
}

/** Accounts come first; people when no account is left. */
function step(most: number): Promise<number> {
	return systemTransaction(async (tx) => (await moveAccounts(tx, most)) || movePeople(tx, most));
}

async function moveAccounts(tx: Transaction, most: number): Promise<number> {
	const rows = await tx.sql<SealedKey & { id: string }>(
		`select "id", "sealedKey", "keyId" from "Account" where "keyId" <> $1 order by "id" limit $2 for update`,
		[masterKeyId(), most],
	);
	for (const { id, ...row } of rows) {
		const { sealedKey, keyId } = resealAccountKey(id, row);
		await tx.sql(`update "Account" set "sealedKey" = $2, "keyId" = $3 where "id" = $1`, [id, sealedKey, keyId]);
	}
	return rows.length;
}

async function movePeople(tx: Transaction, most: number): Promise<number> {
	const rows = await tx.sql<SealedForPerson & { userId: string }>(
		`select "userId", "sealedSecret", "keyId" from "Authenticator" where "keyId" <> $1 order by "userId" limit $2 for update`,
		[masterKeyId(), most],
	);
	for (const { userId, ...row } of rows) {
		const { sealedSecret, keyId } = sealForPerson(userId, openForPerson(userId, row));
		await tx.sql(`update "Authenticator" set "sealedSecret" = $2, "keyId" = $3 where "userId" = $1`, [
			userId,
			sealedSecret,
			keyId,
		]);
	}
	return rows.length;
}

async function countLeft(): Promise<number> {
	const [row] = await systemTransaction((tx) =>
		tx.sql<{ left: number }>(
			`select (select count(*) from "Account" where "keyId" <> $1)::int
			   + (select count(*) from "Authenticator" where "keyId" <> $1)::int as "left"`,
			[masterKeyId()],
		),
	);
	return row?.left ?? 0;
}
