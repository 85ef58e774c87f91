import { newId } from "@/lib/db/ids";
import { createAccountKey } from "@/lib/db/secrets";
import type { Transaction } from "@/lib/db/transact";

/** A new account with a data key of its own. Needs a transaction that sees every account. */
export async function insertAccount(
	tx: Transaction,
	account: { name: string; kind: "fulfillment" | "merchant"; timeZone?: string },
): Promise<string> {
	const id = newId("acc");
	const key = createAccountKey(id);
	await tx.sql(
		`insert into "Account" ("id", "name", "kind", "timeZone", "sealedKey", "keyId") values ($1, $2, $3, $4, $5, $6)`,
		[id, account.name, account.kind, account.timeZone ?? "UTC", key.sealedKey, key.keyId],
	);
	return id;
}

export async function insertMerchant(tx: Transaction, accountId: string, name: string): Promise<string> {
	const id = newId("mer");
	await tx.sql(`insert into "Merchant" ("id", "accountId", "name") values ($1, $2, $3)`, [id, accountId, name]);
	return id;
}
