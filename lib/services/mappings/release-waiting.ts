/** Orders that wait because nobody knew one of their item codes. */
import type { Scope } from "@/lib/db/scope";
import type { Transaction } from "@/lib/db/transact";
import { freeWaiting, waitsForCode } from "@/lib/flow/products/free-waiting";
import { enqueueFlows } from "../flows/enqueue-flows";
import type { Owner } from "./item-rows";

export async function countWaiting(tx: Transaction, owner: Owner, codes: string[]): Promise<number> {
	const [row] = await tx.sql<{ count: number }>(
		`select count(*)::int as "count" from "Order" o where ${waitsForCode}`,
		[owner.accountId, owner.merchantId, codes],
	);
	return row?.count ?? 0;
}

/** Lets them go on. Returns how many went. */
export async function releaseWaiting(tx: Transaction, scope: Scope, owner: Owner, codes: string[]): Promise<number> {
	const freed = await freeWaiting(tx, { ...scope, merchantId: owner.merchantId }, codes);
	if (freed.length > 0) await enqueueFlows(tx, scope, owner.merchantId, "orders/deliver");
	return freed.length;
}
