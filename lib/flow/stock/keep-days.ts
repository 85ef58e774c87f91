/** The history of stock: one row per item, location and day on which something changed, as it stood last that day. */
import type { InventoryLevel } from "@/lib/canonical/inventory";
import { insertRows } from "@/lib/db/bulk";
import type { Commit, FlowWork } from "../work";

type Counted = Pick<InventoryLevel, "location" | "sku" | "available" | "onHand" | "locked" | "incoming" | "takenAt">;

/** Asked before the levels themselves are written: what they were decides what is new. */
export async function keepDays(tx: Commit, work: FlowWork, levels: readonly Counted[]): Promise<void> {
	const tenant = {
		...{ accountId: work.scope.accountId, merchantId: work.scope.merchantId },
		connectionId: work.connection.id,
	};
	const before = await tx.sql<Counted>(
		`select "location", "sku", "available", "onHand", "locked", "incoming", "takenAt" from "InventoryLevel"
		 where "accountId" = $1 and "connectionId" = $2 and "sku" = any($3)`,
		[tenant.accountId, tenant.connectionId, [...new Set(levels.map(({ sku }) => sku))]],
	);
	const known = new Map(before.map((level) => [placeOf(level), level]));
	const changed = levels.filter((level) => {
		const was = known.get(placeOf(level));
		return !was || (was.takenAt <= level.takenAt && numbersOf(was) !== numbersOf(level));
	});
	await writeDays(tx, tenant, changed);
}

export async function writeDays(
	tx: Commit,
	tenant: { accountId: string; merchantId: string; connectionId: string },
	levels: readonly Counted[],
): Promise<void> {
	await insertRows(
		tx,
		"InventoryDay",
		{
			...{ accountId: "text", merchantId: "text", connectionId: "text", location: "text", sku: "text", day: "date" },
			...{ available: "int", onHand: "int", locked: "int", incoming: "int" },
		},
		levels.map(({ takenAt, location, sku, available, onHand, locked, incoming }) => ({
			...{ ...tenant, location, sku, available, onHand, locked, incoming },
			day: takenAt.toISOString().slice(0, 10),
		})),
		`on conflict ("accountId", "connectionId", "location", "sku", "day") do update set
		   "available" = excluded."available", "onHand" = excluded."onHand", "locked" = excluded."locked", "incoming" = excluded."incoming"`,
	);
}

function placeOf({ location, sku }: Counted): string {
	return `${location}\n${sku}`;
}

function numbersOf({ available, onHand, locked, incoming }: Counted): string {
	return [available, onHand, locked, incoming].join();
}
