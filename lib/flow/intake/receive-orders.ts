/**
 * Orders that another system hands us by itself. Promise: each is stored once, by the ledger of source keys, however
 * often and from however many sides at once it is handed in; and the answer says what became of each.
 */
import type { Order } from "@/lib/canonical/order";
import type { Read } from "@/lib/connectors/kit/types";
import { sourceRulesOf } from "../connect/open-connection";
import { commitDirect } from "../direct";
import type { Commit, FlowWork } from "../work";
import { acceptOrder } from "./accept-order";
import { storeRead } from "./store-read";

export type Received =
	| { outcome: "created"; sourceId: string; number: string }
	| { outcome: "duplicate"; sourceId: string; number: string }
	| { outcome: "refused"; sourceId: string; problem: string };

/** One answer per record, in their order. */
export function receiveOrders(work: FlowWork, reads: Read<Order>[]): Promise<Received[]> {
	const rules = sourceRulesOf(work.connection);
	const accepted = reads.map((read) => acceptOrder(read, rules));
	return commitDirect(work, async (tx) => {
		const known = await lockKeys(
			tx,
			work,
			accepted.map(({ sourceId }) => sourceId),
		);
		const fresh: Read<Order>[] = [];
		const answers = accepted.map((one, n): Received => {
			const { sourceId } = one;
			const read = reads[n];
			// What a filter refuses is told to the sender, and noted among the skipped orders as well.
			if (one.kind === "skip" && read) fresh.push(read);
			if (one.kind !== "accept")
				return { outcome: "refused", sourceId, problem: one.kind === "skip" ? one.reason : one.problem };
			const { number } = one.order;
			if (known.has(sourceId)) return { outcome: "duplicate", sourceId, number };
			known.add(sourceId);
			if (read) fresh.push(read);
			return { outcome: "created", sourceId, number };
		});
		await storeRead(tx, work, fresh);
		return answers;
	});
}

/** Nobody else stores orders of these ids until we are done. Gives those that have an order already. */
async function lockKeys(tx: Commit, work: FlowWork, sourceIds: string[]): Promise<Set<string>> {
	await tx.sql(
		`select pg_advisory_xact_lock(hashtextextended($1 || '/' || one, 0))
		 from (select distinct unnest($2::text[]) as one order by one) as wanted`,
		[work.connection.id, sourceIds],
	);
	const rows = await tx.sql<{ sourceId: string }>(
		`select "sourceId" from "SourceKey"
		 where "accountId" = $1 and "connectionId" = $2 and "sourceId" = any($3) and "orderId" is not null`,
		[work.scope.accountId, work.connection.id, sourceIds],
	);
	return new Set(rows.map(({ sourceId }) => sourceId));
}
