/** C20: whatever the system holds and whatever it is told, what leaves the connector is in our own words. */
import fc from "fast-check";
import { expect } from "vitest";
import type { z } from "zod";
import { warehouseCancellation } from "@/lib/canonical/cancellation";
import { product } from "@/lib/canonical/catalogue";
import { country } from "@/lib/canonical/country";
import type { DeliverableOrder } from "@/lib/canonical/deliverable-order";
import { inventoryLevel } from "@/lib/canonical/inventory";
import { cancelRequest, order } from "@/lib/canonical/order";
import { purchaseOrder, receipt } from "@/lib/canonical/purchase-order";
import { shipment } from "@/lib/canonical/shipment";
import { type Bench, type NamedReader, newest, readerRig, readersOf, readSome, said } from "./bench";
import type { Case } from "./cases";
import type { AnyConnector, ReaderName } from "./harness";

const schemas: Record<ReaderName, z.ZodType> = {
	"source.orders": order,
	"source.cancellations": cancelRequest,
	"source.purchaseOrders": purchaseOrder,
	"source.products": product,
	"destination.cancellations": warehouseCancellation,
	"destination.shipments": shipment,
	"destination.receipts": receipt,
	"destination.inventory": inventoryLevel,
	"destination.products": product,
};
/** The same cases every time: a check that fails must fail again. */
const seed = 20_261_102;

export function canonicalCases(connector: AnyConnector): Case[] {
	return [
		...readersOf(connector).flatMap((reader): Case[] => [
			{ name: `C20 ${reader.name}: good records leave in canonical form`, run: (bench) => goodRecords(bench, reader) },
			{ name: `C20 ${reader.name}: junk is reported, never thrown`, run: (bench) => junk(bench, reader) },
		]),
		...(connector.destination?.orders
			? [{ name: "C20 destination.orders: any order in canonical form is taken", run: anyOrder }]
			: []),
	];
}

async function goodRecords(bench: Bench, { name, reader }: NamedReader): Promise<void> {
	const rig = readerRig(bench, name);
	const ids = rig.generated
		? fc.sample(rig.generated, { numRuns: 100, seed }).map((add) => {
				bench.clock.advance(1000);
				return add();
			})
		: await rig.seed(20);
	const records = newest((await readSome(bench, reader, { cursor: null })).records);
	for (const id of ids) {
		const record = records.get(id);
		expect(record, id).toMatchObject({ ok: true, changedAt: expect.any(Date) });
		if (!record?.ok) continue;
		const parsed = schemas[name].safeParse(record.value);
		expect(parsed.error?.issues, JSON.stringify(record.value)).toBeUndefined();
		// Parsing trims text; anything else that it changed, the connector should have given so.
		expect(parsed.data).toEqual(trimmed(record.value));
		expect(Number.isNaN(record.changedAt.getTime())).toBe(false);
	}
}

function trimmed(value: unknown): unknown {
	if (typeof value === "string") return value.trim();
	if (Array.isArray(value)) return value.map(trimmed);
	if (typeof value !== "object" || value === null || value instanceof Date) return value;
	return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, trimmed(entry)]));
}

const junkValue = fc.constantFrom<unknown>(
	null,
	"",
	" ",
	-1,
	1.5,
	1e21,
	"x".repeat(600),
	{},
	[],
	[null],
	true,
	"\u0000",
);

/** Puts junk in the place of one leaf or branch of a record after another. */
async function junk(bench: Bench, { name, reader }: NamedReader): Promise<void> {
	const rig = readerRig(bench, name);
	if (!rig.replace) return;
	const ids = await rig.seed(60);
	const picks = fc.sample(fc.tuple(fc.nat(), junkValue), { numRuns: ids.length, seed });
	for (const [n, id] of ids.entries()) {
		const [pick = 0, value] = picks[n] ?? [];
		rig.replace(id, (raw) => {
			const copy: unknown = JSON.parse(JSON.stringify(raw));
			const places = placesIn(copy);
			places[pick % Math.max(1, places.length)]?.(value);
			return copy;
		});
	}
	const { records } = await readSome(bench, reader, { cursor: null });
	expect(records.length).toBeGreaterThan(0);
	for (const record of records) {
		expect(typeof record.sourceId).toBe("string");
		if (!record.ok) expect(record.problem).not.toBe("");
		else expect(Number.isNaN(record.changedAt.getTime()), record.sourceId).toBe(false);
	}
}

function placesIn(value: unknown): ((junk: unknown) => void)[] {
	if (typeof value !== "object" || value === null) return [];
	const holder = value as Record<string, unknown>;
	return Object.keys(holder).flatMap((key) => [
		(junk: unknown) => {
			holder[key] = junk;
		},
		...placesIn(holder[key]),
	]);
}

const countries = ["US", "DE", "GB", "JP", "BR", "AE", "CI", "NZ", "IN", "ZA"].filter(
	(code) => country.safeParse(code).success,
);
const words = fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 }).map((text) => text.trim() || "x");
const orderNumber = fc
	.string({ unit: fc.constantFrom(..."ABC123-_/#., ;()*=!%&+'\"é😀"), minLength: 1, maxLength: 20 })
	.map((text) => text.trim() || "N");

async function anyOrder(bench: Bench): Promise<void> {
	const orders = said(bench.connector.destination?.orders, "destination.orders");
	const rig = said(bench.rig.creators?.["destination.orders"], "destination.orders");
	const { value: model } = await rig.sample(300);
	const arbitrary = fc.record({
		number: orderNumber,
		name: words.map((word) => `A ${word}`),
		line1: words,
		city: words,
		country: fc.constantFrom(...countries),
		note: fc.string({ unit: "grapheme", maxLength: 300 }),
		quantity: fc.integer({ min: 1, max: 100_000 }),
	});
	for (const [n, made] of fc.sample(arbitrary, { numRuns: 40, seed }).entries()) {
		// A leading index keeps numbers apart that a system compares without regard to case.
		const number = `${n}~${made.number}`.slice(0, orders.maxNumberLength ?? 50).trim();
		const shipTo = { ...model.shipTo, name: made.name, line1: made.line1, city: made.city, country: made.country };
		const lines = model.lines.map((line) => ({ ...line, quantity: made.quantity }));
		const value: DeliverableOrder = { ...model, number, sourceNumber: number, shipTo, lines, note: made.note.trim() };
		const written = await orders.create(bench.open(), { key: number, value, attempt: 1 });
		expect(written.existed, number).toBe(false);
		expect(await orders.find(bench.open(), number, value), number).toMatchObject({ externalId: written.externalId });
		expect(rig.count(number), number).toBe(1);
	}
}
