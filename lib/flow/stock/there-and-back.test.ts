/** Item codes from the cart to the warehouse and back, over the three ways they take: orders, shipments and stock. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { destinationOptions, sourceOptions } from "@/lib/canonical/connection-options";
import { masterSku } from "@/lib/canonical/item-codes";
import { order } from "@/lib/canonical/order";
import { shipment } from "@/lib/canonical/shipment";
import { code as itemCode } from "@/lib/canonical/text";
import { noCarriers } from "../confirm/carriers/translate";
import { foldShipments } from "../confirm/fold-kits";
import { noFilters } from "../intake/filters";
import { type ItemCodes, warehouseSku } from "../prepare/item-codes";
import { tableOf } from "../prepare/ship-methods/resolve";
import { items } from "../prepare/steps/items";
import { namesOf } from "./stock-codes";

/** Few enough that a cart's code often is another item's SKU, and written so that only the exact text tells them apart. */
const tricky = [
	...["A", "a", "AB", "A B", "A-B", "A\u00a0B", "100234", "0100234", "1e3", "null", "__proto__", "constructor", "*"],
	...[
		"Größe",
		"GRÖSSE",
		"é",
		"e\u0301",
		"İ",
		"i",
		"ß",
		"ss",
		"品番-1",
		"👕",
		"TEE",
		"tee ",
		" TEE",
		"%",
		"_",
		"\\",
		"'",
	],
];
// Spaces at the ends never reach a mapping: codes are read without them, on both sides.
const codes = fc
	.oneof(fc.constantFrom(...tricky), fc.string({ minLength: 1, maxLength: 6, unit: "grapheme" }))
	.map((written) => itemCode.safeParse(written).data ?? "A");

interface Pair {
	code: string;
	sku: string;
}

/** One to one: neither a cart's code nor a SKU is named twice. Some codes are the SKU of another row, or of their own. */
const table = fc
	.tuple(
		fc.uniqueArray(codes, { minLength: 1, maxLength: 12 }),
		fc.uniqueArray(codes, { minLength: 1, maxLength: 12 }),
		fc.boolean(),
	)
	.map(([left, right, turned]): Pair[] => {
		// Turned: every row's SKU is the next row's code, so that a code translated twice would be another item.
		const skus = turned ? [...left.slice(1), left[0] ?? "A"] : right;
		return left.slice(0, skus.length).map((code, place) => ({ code, sku: skus[place] ?? "" }));
	});

const none: ItemCodes = { mapped: new Map(), skuOf: new Map(), aliases: new Map(), kits: new Map(), known: null };
const mappedBy = (pairs: Pair[]): ItemCodes => ({
	...none,
	mapped: new Map(pairs.map(({ code, sku }) => [code, sku])),
});

/** What the warehouse is sent of an order with these codes. */
function sent(written: string[], known: ItemCodes, translateItemCode = "") {
	const bought = order.parse({
		...{ sourceId: "1", number: "1", sourceStatus: "paid", placedAt: new Date(0), shipping: {} },
		shipTo: { name: "Ann", line1: "1 Main St", city: "Reno", country: "US" },
		lines: written.map((sku, place) => ({ sourceLineId: `${place}`, sku, quantity: place + 1 })),
	});
	const result = items.apply({
		...{ order: bought, lineIds: new Map(), orderId: "ord_1", numberTaken: false, maxNumberLength: undefined },
		...{ deliverable: {}, codes: known, itemFilter: noFilters.items },
		source: sourceOptions.parse({ translateItemCode }),
		destination: destinationOptions.parse({}),
		shipMappings: { methods: tableOf([]), carriers: noCarriers },
	});
	if (!result.ok) throw new Error(result.problem);
	return { bought, lines: result.set.lines ?? [] };
}

/** What the cart is told when all of it leaves; `named`: the warehouse hands our lines' ids back. */
function told({ bought, lines }: ReturnType<typeof sent>, named: boolean) {
	const ordered = bought.lines.map(({ sourceLineId, sku, quantity }) => ({
		...{ id: sourceLineId, sku, quantity, shippedQuantity: 0 },
	}));
	const left = shipment.parse({
		...{ externalId: "1", shippedAt: new Date(0), packages: [{ trackingNumber: "T" }] },
		lines: lines.map(({ lineId, sku, quantity }) => ({ lineId: named ? lineId : "", sku, quantity })),
	});
	return foldShipments(lines, ordered, [left]).flatMap(({ shipment: { lines: back } }) => back);
}

const runs = { numRuns: 300 };

