import { describe, expect, it } from "vitest";
import { destinationOptions, sourceOptions } from "@/lib/canonical/connection-options";
import { type Kit, masterSku } from "@/lib/canonical/item-codes";
import { order } from "@/lib/canonical/order";
import { noCarriers } from "../../confirm/carriers/translate";
import { noFilters } from "../../intake/filters";
import type { ItemCodes } from "../item-codes";
import { tableOf } from "../ship-methods/resolve";
import { items } from "./items";

const none: ItemCodes = { mapped: new Map(), skuOf: new Map(), aliases: new Map(), kits: new Map(), known: null };

function sent(lines: Record<string, number>, codes: Partial<ItemCodes> = {}, options: object = {}) {
	return items.apply({
		order: order.parse({
			...{ sourceId: "1", number: "1001", sourceStatus: "paid", placedAt: new Date(0), shipping: {} },
			shipTo: { name: "Ann Example", line1: "1 Main St", city: "Springfield", country: "US" },
			lines: Object.entries(lines).map(([sku, quantity]) => ({ sourceLineId: sku || "bare", sku, quantity })),
		}),
		lineIds: new Map(),
		...{ orderId: "ord_1", numberTaken: false, maxNumberLength: undefined, deliverable: {} },
		source: sourceOptions.parse(options),
		destination: destinationOptions.parse({}),
		codes: { ...none, ...codes },
		shipMappings: { methods: tableOf([]), carriers: noCarriers },
		itemFilter: noFilters.items,
	});
}

function told(result: ReturnType<typeof sent>): string[] {
	if (!result.ok) throw new Error(result.problem);
	return (result.set.lines ?? []).map(({ sku, quantity }) => `${quantity} ${sku}`);
}

const kit = (more: Partial<Kit> = {}): Kit => ({
	parts: [
		{ sku: "A", quantity: 2 },
		{ sku: "B", quantity: 1 },
	],
	mode: "explode",
	partial: "wait",
	...more,
});

const tee: Partial<ItemCodes> = {
	skuOf: new Map([
		["TEE-RED-M", "100234"],
		["0490001", "100234"],
	]),
	aliases: new Map([["100234", { Shop: "TEE-RED-M", UPC: "0490001" }]]),
};

describe("Translate Item Code", () => {
	it("leaves codes as they are where none is chosen", () => {
		expect(told(sent({ "TEE-RED-M": 1 }, tee))).toEqual(["1 TEE-RED-M"]);
	});

	it("looks a code up among all aliases and gives the chosen type, or the warehouse's master SKU", () => {
		expect(told(sent({ "TEE-RED-M": 1 }, tee, { translateItemCode: masterSku }))).toEqual(["1 100234"]);
		expect(told(sent({ "TEE-RED-M": 1 }, tee, { translateItemCode: "UPC" }))).toEqual(["1 0490001"]);
		expect(told(sent({ "100234": 1 }, tee, { translateItemCode: "UPC" }))).toEqual(["1 0490001"]);
	});

	it("keeps a code that is not found, or lets the order wait, as the cart's policy says", () => {
		const codes = { ...tee, known: new Set(["100234"]) };
		expect(told(sent({ NOPE: 1 }, codes, { translateItemCode: "UPC" }))).toEqual(["1 NOPE"]);
		for (const translateItemCode of ["", masterSku, "UPC"])
			expect(sent({ NOPE: 1 }, codes, { translateItemCode, unknownItems: "hold" })).toMatchObject({
				...{ ok: false, code: "unknown-sku", sku: "NOPE", problem: expect.stringMatching(/NOPE.*Map it/) },
			});
	});
});

describe("the cart's own mapping", () => {
	it("comes before everything else", () => {
		const codes = { ...tee, mapped: new Map([["TEE-RED-M", "TEE-7"]]), known: new Set<string>() };
		for (const translateItemCode of ["", masterSku, "UPC"])
			expect(told(sent({ "TEE-RED-M": 2 }, codes, { translateItemCode, unknownItems: "hold" }))).toEqual(["2 TEE-7"]);
	});
});

describe("an unknown code", () => {
	it("is known as soon as the warehouse keeps it, and passes where the warehouse was never asked", () => {
		expect(told(sent({ TEE: 1 }, { known: new Set(["TEE"]) }, { unknownItems: "hold" }))).toEqual(["1 TEE"]);
		expect(told(sent({ TEE: 1 }, { known: null }, { unknownItems: "hold" }))).toEqual(["1 TEE"]);
	});

	it("that is no code at all stops the order", () => {
		expect(sent({ "": 1 })).toMatchObject({ ok: false, code: "missing-sku" });
	});
});

describe("a kit", () => {
	it("of 2 A and 1 B, ordered three times, goes out as 6 A and 3 B", () => {
		const result = sent({ K: 3 }, { kits: new Map([["K", kit()]]) });
		expect(told(result)).toEqual(["6 A", "3 B"]);
		expect(result).toMatchObject({ note: "3 × K → 6 × A + 3 × B" });
	});

	it("is found by the code its own is mapped to, and its parts are translated too", () => {
		const codes = {
			kits: new Map([["K", kit()]]),
			mapped: new Map([["SET", "K"]]),
			aliases: new Map([
				["A", { UPC: "111" }],
				["B", { UPC: "222" }],
			]),
		};
		expect(told(sent({ SET: 1 }, codes, { translateItemCode: "UPC" }))).toEqual(["2 111", "1 222"]);
	});

	it("that the warehouse keeps whole goes out whole", () => {
		expect(told(sent({ K: 3 }, { kits: new Map([["K", kit({ mode: "whole" })]]) }))).toEqual(["3 K"]);
	});

	it("waits for the part that nobody knows", () => {
		const codes = { kits: new Map([["K", kit()]]), known: new Set(["A"]) };
		expect(sent({ K: 1 }, codes, { unknownItems: "hold" })).toMatchObject({ ok: false, sku: "B" });
	});
});
