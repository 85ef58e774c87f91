import { beforeEach, describe, expect, it } from "vitest";
import type { ItemRow } from "@/lib/canonical/item-codes";
import { testDatabase } from "@/lib/testing/database";
import { testJourney } from "@/lib/testing/journey";
import { createTestPerson, type TestPerson } from "@/lib/testing/people";
import { runFlow } from "@/lib/testing/tenant";

testDatabase();
const journey = testJourney();
let owner: TestPerson;

beforeEach(async () => {
	owner = await createTestPerson({ accountId: journey.tenant.accountId, role: "owner" });
});

const path = () => `/accounts/${journey.tenant.accountId}/merchants/${journey.tenant.merchantId}/item-codes`;
const post = async (verb: string, body: object, status = 200) => {
	const answer = await owner.call("POST", `${path()}${verb}`, body);
	expect(answer.status, JSON.stringify(answer.body)).toBe(status);
	return answer.body;
};
const read = async (query: string) => (await owner.call("GET", `${path()}${query}`)).body;
const mapping = (code: string, sku: string): ItemRow => ({ kind: "mapping", connectionId: journey.cart.id, code, sku });
const kit: ItemRow = {
	kind: "kit",
	code: "K",
	parts: [
		{ sku: "TEE", quantity: 2 },
		{ sku: "MUG", quantity: 1 },
	],
	mode: "explode",
	partial: "wait",
};
const options = (change: object) =>
	journey.tenant.sql(`update "Connection" set "options" = "options" || $2::jsonb where "id" = $1`, [
		journey.cart.id,
		JSON.stringify(change),
	]);
const sentTo = (number: string) =>
	journey.atWarehouse(number).items.map((item) => `${item.qty} ${item.itemIdentifier.sku}`);

describe("a SKU that the warehouse does not know", () => {
	it("raises one alert for three orders, and one mapping sends all three", async () => {
		const codes = [1, 2, 3].map(() => journey.place([{ sku: "TEE-RED-M", quantity: 1 }]).code);
		await journey.download();
		await journey.deliver();
		const alerts = await journey.tenant.sql(
			`select "code", "count", "facts" ->> 'sku' as "sku", "sentence" from "Alert" where "resolvedAt" is null`,
		);
		expect(alerts).toEqual([
			{ code: "unknown-sku", count: 3, sku: "TEE-RED-M", sentence: "Item code TEE-RED-M is unknown at extensiv-3pl." },
		]);
		const listed = (await owner.call("GET", `/accounts/${journey.tenant.accountId}/alerts`)).body;
		expect(listed.items[0].path).toMatch(/^mappings\/sku-health\?.*q=TEE-RED-M$/);

		await runFlow(journey.tenant, journey.wms, "inventory/fetch");
		expect((await read("/health")).unknown).toMatchObject([{ code: "TEE-RED-M", orders: 3, waiting: 3 }]);
		expect(await post("/preview", { rows: [mapping("TEE-RED-M", "TEE")] })).toMatchObject({ waiting: 3 });
		expect(await post("", { rows: [mapping("TEE-RED-M", "TEE")] })).toMatchObject({ saved: 1, released: 3 });
		expect(await journey.tenant.sql(`select 1 from "Alert" where "resolvedAt" is null`)).toEqual([]);
		await journey.deliver();
		for (const code of codes) expect(sentTo(code)).toEqual(["1 TEE"]);
		const audited = await journey.tenant.sql(`select "actorId" from "AuditEntry" where "action" = 'item-codes.saved'`);
		expect(audited).toEqual([{ actorId: owner.userId }]);
		expect((await read("/health")).unknown).toEqual([]);
	});

	it("is found before the warehouse is asked, where the cart says that such orders wait", async () => {
		await runFlow(journey.tenant, journey.wms, "inventory/fetch");
		await options({ unknownItems: "hold" });
		const { code } = journey.place([{ sku: "MUG-BLUE", quantity: 1 }]);
		await journey.download();
		await journey.deliver();
		expect(await journey.statusOf(code)).toBe("error");
		expect(journey.created(code)).toBe(0);
		const [found] = (await read("/health")).unknown;
		expect(found).toMatchObject({ code: "MUG-BLUE", waiting: 1 });
		await post("", { rows: [mapping("MUG-BLUE", "MUG")] });
		await journey.deliver();
		expect(sentTo(code)).toEqual(["1 MUG"]);
	});

	it("comes back to the cart under the cart's own code", async () => {
		await post("", { rows: [mapping("TEE-RED-M", "TEE")] });
		const order = journey.place([{ sku: "TEE-RED-M", quantity: 2 }]);
		await journey.download();
		await journey.deliver();
		journey.warehouse.store.ship(journey.atWarehouse(order.code).readOnly.orderId);
		await runFlow(journey.tenant, journey.wms, "shipments/fetch");
		const [told] = await journey.tenant.sql<{ document: { lines: object[] } }>(`select "document" from "Confirmation"`);
		expect(told?.document.lines).toMatchObject([{ sku: "TEE-RED-M", quantity: 2 }]);
		await runFlow(journey.tenant, journey.cart, "shipments/upload");
		expect(await journey.statusOf(order.code)).toBe("confirmed");
	});
});