describe("a cart's code, mapped one to one to the warehouse's SKU", () => {
	it("becomes that SKU on an order, and comes back with the shipment, whether or not the warehouse names our lines", () => {
		fc.assert(
			fc.property(table, fc.boolean(), (pairs, named) => {
				const written = pairs.map(({ code }) => code);
				const going = sent(written, mappedBy(pairs));
				expect(going.lines.map(({ sku }) => sku)).toEqual(pairs.map(({ sku }) => sku));
				expect(told(going, named)).toEqual(
					going.bought.lines.map(({ sourceLineId, sku, quantity }) => ({ lineId: sourceLineId, sku, quantity })),
				);
			}),
			runs,
		);
	});

	it("is what the cart is told the SKU's stock under, and a figure under it is of that SKU and no other", () => {
		fc.assert(
			fc.property(table, fc.uniqueArray(codes, { maxLength: 12 }), (pairs, kept) => {
				const { codeOf } = namesOf({ mapped: pairs, aliases: [], type: "", filters: noFilters });
				for (const { code, sku } of pairs) expect(codeOf(sku)).toBe(code);
				const skus = [...new Set([...pairs.map(({ sku }) => sku), ...kept])];
				const figures = skus.flatMap((sku) => {
					const code = codeOf(sku);
					return code === null ? [] : [{ code, sku }];
				});
				expect(new Set(figures.map(({ code }) => code)).size).toBe(figures.length);
				// An order for what the figure was of takes from the same stock.
				for (const { code, sku } of figures) expect(warehouseSku(mappedBy(pairs), "", code)).toBe(sku);
			}),
			runs,
		);
	});

	it("is of its own channel: another channel's table says nothing of it", () => {
		fc.assert(
			fc.property(table, table, (one, other) => {
				const [first, second] = [one, other].map((pairs) =>
					sent(
						pairs.map(({ code }) => code),
						mappedBy(pairs),
					),
				);
				expect(first?.lines.map(({ sku }) => sku)).toEqual(one.map(({ sku }) => sku));
				expect(second?.lines.map(({ sku }) => sku)).toEqual(other.map(({ sku }) => sku));
			}),
		);
	});

	it("comes before an alias of the same letters", () => {
		fc.assert(
			fc.property(table, (pairs) => {
				const skuOf = new Map(pairs.map(({ code }) => [code, "another item"]));
				const known = { ...mappedBy(pairs), skuOf, aliases: new Map([["another item", { UPC: "1" }]]) };
				for (const type of [masterSku, "UPC"]) {
					const going = sent(
						pairs.map(({ code }) => code),
						known,
						type,
					);
					expect(going.lines.map(({ sku }) => sku)).toEqual(pairs.map(({ sku }) => sku));
				}
			}),
		);
	});
});

describe("an alias, one to one as well", () => {
	/** Aliases are no SKUs of other items: saving refuses that. */
	const aliases = table.map((pairs) => pairs.map(({ code, sku }) => ({ code: `alias ${code}`, sku })));

	it("becomes the SKU on an order, the alias again with the shipment, and is what stock is told under", () => {
		fc.assert(
			fc.property(aliases, fc.boolean(), (pairs, named) => {
				const known: ItemCodes = {
					...none,
					skuOf: new Map(pairs.map(({ code, sku }) => [code, sku])),
					aliases: new Map(pairs.map(({ code, sku }) => [sku, { UPC: code }])),
				};
				const written = pairs.map(({ code }) => code);
				const going = sent(written, known, masterSku);
				expect(going.lines.map(({ sku }) => sku)).toEqual(pairs.map(({ sku }) => sku));
				expect(told(going, named).map(({ sku }) => sku)).toEqual(written);
				const { codeOf } = namesOf({ mapped: [], aliases: pairs, type: "UPC", filters: noFilters });
				for (const { code, sku } of pairs) {
					expect(codeOf(sku)).toBe(code);
					expect(warehouseSku(known, "UPC", code)).toBe(sku);
				}
			}),
			runs,
		);
	});
});

describe("a SKU whose letters are the cart's code of another item", () => {
	it("is not told, and says why: the cart would take its figure for the other's", () => {
		const mapped = [{ code: "TEE", sku: "100234" }];
		const { codeOf, whyUntold } = namesOf({ mapped, aliases: [], type: "", filters: noFilters });
		expect([codeOf("100234"), codeOf("TEE"), codeOf("MUG")]).toEqual(["TEE", null, "MUG"]);
		expect(whyUntold("TEE")).toBe("the cart means 100234 by TEE, which is mapped to it");
	});
});
