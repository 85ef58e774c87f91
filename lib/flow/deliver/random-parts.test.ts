import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { destinationOptions } from "@/lib/canonical/connection-options";
import type { Order } from "@/lib/canonical/order";
import type { Rule } from "@/lib/canonical/rule";
import { shipment as shipmentSchema } from "@/lib/canonical/shipment";
import { connectorByKey } from "@/lib/connectors";
import { randomOrder, randomRules, randomStock } from "@/lib/testing/random-rules";
import { carrierTable } from "../confirm/carriers/translate";
import { foldShipments, type SentLine, sentLinesOf } from "../confirm/fold-kits";
import type { ItemRule } from "../intake/filters";
import type { ItemCodes } from "../prepare/item-codes";
import { type Prepared, prepareOrder } from "../prepare/prepare-order";
import { evaluateRules } from "../prepare/rules/evaluate";
import { factsOf } from "../prepare/rules/facts";
import { tableOf } from "../prepare/ship-methods/resolve";
import { keptLines } from "../prepare/steps/item-filters";
import { draftOf, type Wanted, wantedOf } from "./draft";
import { needsOf, partOf, restOf, sentUnits } from "./parts";

const connector = connectorByKey("extensiv-3pl");
const setting = fc.record({
	itemFilter: fc.record({
		type: fc.constantFrom<ItemRule["type"]>("disabled", "blacklist", "whitelist"),
		codes: fc.subarray(["TEE", "MUG", "US", "vip", "895"]),
	}),
	kits: fc.subarray(["TEE", "MUG", "vip", "ground"]),
	per: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 }),
	translate: fc.boolean(),
	suppress: fc.boolean(),
	refuse: fc.boolean(),
});
type Setting = typeof setting extends fc.Arbitrary<infer T> ? T : never;

function codesOf({ kits, per, translate }: Setting): ItemCodes {
	const parts = per.map((quantity, place) => ({ sku: `PART-${place}`, quantity }));
	return {
		mapped: new Map([["CA", "MAPLE"]]),
		skuOf: new Map([["Reno", "M-1"]]),
		aliases: new Map(translate ? [["M-1", { UPC: "049" }]] : []),
		kits: new Map(kits.map((code) => [code, { parts, mode: "explode", partial: "wait" } as const])),
		known: null,
	};
}

/** As it is stored, and prepared from what is stored. */
function storedOf(order: Order, rules: Rule[], stock: Parameters<typeof factsOf>[2]) {
	const { result } = evaluateRules(rules, factsOf(order, "con_cart", stock));
	return JSON.parse(JSON.stringify({ document: order, ruling: result })) as { document: unknown; ruling: unknown };
}
const lineIdsOf = ({ lines }: Order) =>
	lines.map(({ sourceLineId, sku }) => ({ id: `lin_${sourceLineId}`, sourceLineId, sku }));

function prepareFrom(order: Order, stored: ReturnType<typeof storedOf>, given: Setting, rest?: Wanted): Prepared {
	if (!connector) throw new Error("there is no such connector");
	const lines = lineIdsOf(order).map((line) => ({ ...line, filtered: false }));
	const options = {
		translateItemCode: given.translate ? "UPC" : "",
		unmappedShipMethods: given.refuse ? "refuse" : "pass",
	};
	const row = { id: "ord_1", connectionId: "con_cart", number: order.number, options, lines, ...stored };
	const destination = destinationOptions.parse({
		suppressPersonalData: given.suppress,
		poNumberTemplate: "PO {{number}} {{city}}",
		noteTemplate: "{{extra.Channel}} {{note}}",
	});
	const { type, codes } = given.itemFilter;
	const methods = tableOf([
		{ code: "g*", conditions: { countries: ["US"] }, action: "map", carrier: "UPS", service: "Ground" },
		{ code: "vip", conditions: {}, action: "pass", carrier: "", service: "" },
	]);
	const carriers = carrierTable([
		{
			direction: "out",
			from: { carrier: "UPS", service: "Ground" },
			to: { carrier: "UPSN", service: "03" },
			twoWay: true,
		},
	]);
	return prepareOrder(
		draftOf(
			{ connection: { connector } },
			{ row, wanted: rest ?? wantedOf(row) },
			{
				...{ destination, taken: new Set<string>(), codes: { of: () => codesOf(given) } },
				mappingsOf: () => ({ methods, carriers }),
				filtersOf: () => ({ type, level: "item", codes: new Set(codes) }),
			},
		),
	);
}

