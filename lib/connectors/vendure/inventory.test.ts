import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startVendureSandbox, type VendureSandbox } from "./sandbox";
import { openOn, source } from "./support";

let shop: VendureSandbox;
beforeEach(async () => {
	shop = await startVendureSandbox();
	shop.store.addProduct("TEE", 50);
	shop.store.addProduct("MUG", 50);
	shop.store.addProduct("GIFT-CARD", 0, "FALSE");
});
afterEach(() => shop.close());

const set = (figures: { sku: string; quantity: number }[], settings: Record<string, unknown> = {}) =>
	source.inventory.set(
		openOn(shop, settings),
		figures.map((value) => ({ key: value.sku, value, attempt: 1 })),
	);
const levels = (sku: string) => Object.fromEntries(shop.store.variants.get(sku)?.stock ?? []);
const isSetStock = (call: { body: string }) => call.body.includes("updateProductVariants");

describe("stock figures", () => {
	it("are what may be sold, and each SKU says what happened", async () => {
		shop.store.place({ lines: [{ sku: "TEE", quantity: 3 }] });
		expect(
			await set([
				{ sku: "TEE", quantity: 7 },
				{ sku: "GIFT-CARD", quantity: 7 },
				{ sku: "NOPE", quantity: 7 },
			]),
		).toEqual([
			expect.objectContaining({ key: "TEE", ok: true }),
			{ key: "GIFT-CARD", ok: "skipped", reason: "the shop does not track stock for this product" },
			{ key: "NOPE", ok: "skipped", reason: "no product in the shop has this SKU" },
		]);
		// Three units are allocated to a paid order: seven more may be sold.
		expect(levels("TEE")).toEqual({ 1: { onHand: 10, allocated: 3 } });
	});

	it("go to the location in the settings, also where a product lay nowhere yet", async () => {
		expect(await set([{ sku: "TEE", quantity: 7 }], { stockLocation: "2" })).toMatchObject([{ ok: true }]);
		expect(levels("TEE")).toEqual({ 1: { onHand: 50, allocated: 0 }, 2: { onHand: 7, allocated: 0 } });
	});

	it("without a location in the settings go to the same one each time, in whatever order the shop lists them", async () => {
		const tee = shop.store.variants.get("TEE");
		tee?.stock.clear();
		for (const id of ["2", "1"]) tee?.stock.set(id, { onHand: 0, allocated: 0 });
		await set([{ sku: "TEE", quantity: 7 }]);
		expect(levels("TEE")).toMatchObject({ 1: { onHand: 7 }, 2: { onHand: 0 } });
	});

	it("for a location the shop does not have name the setting", async () => {
		expect(await set([{ sku: "TEE", quantity: 7 }], { stockLocation: "77" })).toEqual([
			{
				key: "TEE",
				ok: false,
				error: expect.objectContaining({
					fault: { kind: "permanent", code: "unknown-location", field: "stockLocation" },
				}),
			},
		]);
	});

	it("that are refused together are tried one by one", async () => {
		// A variant that goes away between the look and the write: the shop refuses the whole call.
		let struck = false;
		shop.faults.add({
			match: (call) => {
				if (!isSetStock(call) || struck) return false;
				struck = true;
				shop.store.variants.delete("MUG");
				return false;
			},
			fault: { kind: "status", when: "before", status: 500 },
		});
		expect(
			await set([
				{ sku: "MUG", quantity: 1 },
				{ sku: "TEE", quantity: 7 },
			]),
		).toEqual([
			{
				key: "MUG",
				ok: false,
				error: expect.objectContaining({ fault: { kind: "permanent", code: "ENTITY_NOT_FOUND" } }),
			},
			expect.objectContaining({ key: "TEE", ok: true }),
		]);
		expect(levels("TEE")).toMatchObject({ 1: { onHand: 7 } });
	});

	it("whose call fails all have that failure", async () => {
		shop.faults.add({
			match: isSetStock,
			fault: { kind: "status", when: "before", status: 429, headers: { "retry-after": "5" } },
		});
		const error = expect.objectContaining({ fault: expect.objectContaining({ kind: "rate-limited" }) });
		expect(
			await set([
				{ sku: "TEE", quantity: 1 },
				{ sku: "MUG", quantity: 1 },
			]),
		).toEqual([
			{ key: "TEE", ok: false, error },
			{ key: "MUG", ok: false, error },
		]);
	});
});
