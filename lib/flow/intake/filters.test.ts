import isISO31661Alpha2 from "validator/lib/isISO31661Alpha2";
import isISO31661Alpha3 from "validator/lib/isISO31661Alpha3";
import { describe, expect, it } from "vitest";
import { destinationOptions, sourceOptions } from "@/lib/canonical/connection-options";
import { countryOf, threeLetterCodes, threeLetters } from "@/lib/canonical/country-codes";
import { cartFilters } from "@/lib/canonical/filters";
import { order as orderSchema } from "@/lib/canonical/order";
import { noCarriers } from "../confirm/carriers/translate";
import { prepareOrder } from "../prepare/prepare-order";
import { tableOf } from "../prepare/ship-methods/resolve";
import { acceptOrder } from "./accept-order";
import { filtersOf, isFiltered, refusalOf } from "./filters";

function order(shipTo: object = {}, more: object = {}, skus = ["TEE"]) {
	return orderSchema.parse({
		...{ sourceId: "1", number: "1077", sourceStatus: "paid", placedAt: new Date(0), shipping: { code: "GROUND" } },
		shipTo: { name: "Ann", line1: "1 Main St", city: "Miami Beach", country: "US", postalCode: "33139", ...shipTo },
		lines: skus.map((sku, n) => ({ sourceLineId: `l${n}`, sku, quantity: 1 })),
		...more,
	});
}
const filters = (given: object) => filtersOf(cartFilters.parse(given));
const byOrder = (...orders: object[]) => filters({ orders });
const reasonOf = (...[one, rules]: Parameters<typeof refusalOf>) => refusalOf(one, rules)?.reason ?? null;

describe("Order Filters", () => {
	const usOrCanada = byOrder({ field: "country", type: "required", values: ["USA", "CAN"] });

	it("required country {USA, CAN}, order MEX: refused", () => {
		expect(refusalOf(order({ country: "MX" }), usOrCanada)).toEqual({
			by: "order-filters",
			reason: "refused by Order Filters: the country is MEX, and it must be USA, CAN",
		});
		expect(refusalOf(order({ country: "CA" }), usOrCanada)).toBeNull();
		expect(refusalOf(order(), usOrCanada)).toBeNull();
	});

	it("restricted zip prefix 331, order 33139: refused", () => {
		const rules = byOrder({ field: "postalCode", type: "restricted", match: "starts-with", values: ["331"] });
		expect(reasonOf(order(), rules)).toBe("refused by Order Filters: the postal code 33139 is restricted");
		expect(refusalOf(order({ postalCode: "90210" }), rules)).toBeNull();
	});

	const facts = {
		total: { amount: "20.00", currency: "EUR" },
		tags: ["Wholesale", "vip"],
		customer: { name: "Ann", email: "ann@Acme.example" },
		extraFields: [{ name: "Channel", value: "Amazon-DE" }],
	};
	it.each([
		[{ field: "region", values: ["FL"] }, { region: "fl" }],
		[{ field: "city", match: "ends-with", values: ["beach"] }, {}],
		[{ field: "shipMethod", match: "starts-with", values: ["GRO"] }, {}],
		[{ field: "currency", values: ["EUR"] }, {}],
		[{ field: "tag", values: ["x", "VIP"] }, {}],
		[{ field: "emailDomain", values: ["acme.example"] }, {}],
		[{ field: "extraField", name: "channel", match: "starts-with", values: ["amazon"] }, {}],
	] as const)("%j fits, whatever its case", (filter, shipTo) => {
		const one = order(shipTo, facts);
		expect(refusalOf(one, byOrder({ ...filter, type: "required" }))).toBeNull();
		expect(refusalOf(one, byOrder({ ...filter, type: "restricted" }))?.by).toBe("order-filters");
	});

	it("a field that the order lacks is not one of the required ones, and never restricted", () => {
		expect(reasonOf(order(), byOrder({ field: "emailDomain", type: "required", values: ["a.example"] }))).toMatch(
			/there is no e-mail domain, and it must be a.example/,
		);
		expect(refusalOf(order(), byOrder({ field: "emailDomain", type: "restricted", values: ["a.example"] }))).toBeNull();
	});

	it("names each field once, and countries by what they are", () => {
		const zip = { field: "postalCode", type: "required", values: ["1"] };
		expect(cartFilters.safeParse({ orders: [zip, { ...zip, type: "restricted" }] }).success).toBe(false);
		expect(cartFilters.safeParse({ orders: [{ field: "country", type: "required", values: ["UK"] }] }).success).toBe(
			false,
		);
		const [stored] = cartFilters.parse({
			orders: [{ field: "country", type: "required", values: ["usa", "US"] }],
		}).orders;
		expect(stored?.values).toEqual(["US"]);
	});
});