describe("stock", () => {
	it("is told under the alias that the cart wants, and not at all for an item without one", async () => {
		journey.shop.store.addProduct("UPC-1", 0);
		await options({ pushInventoryAs: "UPC" });
		await post("", { rows: [{ kind: "alias", name: "UPC", code: "UPC-1", sku: "TEE" }] });
		await runFlow(journey.tenant, journey.wms, "inventory/fetch");
		await runFlow(journey.tenant, journey.cart, "inventory/upload");
		expect(journey.shop.store.variants.get("UPC-1")?.stock.get("1")?.onHand).toBe(40);
		const figures = await journey.tenant.sql(
			`select "sku", "code", "state", "problem" from "InventoryFigure" where "sku" in ('TEE', 'MUG') order by "sku"`,
		);
		expect(figures).toEqual([
			{ sku: "MUG", code: "", state: "skipped", problem: 'it has no code of the type "UPC"' },
			{ sku: "TEE", code: "UPC-1", state: "pushed", problem: null },
		]);
		await post("", { rows: [mapping("MUG", "MUG")] });
		await runFlow(journey.tenant, journey.cart, "inventory/upload");
		expect(await journey.tenant.sql(`select "state", "code" from "InventoryFigure" where "sku" = 'MUG'`)).toEqual([
			{ state: "pushed", code: null },
		]);
	});

	it("of a kit of 2 and 1 with 5 and 9 is 2, and falls with orders for the kit", async () => {
		journey.shop.store.addProduct("K", 0);
		journey.warehouse.store.setStock("TEE", 2, 5);
		journey.warehouse.store.setStock("MUG", 2, 9);
		await post("", { rows: [kit] });
		await runFlow(journey.tenant, journey.wms, "inventory/fetch");
		await runFlow(journey.tenant, journey.cart, "inventory/upload");
		const figureOf = async (sku: string) =>
			(await journey.tenant.sql(`select "quantity" from "InventoryFigure" where "sku" = $1`, [sku]))[0]?.quantity;
		expect(await figureOf("K")).toBe(2);
		journey.place([{ sku: "K", quantity: 1 }]);
		await journey.download();
		await runFlow(journey.tenant, journey.cart, "inventory/upload");
		expect([await figureOf("K"), await figureOf("TEE"), await figureOf("MUG")]).toEqual([1, 3, 8]);
		journey.warehouse.store.setStock("TEE", 2, 40);
		journey.warehouse.store.setStock("MUG", 2, 40);
	});
});

