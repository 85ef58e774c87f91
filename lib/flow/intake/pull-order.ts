/**
 * Pulls one order of a source because a person asked: the same acceptance, ledger and consequences as a download,
 * without touching its cursor. What a setting leaves out stays out, and the record says which.
 */
import { ConnectorError } from "@/lib/connectors/kit/fault";
import type { Ended } from "@/lib/jobs/job";
import { commit, type FlowWork } from "../work";
import { storeRead } from "./store-read";

export async function pullOrder(work: FlowWork, sourceId: string): Promise<Ended> {
	const { connector, context } = work.connection;
	const orders = connector.source?.orders;
	if (!orders) return { stop: true, because: "this system has no orders to download" };
	const read = await orders.get(context, sourceId);
	if (!read)
		throw new ConnectorError({ kind: "permanent", code: "no-order" }, `${connector.name} knows no order ${sourceId}.`);
	const reason = read.ok ? (orders.unwanted?.(context.settings, read.value) ?? null) : null;
	await commit(work, async (tx) => {
		tx.count("read");
		if (reason === null) return storeRead(tx, work, [read]);
		tx.count("skipped");
		tx.record({ subjectType: "order", subject: sourceId, outcome: "skipped", reason });
	});
	return { done: true };
}
