/**
 * Stock as the warehouse states it now, against the levels we hold. Always from the start, as it is read for the
 * carts: half of an old reading and half of a new one would be no statement at all.
 */
import type { InventoryLevel } from "@/lib/canonical/inventory";
import type { Connector } from "@/lib/connectors/kit/types";
import { readAhead } from "../run/read-pages";
import { type Commit, commit, type FlowWork, mustStop } from "../work";
import { type Difference, type Round, savePage } from "./round";

type Inventory = NonNullable<NonNullable<Connector["destination"]>["inventory"]>;

interface Held {
	location: string;
	sku: string;
	available: number;
	takenAt: Date;
}

export async function compareStock(work: FlowWork, round: Round, inventory: Inventory): Promise<boolean> {
	const mentioned = new Set<string>();
	const cursor = { phase: "stock", at: null };
	const compared = { ...round.compared, stock: 0 };
	// What an earlier try had counted is counted anew.
	round.compared = compared;
	for await (const page of readAhead(inventory.read(work.connection.context, { cursor: null }))) {
		const levels = page.records.flatMap((record) => (record.ok ? [record.value] : []));
		// A row that cannot be read is not one that is gone.
		for (const record of page.records) mentioned.add(record.ok ? keyOf(record.value) : record.sourceId);
		await savePage(work, round, cursor, async (tx) => ({
			area: "stock",
			compared: levels.length,
			differences: differing(work, levels, await readHeld(tx, work, levels)),
		}));
		if (mustStop(work)) return false;
	}
	const silent = (await commit(work, (tx) => readNonZero(tx, work, round))).filter(
		(held) => !mentioned.has(keyOf(held)),
	);
	await savePage(work, round, cursor, async () => ({
		area: "stock",
		compared: silent.length,
		differences: silent.map((held) => stockDifference(work, held, held.available, null)),
	}));
	return true;
}

function keyOf({ location, sku }: { location: string; sku: string }): string {
	return `${location}/${sku}`;
}

async function readHeld(tx: Commit, work: FlowWork, levels: InventoryLevel[]): Promise<Map<string, Held>> {
	const rows = await tx.sql<Held>(
		`select "location", "sku", "available", "takenAt" from "InventoryLevel"
		 where "accountId" = $1 and "connectionId" = $2 and "sku" = any($3)`,
		[work.scope.accountId, work.connection.id, [...new Set(levels.map(({ sku }) => sku))]],
	);
	return new Map(rows.map((row) => [keyOf(row), row]));
}

function readNonZero(tx: Commit, work: FlowWork, round: Round): Promise<Held[]> {
	return tx.sql<Held>(
		`select "location", "sku", "available", "takenAt" from "InventoryLevel"
		 where "accountId" = $1 and "connectionId" = $2 and "available" <> 0 and "takenAt" < $3 order by 1, 2`,
		[work.scope.accountId, work.connection.id, round.startedAt],
	);
}

function differing(work: FlowWork, levels: InventoryLevel[], held: Map<string, Held>): Difference[] {
	return levels.flatMap((level) => {
		const ours = held.get(keyOf(level));
		// Ours may be the younger one, when stock was fetched meanwhile.
		if ((ours?.available ?? 0) === level.available || (ours && ours.takenAt >= level.takenAt)) return [];
		return [stockDifference(work, level, ours?.available ?? null, level.available)];
	});
}

function stockDifference(
	work: FlowWork,
	at: { location: string; sku: string },
	ours: number | null,
	theirs: number | null,
): Difference {
	const { name } = work.connection;
	const said = theirs === null ? `${name} no longer mentions it` : `${name} says ${theirs.toLocaleString("en")}`;
	const hold = ours === null ? "we hold no figure" : `we hold ${ours.toLocaleString("en")}`;
	return {
		...{ kind: "stock", subject: keyOf(at), label: at.sku },
		sentence: `${at.sku} at location ${at.location}: ${said}, ${hold}.`,
		facts: { sku: at.sku, location: at.location, ours, theirs },
	};
}