describe("random orders with random rules, filters, mappings, kits and references", () => {
	it("are prepared again from what was stored, with the same result and the same trace", () => {
		const seen = { ok: 0, stopped: 0 };
		fc.assert(
			fc.property(randomOrder, randomRules, randomStock, setting, (order, rules, stock, given) => {
				const stored = storedOf(order, rules, stock);
				const first = prepareFrom(order, stored, given);
				seen[first.ok ? "ok" : "stopped"]++;
				expect(prepareFrom(order, JSON.parse(JSON.stringify(stored)), given)).toEqual(first);
				expect(JSON.parse(JSON.stringify(first))).toEqual(first);
			}),
			{ numRuns: 1000 },
		);
		expect(Math.min(seen.ok, seen.stopped)).toBeGreaterThan(50);
	});

	it("go out in parts, and leave in any boxes, without a unit lost or sent twice", () => {
		let inParts = 0;
		const shares = fc.array(fc.nat(3), { minLength: 3, maxLength: 12 });
		fc.assert(
			fc.property(randomOrder, randomRules, randomStock, setting, shares, (order, rules, stock, given, dice) => {
				const stored = storedOf(order, rules, stock);
				const whole = prepareFrom(order, stored, { ...given, refuse: false });
				if (!whole.ok) return;
				const deliveries = sendInParts(order, stored, given, dice);
				if (deliveries.length > 1) inParts++;
				const wanted = new Map(needsOf(whole.value.lines).map(({ lineId, units }) => [lineId, units]));
				const sent = sentUnits(deliveries.map((document) => ({ state: "accepted", document })));
				expect(sent && [...sent].sort()).toEqual([...wanted].sort());
				const told = toldToCart(order, deliveries, dice);
				const cart = whole.value.lines.filter(({ added }) => !added).map(({ kit, lineId }) => kit?.lineId ?? lineId);
				expect([...told].sort()).toEqual([...new Set(cart)].map((id) => [id, wanted.get(id)]).sort());
			}),
			{ numRuns: 300 },
		);
		expect(inParts).toBeGreaterThan(50);
	});
});

type Sent = { lines: Extract<Prepared, { ok: true }>["value"]["lines"] };

/** Part after part, each of some of what is left, until nothing is. */
function sendInParts(order: Order, stored: ReturnType<typeof storedOf>, given: Setting, dice: number[]): Sent[] {
	const deliveries: Sent[] = [];
	const lineIds = new Map(lineIdsOf(order).map(({ id, sourceLineId }) => [sourceLineId, id]));
	const { type, codes } = given.itemFilter;
	const itemFilter: ItemRule = { type, level: "item", codes: new Set(codes) };
	for (let part = 0; part < 50; part++) {
		const { order: ruled, ruling } = wantedOf(stored);
		const left = restOf(ruled, lineIds, sentUnits(deliveries.map((document) => ({ state: "accepted", document }))));
		if (!left) return deliveries;
		const rest = part === 0 ? left : { ...left, lines: keptLines({ order: left, itemFilter }) };
		if (rest.lines.length === 0) return deliveries;
		const prepared = prepareFrom(order, stored, { ...given, refuse: false }, { order: rest, ruling });
		if (!prepared.ok) throw new Error(prepared.problem);
		const all = needsOf(prepared.value.lines);
		const units = new Map(
			all.map(({ lineId, units: many }, n) => [
				lineId,
				part > 5 ? many : Math.ceil((many * (dice[(n + part) % dice.length] ?? 0)) / 3),
			]),
		);
		const lines = partOf(prepared.value.lines, units);
		if (lines.length > 0) deliveries.push({ lines });
	}
	throw new Error("it never ends");
}

/** What left of each delivery in up to four boxes, in the cart's lines. */
function toldToCart(order: Order, deliveries: Sent[], dice: number[]): Map<string, number> {
	const told = new Map<string, number>();
	for (const document of deliveries) {
		const ordered = order.lines.map(({ sourceLineId, sku, quantity }) => ({
			...{ id: `lin_${sourceLineId}`, sku, quantity, shippedQuantity: 0 },
		}));
		const sent: SentLine[] = sentLinesOf(document, ordered);
		const units = sent.flatMap(({ lineId, sku, quantity }) =>
			Array.from({ length: quantity }, () => ({ lineId, sku, quantity: 1 })),
		);
		const boxes = [0, 1, 2, 3].map((box) => units.filter((_, n) => (dice[n % dice.length] ?? 0) === box));
		const shipments = boxes
			.filter((lines) => lines.length > 0)
			.map((lines, n) =>
				shipmentSchema.parse({
					externalId: `${n}`,
					shippedAt: new Date(0),
					packages: [{ trackingNumber: `T${n}` }],
					lines,
				}),
			);
		for (const { shipment, over } of foldShipments(sent, ordered, shipments)) {
			expect(over).toBe(false);
			for (const { lineId, quantity } of shipment.lines) told.set(lineId, (told.get(lineId) ?? 0) + quantity);
		}
	}
	return told;
}
