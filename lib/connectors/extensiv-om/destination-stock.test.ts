import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type OmSandbox, startOmSandbox } from "./sandbox";
import { destination, openOm, readFrom } from "./support";

let om: OmSandbox;
beforeEach(async () => {
	om = await startOmSandbox({ quotas: false });
});
afterEach(() => om.close());

const open = (more: Record<string, unknown> = {}) => openOm(om, more);
const read = (what: "products", more: Record<string, unknown> = {}) => readFrom(om, what, more);
const levels = async (more: Record<string, unknown> = {}) =>
	(await readFrom(om, "inventory", more))
		.map(({ sku, location, available }) => `${sku} ${location} ${available}`)
		.sort();

describe("stock of Order Manager", () => {
	/** Ten of one product, shared 60 to 40 between two channels. */
	beforeEach(() => {
		om.store.addProduct("TEE", { onHand: 10, locked: 4 });
		om.store.addListing("TEE", { salesChannelId: 2, quantity: 6, lockedQuantity: 4 });
		om.store.addListing("TEE", { salesChannelId: 5, quantity: 4 });
	});

	it("Inventory sync mode: shared 60 to 40, two channels have 6 and 4, and a warehouse has 10", async () => {
		expect(await levels({ salesChannel: "" })).toEqual(["TEE Hub shop 4", "TEE Wayfair 6"]);
		expect(await levels({ inventorySyncMode: "warehouse" })).toEqual(["TEE East 3PL 10"]);
	});

	it("Subtract locked quantity: on hand 10, locked 4 is 10 without it and 6 with it, and never less than 0", async () => {
		const mode = { inventorySyncMode: "warehouse" };
		expect(await levels({ ...mode, subtractLocked: false })).toEqual(["TEE East 3PL 10"]);
		expect(await levels({ ...mode, subtractLocked: true })).toEqual(["TEE East 3PL 6"]);
		om.store.addProduct("MUG", { onHand: 2, locked: 5 });
		expect(await levels({ ...mode, subtractLocked: true })).toContain("MUG East 3PL 0");
		expect(await levels({ salesChannel: "Wayfair", subtractLocked: true })).toEqual(["TEE Wayfair 2"]);
	});

	it("Multi-warehouse: each warehouse has its level, and Warehouse name leaves one of them", async () => {
		om.store.addProduct("TEE", { onHand: 3, warehouseId: 4 });
		const mode = { inventorySyncMode: "warehouse" };
		expect(await levels(mode)).toEqual(["TEE East 3PL 10", "TEE Own shelf 3"]);
		expect(await levels({ ...mode, warehouseName: "Own shelf" })).toEqual(["TEE Own shelf 3"]);
		const names = async (more: object) => (await destination.locations.list(open({ ...more }))).map(({ name }) => name);
		expect(await names(mode)).toEqual(["East 3PL", "Own shelf"]);
		expect(await names({ inventorySyncMode: "channel" })).toEqual(["East 3PL", "Own shelf", "Wayfair", "Hub shop"]);
	});

	it("that states no total of a place is the sum of its rows", async () => {
		const [row] = om.store.stock;
		if (row)
			row.change = (raw) => ({ ...(raw as object), warehouseStockTotals: null, quantity: 10, quantityLocked: 4 });
		expect(await levels({ inventorySyncMode: "warehouse", subtractLocked: true })).toEqual(["TEE East 3PL 6"]);
	});

	it("Ignore inactive products: they are left out of stock and products unless it is off", async () => {
		om.store.inactive.add("TEE");
		for (const inventorySyncMode of ["warehouse", "channel"]) {
			expect(await levels({ inventorySyncMode })).toEqual([]);
			expect(await levels({ inventorySyncMode, ignoreInactive: false })).toHaveLength(1);
		}
		expect(await read("products")).toEqual([]);
		expect(await read("products", { ignoreInactive: false })).toHaveLength(1);
	});

	it("Item codes are: levels and aliases are told by listing SKUs where they are meant", async () => {
		expect(await levels({ inventorySyncMode: "warehouse", itemCode: "listing" })).toEqual(["L-TEE East 3PL 10"]);
		expect(await levels({ itemCode: "listing" })).toEqual(["L-TEE Hub shop 4"]);
	});

	it("Listing field that holds its level: another name is read, and a missing one is reported with it", async () => {
		const [first] = om.store.listings;
		if (first) first.change = (raw) => ({ ...(raw as object), share: 5 });
		const more = { salesChannel: "Wayfair", listingQuantityField: "share" };
		expect(await levels(more)).toEqual(["TEE Wayfair 5"]);
		await expect(levels({ ...more, salesChannel: "Hub shop" })).rejects.toThrow("share is missing");
	});

	it("Download products data: names and aliases come with it, codes always", async () => {
		const aliases = [{ name: "Hub shop listing", code: "L-TEE" }];
		const [product] = await read("products", { downloadProducts: true });
		expect(product).toMatchObject({ sku: "TEE", name: "Product TEE", aliases });
		expect(await read("products")).toEqual([{ sku: "TEE", name: "", externalId: "1", active: true }]);
	});
});
