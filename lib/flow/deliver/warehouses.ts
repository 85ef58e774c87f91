/** The warehouses that a merchant has now, and what is said of orders that rules sent to one which has gone since. */
import { writeEvents } from "../run/events";
import type { Commit, FlowWork } from "../work";

/** Their names by their ids. */
export async function warehouseNames(tx: Commit, work: FlowWork): Promise<Map<string, string>> {
	const rows = await tx.sql<{ id: string; name: string }>(
		`select "id", "name" from "Connection" where "accountId" = $1 and "merchantId" = $2 and "side" = 'destination' and "archivedAt" is null`,
		[work.scope.accountId, work.scope.merchantId],
	);
	return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Why an order is held whose warehouse is not there. */
export const goneReason = "It goes to a warehouse that is not connected any more";

/** These are held for it: their pages say so. */
export function tellGone(tx: Commit, work: FlowWork, orderIds: string[]): Promise<void> {
	const facts = { reason: goneReason };
	return writeEvents(
		tx,
		work,
		orderIds.map((orderId) => ({ orderId, kind: "held" as const, facts })),
	);
}