describe("a kit", () => {
	it("goes out as its parts, and comes back as kits", async () => {
		await post("", { rows: [kit] });
		const order = journey.place([{ sku: "K", quantity: 3 }]);
		await journey.download();
		await journey.deliver();
		expect(sentTo(order.code)).toEqual(["6 TEE", "3 MUG"]);
		journey.warehouse.store.ship(journey.atWarehouse(order.code).readOnly.orderId);
		await runFlow(journey.tenant, journey.wms, "shipments/fetch");
		const [told] = await journey.tenant.sql<{ document: { lines: object[] } }>(`select "document" from "Confirmation"`);
		expect(told?.document.lines).toMatchObject([{ sku: "K", quantity: 3 }]);
		expect(await journey.statusOf(order.code)).toBe("shipped");
	});
});

describe("a file of aliases", () => {
	const file = () => {
		const good = Array.from({ length: 496 }, (_, n) => `UPC,0490${n},SKU-${n}`);
		return ["Type,Code,Warehouse SKU", ...good, "UPC,,SKU-X", "UPC,04901,SKU-Y", ",77,SKU-Z", "UPC,0499999,SKU-3"].join(
			"\n",
		);
	};

	it("of 500 rows with 4 bad ones shows 496 good and 4 reasons, saves the good, and is taken back", async () => {
		const dry = await post("/import", { kind: "alias", text: file() });
		expect(dry.counts).toEqual({ new: 496, change: 0, same: 0, remove: 0, refused: 4 });
		expect((await read("?kind=alias")).items).toEqual([]);
		const done = await post("/import", { kind: "alias", text: file(), apply: true });
		expect(done.saved).toBe(496);
		expect(done.refusedFile.split("\r\n").slice(0, 5)).toEqual([
			"Type,Code,Warehouse SKU,Reason",
			"UPC,,SKU-X,The code must not be empty.",
			"UPC,04901,SKU-Y,04901 is there twice: also in line 3.",
			",77,SKU-Z,Type must not be empty.",
			"UPC,0499999,SKU-3,SKU-3 has the UPC code 04903 already. Remove that one first.",
		]);
		expect((await read("?kind=alias&limit=200")).items).toHaveLength(200);
		expect((await post("/import", { kind: "alias", text: file() })).counts).toMatchObject({ same: 496, new: 0 });
		expect(await post(`/changes/${done.changeId}/undo`, {})).toMatchObject({ saved: 496 });
		expect((await read("?kind=alias")).items).toEqual([]);
		await post(`/changes/${done.changeId}/undo`, {}, 404);
	});

	it("that lacks a column is refused as a whole, with the columns it needs", async () => {
		expect((await post("/import", { kind: "alias", text: "Code\n1" }, 422)).detail).toMatch(/no column "Type"/);
	});
});

describe("saving", () => {
	it("refuses what would not be one to one, and names the other", async () => {
		await post("", { rows: [mapping("A", "TEE")] });
		expect((await post("", { rows: [mapping("B", "TEE")] }, 422)).detail).toMatch(/TEE is what A means/);
		// The same two the other way round, saved together.
		await post("", { rows: [mapping("B", "MUG")] });
		expect(await post("", { rows: [mapping("A", "MUG"), mapping("B", "TEE")] })).toMatchObject({ saved: 2 });
	});

	it("refuses a kit within a kit", async () => {
		await post("", { rows: [kit] });
		const nested = { ...kit, code: "BIG", parts: [{ sku: "K", quantity: 1 }] };
		expect((await post("", { rows: [nested] }, 422)).detail).toMatch(/K is a kit itself/);
	});

	it("is not taken back over a later change", async () => {
		const { changeId } = await post("", { rows: [mapping("A", "TEE")] });
		await post("", { rows: [mapping("A", "MUG")] });
		expect((await post(`/changes/${changeId}/undo`, {}, 409)).detail).toMatch(/changed again/);
	});

	it("exports what the import reads again", async () => {
		await post("", { rows: [kit, mapping("=1+1", "TEE")] });
		for (const kind of ["kit", "mapping"]) {
			const answer = await owner.call("GET", `${path()}/export?kind=${kind}`);
			const again = await post("/import", { kind, connectionId: journey.cart.id, text: String(answer.body) });
			expect(again.counts).toMatchObject({ same: 1, refused: 0 });
		}
	});
});
