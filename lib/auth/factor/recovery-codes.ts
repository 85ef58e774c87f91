/** Ten codes, shown once and kept as slow hashes. Each gives the second factor once. */
import { randomBytes, randomInt, scrypt } from "node:crypto";
import { systemTransaction } from "@/lib/db/system";
import type { Transaction } from "@/lib/db/transact";
import { countCodesLeft } from "./factors";

const count = 10;
/** Without i, l, o and u, which are misread. Ten characters are 50 bits. */
const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
const length = 10;

export interface NewCodes {
	/** As people see them: "k3m9x-p2r7t". */
	codes: string[];
	salt: string;
	hashes: string[];
}

export async function newRecoveryCodes(): Promise<NewCodes> {
	const salt = randomBytes(16).toString("hex");
	const plain = Array.from({ length: count }, () =>
		Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join(""),
	);
	const hashes = await Promise.all(plain.map((code) => slowHash(code, salt)));
	return { codes: plain.map((code) => `${code.slice(0, 5)}-${code.slice(5)}`), salt, hashes };
}

/** Puts new codes in place of all earlier ones. */
export async function keepCodes(tx: Transaction, userId: string, { salt, hashes }: NewCodes): Promise<void> {
	await tx.sql(`delete from "RecoveryCode" where "userId" = $1`, [userId]);
	for (const hash of hashes)
		await tx.sql(`insert into "RecoveryCode" ("userId", "codeHash", "salt") values ($1, $2, $3)`, [userId, hash, salt]);
}

/** Uses a code up. Gives how many are left, or null when it is none, or was used. */
export async function spendRecoveryCode(userId: string, given: string): Promise<number | null> {
	const code = plainCode(given);
	if (code.length !== length) return null;
	const [row] = await systemTransaction((tx) =>
		tx.sql<{ salt: string }>(`select "salt" from "RecoveryCode" where "userId" = $1 limit 1`, [userId]),
	);
	if (!row) return null;
	const hash = await slowHash(code, row.salt);
	return systemTransaction(async (tx) => {
		const used = await tx.sql(
			`update "RecoveryCode" set "usedAt" = now() where "userId" = $1 and "codeHash" = $2 and "usedAt" is null returning 1`,
			[userId, hash],
		);
		return used.length > 0 ? countCodesLeft(tx, userId) : null;
	});
}

/** As it was made, however it was typed: with spaces, in capitals, with an O for a 0. */
function plainCode(given: string): string {
	return given.toLowerCase().replace(/[\s-]/g, "").replaceAll("o", "0").replace(/[il]/g, "1");
}

const cost = { N: 2 ** 15, r: 8, p: 1, maxmem: 2 ** 26 };

function slowHash(code: string, salt: string): Promise<string> {
	return new Promise((resolve, reject) =>
		scrypt(code, salt, 32, cost, (error, hash) => (error ? reject(error) : resolve(hash.toString("hex")))),
	);
}