describe("tag rules", () => {
	const rules = filters({ tags: { anyOf: ["ship"], noneOf: ["hold"] } });
	it("load what contains any of, and nothing that contains any of the others", () => {
		expect(refusalOf(order({}, { tags: ["Ship"] }), rules)).toBeNull();
		expect(reasonOf(order({}, { tags: [] }), rules)).toBe("refused by the tag rules: it carries none of the tags ship");
		expect(reasonOf(order({}, { tags: ["ship", "HOLD"] }), rules)).toBe(
			"refused by the tag rules: it carries the tag HOLD",
		);
	});
});

function prepared(skus: string[], items: object) {
	return prepareOrder({
		order: order({}, {}, skus),
		...{ orderId: "ord_1", lineIds: new Map(), maxNumberLength: undefined, numberTaken: false },
		source: sourceOptions.parse({}),
		destination: destinationOptions.parse({}),
		codes: { mapped: new Map(), skuOf: new Map(), aliases: new Map(), kits: new Map(), known: null },
		shipMappings: { methods: tableOf([]), carriers: noCarriers },
		itemFilter: filters({ items }).items,
	});
}

describe("Item Filters", () => {
	const blacklist = { type: "blacklist", codes: ["", "GIFT"] };

	it('blacklist {"", GIFT}, lines A, GIFT, "" -> only A is sent', () => {
		const result = prepared(["A", "GIFT", ""], blacklist);
		expect(result.ok && result.value.lines.map(({ sku }) => sku)).toEqual(["A"]);
		expect(result.trace[0]).toEqual({
			...{ step: "Item filters", ok: true },
			note: "not sent: GIFT, a line without an item code: on the blacklist",
		});
		expect(refusalOf(order({}, {}, ["A", "GIFT", ""]), filters({ items: blacklist }))).toBeNull();
	});

	it("a whitelist sends what is on it alone", () => {
		const result = prepared(["A", "B"], { type: "whitelist", codes: ["B"] });
		expect(result.ok && result.value.lines.map(({ sku }) => sku)).toEqual(["B"]);
	});

	it("at the level of the order refuse it whole", () => {
		const rules = filters({ items: { ...blacklist, level: "order" } });
		expect(reasonOf(order({}, {}, ["A", "GIFT"]), rules)).toBe(
			"refused by Item Filters: the item GIFT is on the blacklist",
		);
		expect(refusalOf(order({}, {}, ["A"]), rules)).toBeNull();
		// What is here already is not refused afterwards.
		expect(prepared(["A", "GIFT"], { ...blacklist, level: "order" }).ok).toBe(true);
	});

	it("that leave no line refuse the order, or stop one that is here", () => {
		expect(reasonOf(order({}, {}, ["GIFT", ""]), filters({ items: blacklist }))).toBe(
			"refused by Item Filters: every line is filtered (GIFT, no code)",
		);
		expect(prepared(["GIFT"], blacklist)).toMatchObject({ ok: false, code: "all-filtered" });
	});

	it("that are disabled keep nothing back", () => {
		expect(isFiltered(filters({ items: { type: "disabled", codes: ["A"] } }).items, "A")).toBe(false);
	});
});

it("Earliest Order Date comes before the filters, and both name themselves", () => {
	const read = { ok: true as const, sourceId: "1", changedAt: new Date(), value: order({ country: "MX" }), raw: {} };
	const rules = byOrder({ field: "country", type: "required", values: ["USA"] });
	const judge = (earliestOrderDate: Date | null) =>
		acceptOrder(read, { options: sourceOptions.parse({ earliestOrderDate }), filters: rules });
	expect(judge(new Date("2026-01-01"))).toMatchObject({ kind: "skip", by: "earliest-date", number: "1077" });
	expect(judge(null)).toMatchObject({ kind: "skip", by: "order-filters" });
});

it("every country has its three letters", () => {
	expect(threeLetterCodes.length).toBe(249);
	for (const three of threeLetterCodes) {
		expect(isISO31661Alpha3(three), three).toBe(true);
		const two = countryOf(three) ?? "";
		expect(isISO31661Alpha2(two), three).toBe(true);
		expect(threeLetters(two)).toBe(three);
	}
	expect(countryOf("mex")).toBe("MX");
});
