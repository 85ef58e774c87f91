/**
 * Asks the source again for orders that a setting refused, after the setting changed. We keep nothing of an order that
 * is not ours, so each is read anew, and accepted or refused by the same rules as any other. A run that is cut goes on
 * where it was: what has been asked for is no longer marked.
 */

import type { Order } from "@/lib/canonical/order";
import { ConnectorError } from "@/lib/connectors/kit/fault";
import type { Read } from "@/lib/connectors/kit/types";
import { commit, type FlowWork, mustYield } from "../work";
import { storeRead } from "./store-read";

const batchSize = 50;

export async function lookAgain(work: FlowWork): Promise<void> {
	for (;;) {
		const sourceIds = await readMarked(work);
		for (const sourceId of sourceIds) {
			await askAgain(work, sourceId);
			if (mustYield(work)) return;
		}
		if (sourceIds.length < batchSize) return;
	}
}

function readMarked(work: FlowWork): Promise<string[]> {
	return commit(work, async (tx) => {
		const rows = await tx.sql<{ sourceId: string }>(
			`select "sourceId" from "SourceKey" where "accountId" = $1 and "connectionId" = $2 and "recheckAt" is not null
			   and "orderId" is null order by "sourceId" limit $3`,
			[work.scope.accountId, work.connection.id, batchSize],
		);
		return rows.map(({ sourceId }) => sourceId);
	});
}

type Answer = { read: Read<Order> } | { by: "source-settings" | "unusable"; reason: string };

async function askAgain(work: FlowWork, sourceId: string): Promise<void> {
	const answer = await ask(work, sourceId);
	await commit(work, async (tx) => {
		tx.count("read");
		if ("read" in answer) await storeRead(tx, work, [answer.read]);
		// Nothing may be left marked, whatever became of it: it would be asked for without end.
		const given = [work.scope.accountId, work.connection.id, sourceId];
		await tx.sql(
			`update "SourceKey" set "recheckAt" = null where "accountId" = $1 and "connectionId" = $2 and "sourceId" = $3`,
			given,
		);
		if ("read" in answer) return;
		tx.count("skipped");
		tx.record({ subjectType: "order", subject: sourceId, outcome: "skipped", reason: answer.reason });
		await tx.sql(
			`update "SourceKey" set "refusal" = $4, "refusedBy" = $5, "refusedAt" = $6
			 where "accountId" = $1 and "connectionId" = $2 and "sourceId" = $3 and "orderId" is null`,
			[...given, answer.reason, answer.by, work.now()],
		);
	});
}

/** A fault of this one order is its answer; one of the whole connection ends the run, and the rest stays marked. */
async function ask(work: FlowWork, sourceId: string): Promise<Answer> {
	const { connector, context } = work.connection;
	const orders = connector.source?.orders;
	if (!orders) return { by: "source-settings", reason: "this system has no orders to download" };
	try {
		const read = await orders.get(context, sourceId);
		if (!read) return { by: "unusable", reason: `${connector.name} no longer knows it` };
		const unwanted = read.ok ? orders.unwanted?.(context.settings, read.value) : null;
		return unwanted ? { by: "source-settings", reason: unwanted } : { read };
	} catch (error) {
		if (error instanceof ConnectorError && error.fault.kind === "permanent")
			return { by: "unusable", reason: error.message };
		throw error;
	}
}
