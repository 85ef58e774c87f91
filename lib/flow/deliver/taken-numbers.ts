import type { Commit, FlowWork } from "../work";
import type { Pending } from "./claim-orders";

/** Which of these numbers another order has at this destination already, or has in this very batch. */
export async function takenNumbers(
	tx: Commit,
	work: FlowWork,
	pending: Pick<Pending, "number" | "row">[],
): Promise<Set<string>> {
	const rows = await tx.sql<{ key: string; orderId: string }>(
		`select "key", "orderId" from "Delivery" where "accountId" = $1 and "connectionId" = $2 and "key" = any($3)`,
		[work.scope.accountId, work.connection.id, pending.map(({ number }) => number)],
	);
	const owners = new Map(rows.map((row) => [row.key, row.orderId]));
	const taken = new Set<string>();
	for (const { number, row } of pending) {
		const owner = owners.get(number);
		if (owner && owner !== row.id) taken.add(row.id);
		else owners.set(number, row.id);
	}
	return taken;
}
