/**
 * Inventory: the warehouse's stock becomes our levels. Promise: the newer statement wins, and a SKU that a complete
 * reading does not mention is no longer there: its last figure would be sold for ever otherwise.
 */
import type { InventoryLevel } from "@/lib/canonical/inventory";
import { inventoryLevel } from "@/lib/canonical/inventory";
import type { Read } from "@/lib/connectors/kit/types";
import { insertRows } from "@/lib/db/bulk";
import { newId } from "@/lib/db/ids";
import type { Ended } from "@/lib/jobs/job";
import { wakeBackorders } from "../deliver/wake-backorders";
import { readAhead } from "../run/read-pages";
import { triggerAutomatic } from "../run/trigger";
import { type Commit, commit, type FlowWork, mustStop } from "../work";
import { keepDays, writeDays } from "./keep-days";

export async function fetchInventory(work: FlowWork): Promise<Ended> {
	const destination = work.connection.connector.destination;
	if (!destination?.inventory) return { stop: true, because: "this system tells no stock" };
	const startedAt = work.now();
	const locations = (await destination.locations?.list(work.connection.context)) ?? [];
	await commit(work, (tx) =>
		insertRows(
			tx,
			"Location",
			{ id: "text", accountId: "text", merchantId: "text", connectionId: "text", externalId: "text", name: "text" },
			locations.map((place) => ({ id: newId("loc"), ...tenantOf(work), ...place })),
			`on conflict ("accountId", "connectionId", "externalId") do update set "name" = excluded."name"`,
		),
	);
	// Always from the start: half of an old reading and half of a new one would be no statement at all.
	for await (const page of readAhead(destination.inventory.read(work.connection.context, { cursor: null }))) {
		if (page.total !== undefined) work.counts.total = page.total;
		await commit(work, (tx) => storeLevels(tx, work, page.records));
		if (mustStop(work)) return { done: true };
	}
	await commit(work, async (tx) => {
		await forgetUnmentioned(tx, work, startedAt);
		await passOnStock(tx, work);
	});
	return { done: true };
}

/** What follows from new levels: carts are told, and orders that waited for them are looked at again. */
export async function passOnStock(tx: Commit, work: FlowWork): Promise<void> {
	await triggerAutomatic(tx, work, "inventory/upload");
	const woken = await wakeBackorders(tx, work.scope, { connectionId: work.connection.id, risen: true });
	if (woken > 0) await triggerAutomatic(tx, work, "orders/deliver", { connectionIds: [work.connection.id] });
}

/** Writes one page of stock; the newer statement wins. */
export async function storeLevels(tx: Commit, work: FlowWork, records: Read<InventoryLevel>[]): Promise<void> {
	tx.count("read", records.length);
	const levels: InventoryLevel[] = [];
	for (const record of records) {
		const parsed = record.ok ? inventoryLevel.safeParse(record.value) : null;
		if (parsed?.success) levels.push(parsed.data);
		else {
			tx.count("failed");
			tx.record({
				subjectType: "sku",
				subject: record.sourceId,
				outcome: "failed",
				reason: record.ok ? (parsed?.error?.issues[0]?.message ?? "is not usable") : record.problem,
			});
		}
	}
	const skus = [...new Set(levels.map((level) => level.sku))];
	await insertRows(
		tx,
		"Product",
		{ id: "text", accountId: "text", merchantId: "text", sku: "text", name: "text" },
		skus.map((sku) => ({
			id: newId("prd"),
			accountId: work.scope.accountId,
			merchantId: work.scope.merchantId,
			sku,
			name: "",
		})),
		`on conflict ("accountId", "merchantId", "sku") do nothing`,
	);
	await keepDays(tx, work, levels);
	const written = await insertRows<Record<string, string>, { isNew: boolean; changed: boolean }>(
		tx,
		"InventoryLevel",
		{
			accountId: "text",
			merchantId: "text",
			connectionId: "text",
			location: "text",
			sku: "text",
			available: "int",
			availableStated: "boolean",
			onHand: "int",
			locked: "int",
			incoming: "int",
			takenAt: "timestamptz",
		},
		levels.map((level) => ({ ...tenantOf(work), ...level })),
		`on conflict ("accountId", "connectionId", "location", "sku") do update set
		   "available" = excluded."available", "availableStated" = excluded."availableStated", "onHand" = excluded."onHand",
		   "locked" = excluded."locked", "incoming" = excluded."incoming", "takenAt" = excluded."takenAt"
		 where "InventoryLevel"."takenAt" <= excluded."takenAt"
		 returning (xmax = 0) as "isNew"`,
	);
	tx.count("created", written.filter((row) => row.isNew).length);
	tx.count("updated", written.filter((row) => !row.isNew).length);
}

async function forgetUnmentioned(tx: Commit, work: FlowWork, startedAt: Date): Promise<void> {
	const gone = await tx.sql<{ location: string; sku: string }>(
		`update "InventoryLevel" set "available" = 0, "onHand" = 0, "locked" = 0, "incoming" = 0, "takenAt" = $3
		 where "accountId" = $1 and "connectionId" = $2 and "takenAt" < $3 and ("available" <> 0 or "onHand" <> 0)
		 returning "location", "sku"`,
		[work.scope.accountId, work.connection.id, startedAt],
	);
	const nothing = { available: 0, onHand: 0, locked: 0, incoming: 0, takenAt: startedAt };
	await writeDays(
		tx,
		tenantOf(work),
		gone.map((place) => ({ ...place, ...nothing })),
	);
	tx.count("updated", gone.length);
}

function tenantOf(work: FlowWork) {
	return { accountId: work.scope.accountId, merchantId: work.scope.merchantId, connectionId: work.connection.id };
}
