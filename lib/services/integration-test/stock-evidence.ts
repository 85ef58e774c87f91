import type { Transaction } from "@/lib/db/transact";
import { type Look, nothing, type TestRow } from "./evidence";
import { stepOf, stepsOf, type Ticks } from "./steps";

export interface Level {
	available: number;
	takenAt: Date;
}

/** What a warehouse has of one item, over all its places; null for an item that it never counted. */
export async function levelOf(
	tx: Transaction,
	test: Pick<TestRow, "accountId" | "merchantId" | "destinationId">,
	sku: string,
): Promise<Level | null> {
	const [row] = await tx.sql<{ available: number | null; takenAt: Date | null }>(
		`select sum("available")::int as "available", max("takenAt") as "takenAt" from "InventoryLevel"
		 where "accountId" = $1 and "merchantId" = $2 and "connectionId" = $3 and "sku" = $4`,
		[test.accountId, test.merchantId, test.destinationId, sku],
	);
	return row?.takenAt && row.available !== null ? { available: row.available, takenAt: row.takenAt } : null;
}

/** The warehouse told another figure of that item than it had when the item was named, and the cart took one since. */
export const readStockChange: Look = async (tx, test, { subject, namedAt, baseline }) => {
	const level = await levelOf(tx, test, subject);
	// A change that was seen stays seen, also where the count went back since.
	const seen = stepOf(stepsOf(test.steps), "stock").ticks.changed;
	const isNew = level !== null && namedAt !== null && level.takenAt > namedAt && level.available !== baseline;
	if (!level || (!isNew && !seen)) return nothing;
	const ticks: Ticks = {
		changed: seen ?? {
			...{ at: level.takenAt, id: subject, note: `${baseline} became ${level.available}`, place: "inventory" },
			...{ runId: null, exchangeId: null },
		},
	};
	const [push] = await tx.sql<{ id: string; at: Date; quantity: number; exchangeId: string | null; runId: string }>(
		`select "id", "at", "quantity", "exchangeId", "runId" from "InventoryPush" where "accountId" = $1 and "merchantId" = $2
		   and "connectionId" = $3 and "sku" = $4 and "outcome" = 'pushed' and "at" >= $5 order by "at" limit 1`,
		[test.accountId, test.merchantId, test.sourceId, subject, ticks.changed?.at],
	);
	if (push)
		ticks.told = {
			...{ at: push.at, id: push.id, note: `told ${push.quantity}`, place: "inventory" },
			...{ runId: push.runId, exchangeId: push.exchangeId },
		};
	return { ticks, hint: push ? null : await figureHint(tx, test, subject) };
};

async function figureHint(tx: Transaction, test: TestRow, sku: string) {
	const [row] = await tx.sql<{ problem: string | null }>(
		`select "problem" from "InventoryFigure" where "accountId" = $1 and "connectionId" = $2 and "sku" = $3`,
		[test.accountId, test.sourceId, sku],
	);
	return row?.problem ? { sentence: row.problem, action: "look" as const, place: "inventory" } : null;
}
