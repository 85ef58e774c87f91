/**
 * Tells a source which of its orders are here, where it wants to know: a label, a status. Promise: only orders that
 * are stored, each until the source took it once; what it will not take is tried again with each download, for a week.
 */
import { ConnectorError } from "@/lib/connectors/kit/fault";
import type { Outcome } from "@/lib/connectors/kit/types";
import type { Ended } from "@/lib/jobs/job";
import { dayMs, after as from } from "@/lib/time";
import { noteFault } from "../connect/note-fault";
import { writeEvents } from "../run/events";
import { type Commit, commit, type FlowWork, mustYield } from "../work";

const tryForMs = 7 * dayMs;

interface Loaded {
	id: string;
	sourceId: string;
	number: string;
}

/** How the run ends because the source can take no more now; null when it goes on. */
export async function acknowledgeOrders(work: FlowWork): Promise<Ended | null> {
	const { connector, context } = work.connection;
	const setter = connector.source?.acknowledge;
	if (!setter || setter.wanted?.(context.settings) === false) return null;
	for (let after = ""; !mustYield(work); ) {
		const orders = await commit(work, (tx) => readLoaded(tx, work, { after, limit: setter.maxBatch }));
		after = orders.at(-1)?.id ?? "";
		if (after === "") return null;
		try {
			const writes = orders.map(({ id, sourceId }) => ({ key: id, value: { sourceId }, attempt: 1 }));
			const outcomes = await setter.set(context, writes);
			await commit(work, (tx) => settle(tx, work, orders, outcomes));
		} catch (error) {
			if (!(error instanceof ConnectorError)) throw error;
			return noteFault(work, error);
		}
	}
	return null;
}

function readLoaded(tx: Commit, work: FlowWork, page: { after: string; limit: number }): Promise<Loaded[]> {
	return tx.sql<Loaded>(
		`select o."id", o."sourceId", o."number" from "Order" o
		 where o."accountId" = $1 and o."merchantId" = $2 and o."connectionId" = $3 and o."id" > $4 and o."createdAt" > $5
		   and o."status" <> 'canceled' and not exists (select 1 from "OrderEvent" e
		     where e."accountId" = o."accountId" and e."orderId" = o."id" and e."kind" = 'acknowledged')
		 order by o."id" limit $6`,
		[
			work.scope.accountId,
			work.scope.merchantId,
			work.connection.id,
			page.after,
			from(work.now(), -tryForMs),
			page.limit,
		],
	);
}

async function settle(tx: Commit, work: FlowWork, orders: Loaded[], outcomes: Outcome[]): Promise<void> {
	const byId = new Map(outcomes.map((outcome) => [outcome.key, outcome]));
	const taken = orders.flatMap(({ id }) => {
		const outcome = byId.get(id);
		if (!outcome || outcome.ok === false) return [];
		const facts = outcome.ok === "skipped" ? { facts: { reason: outcome.reason } } : {};
		return [{ orderId: id, kind: "acknowledged" as const, ...facts }];
	});
	await writeEvents(tx, work, taken);
	for (const { id, number } of orders) {
		const outcome = byId.get(id);
		if (outcome?.ok !== false) continue;
		const { message: reason, exchangeId = null } = outcome.error;
		tx.count("failed");
		tx.record({ subjectType: "order", subject: number, orderId: id, outcome: "failed", reason, exchangeId });
	}
}
