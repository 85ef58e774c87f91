/**
 * Where backorders are managed here: what of each prepared order goes now, by the stock of its warehouse. Where the
 * warehouse manages them, everything goes and nothing is looked at.
 */
import { destinationOptions } from "@/lib/canonical/connection-options";
import type { Prepared } from "../prepare/prepare-order";
import type { Commit, FlowWork } from "../work";
import { allocate, type Claimant, shortOf, type Wait, waitWords } from "./allocate";
import { beginWait, endWait, olderWaiting } from "./backorders";
import type { PlannedDelivery } from "./claim-orders";
import type { DueRow } from "./due-orders";
import { needsOf, partOf } from "./parts";
import { stockAtHand } from "./stock-at-hand";

/** An order that every step of its preparation let through. */
export interface Ready {
	row: DueRow;
	prepared: Extract<Prepared, { ok: true }>;
	delivery: PlannedDelivery;
}

/** Returns what is sent now, with the lines as far as they go; the rest is noted as waiting. */
export async function shareOut(tx: Commit, work: FlowWork, ready: Ready[]): Promise<Ready[]> {
	if (ready.length === 0) return [];
	const options = destinationOptions.parse(work.connection.options);
	if (options.backorders === "warehouse") {
		await endWait(
			tx,
			work,
			ready.map(({ row }) => row),
		);
		return ready;
	}
	const queue = ready.map(({ row, prepared }): Claimant => {
		return { orderId: row.id, needs: needsOf(prepared.value.lines), takes: true, asked: row.asked };
	});
	const skus = [...new Set(queue.flatMap(({ needs }) => needs.flatMap(({ parts }) => parts.map(({ sku }) => sku))))];
	const older = options.skipAhead ? [] : await olderWaiting(tx, work, { queue, skus });
	const stock = await stockAtHand(tx, { accountId: work.scope.accountId, connectionId: work.connection.id }, skus);
	const all = [...queue, ...older].sort((a, b) => (a.orderId < b.orderId ? -1 : 1));
	const policy = { partial: options.allowPartial, skipAhead: options.skipAhead };
	const allotments = new Map(allocate(stock, all, policy).map((allotment) => [allotment.orderId, allotment]));
	const judged = ready.map((one) => ({ one, ...(allotments.get(one.row.id) ?? { sends: new Map(), waits: [] }) }));
	const waiting = judged.filter(({ waits }) => waits.length > 0);
	await beginWait(
		tx,
		work,
		waiting.map(({ one, waits, sends }) => ({ ...one, waits, sends })),
	);
	await endWait(
		tx,
		work,
		judged.filter(({ waits }) => waits.length === 0).map(({ one }) => one.row),
	);
	return judged.flatMap(({ one, sends, waits }) => (sends.size > 0 ? [asPart(one, sends, waits)] : []));
}

function asPart({ row, prepared, delivery }: Ready, sends: ReadonlyMap<string, number>, waits: Wait[]): Ready {
	const lines = partOf(delivery.value.lines, sends);
	const note =
		waits.length === 0
			? "All of it is there."
			: `${plural(lines)} now. The rest waits: ${shortOf(waits).map(waitWords).join("; ")}.`;
	return {
		row,
		prepared: { ...prepared, trace: [...prepared.trace, { step: "Stock", ok: true, note }] },
		delivery: { ...delivery, value: { ...delivery.value, lines }, backordered: row.backordered || waits.length > 0 },
	};
}

function plural(lines: { quantity: number }[]): string {
	const units = lines.reduce((sum, { quantity }) => sum + quantity, 0);
	return units === 1 ? "1 unit goes" : `${units} units go`;
}
