/** Each setting of 3PL Warehouse Manager, by the name it has on screen. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { purchaseOrder } from "@/lib/canonical/purchase-order";
import { extensiv3pl } from "./index";
import { type ExtensivSandbox, startExtensivSandbox } from "./sandbox";
import { open as openWith, order, promised, recorder, write } from "./support";

const orders = promised(extensiv3pl.destination?.orders);
let sandbox: ExtensivSandbox;
beforeEach(async () => {
	sandbox = await startExtensivSandbox({ customers: [{ id: 18, name: "Red Pan" }] });
	for (const sku of ["TEE", "MUG"]) sandbox.store.setStock(sku, 2, 100);
});
afterEach(() => sandbox.close());
const open = (more: Record<string, unknown> = {}) => openWith({ ...sandbox.settings, ...more });
const check = (more: Record<string, unknown> = {}) => extensiv3pl.check(open(more));
/** The body of the order that was sent. */
async function sent(more: Record<string, unknown> = {}) {
	await orders.create(open(more), write(order("N-1"))).catch(() => {});
	const call = recorder.exchanges.findLast(({ method, url }) => method === "POST" && url.endsWith("/orders"));
	return JSON.parse(call?.requestBody ?? "{}");
}
const tokenCall = () => recorder.exchanges.findLast(({ url }) => /token/i.test(url));

describe("access", () => {
	it("Address: the system's own by default, and where nothing answers it is named", async () => {
		const { baseUrl: _, ...rest } = sandbox.settings;
		expect(extensiv3pl.baseUrl(extensiv3pl.settings.parse(rest))).toBe("https://secure-wms.com");
		expect(await check({ baseUrl: "http://127.0.0.1:1" })).toMatchObject({ ok: false, field: "baseUrl" });
	});
	it("Client ID: another one is not let in", async () => {
		expect(await check({ clientId: "nobody" })).toMatchObject({ ok: false, field: "clientSecret" });
	});
	it("Client secret: a wrong one is named", async () => {
		expect(await check({ clientSecret: "wrong" })).toMatchObject({ ok: false, field: "clientSecret" });
	});
	it("TPL key: a GUID in braces, sent where there is one", async () => {
		expect(await check({ tplKey: "" })).toMatchObject({ ok: true });
		expect(tokenCall()?.requestBody).not.toMatch(/"tpl"/);
		expect(await check()).toMatchObject({ ok: true });
		expect(tokenCall()?.requestBody).toMatch(/"tpl"/);
		expect(() => open({ tplKey: "12345" })).toThrow(/GUID in braces/);
	});
	it("User login ID: goes with the request for a token", async () => {
		expect(await check({ userLoginId: "1" })).toMatchObject({ ok: false });
		expect(tokenCall()?.requestBody).toMatch(/"user_login(_id)?":"1"/);
	});
});

describe("orders", () => {
	it("Customer ID: orders belong to it, and one that the warehouse does not have is named", async () => {
		expect((await sent()).customerIdentifier).toEqual({ id: 17 });
		expect((await sent({ customerId: "18" })).customerIdentifier).toEqual({ id: 18 });
		expect(await check({ customerId: 99 })).toMatchObject({ ok: false, field: "customerId" });
	});
	it("Facility: orders leave it, and one that the warehouse does not have is named", async () => {
		expect((await sent()).facilityIdentifier).toEqual({ id: 2 });
		expect((await sent({ facilityId: 3 })).facilityIdentifier).toEqual({ id: 3 });
		expect(await check({ facilityId: 99 })).toMatchObject({ ok: false, field: "facilityId" });
	});
	it("Order type: as the warehouse has it by default", async () => {
		expect(await sent()).not.toHaveProperty("orderType");
		expect(await sent({ orderType: "B2B" })).toMatchObject({ orderType: "B2B" });
	});
});

describe("products", () => {
	const products = promised(extensiv3pl.destination?.products);
	async function skus(more: Record<string, unknown> = {}) {
		const found: string[] = [];
		for await (const page of products.read(open(more), { cursor: null }))
			for (const record of page.records) if (record.ok) found.push(record.value.sku);
		return found;
	}
	it("Ignore inactive products: they are left out unless it is off", async () => {
		Object.assign(sandbox.store.addItem("OLD"), { deactivated: true });
		expect(await skus()).not.toContain("OLD");
		expect(await skus({ ignoreInactive: false })).toContain("OLD");
	});
	it("Unit of new products: Each by default", async () => {
		const value = { sku: "NEW", name: "New", externalId: "", active: true };
		const unitOf = async (key: string, more: Record<string, unknown> = {}) => {
			await promised(products.add).create(open(more), { key, value: { ...value, sku: key }, attempt: 1 });
			const call = recorder.exchanges.findLast(({ method, url }) => method === "POST" && url.endsWith("/items"));
			return JSON.parse(call?.requestBody ?? "{}").options.inventoryUnit.unitIdentifier.name;
		};
		expect(await unitOf("NEW-1")).toBe("Each");
		expect(await unitOf("NEW-2", { inventoryUnit: "Case" })).toBe("Case");
	});
});

describe("shipments", () => {
	it("Time zone of the warehouse's times: changes are asked for by its wall clock", async () => {
		const asked = async (more: Record<string, unknown> = {}) => {
			const from = new Date("2026-03-02T10:00:00Z");
			for await (const _ of promised(extensiv3pl.destination?.shipments).read(open(more), { cursor: null, from }));
			const rql = new URL(recorder.exchanges.findLast(({ url }) => url.includes("rql="))?.url ?? "").searchParams;
			return rql.get("rql");
		};
		expect(await asked()).toContain("2026-03-02T10:00:00");
		expect(await asked({ timeZone: "America/Denver" })).toContain("2026-03-02T03:00:00");
		expect(() => open({ timeZone: "Mars/Base" })).toThrow(/time zone/);
	});
});

describe("references", () => {
	it("of lines stand in the notes and saved elements of their item, and the price stays", async () => {
		const [tee, mug] = order("N-7").lines;
		if (!tee || !mug) throw new Error("the sample has two lines");
		const fields = [
			{ name: "Colour", value: "Red" },
			{ name: "UnitPrice", value: "0" },
		];
		const told = { ...tee, unitPrice: "4.40", note: "Engrave AB", extraFields: fields };
		await orders.create(open(), write(order("N-7", [told, mug])));
		expect(sandbox.store.find("N-7")?.items).toMatchObject([
			{
				notes: "Engrave AB",
				savedElements: [
					{ name: "UnitPrice", value: "4.40" },
					{ name: "Colour", value: "Red" },
				],
			},
			{ notes: null, savedElements: [] },
		]);
	});

	it("of purchase orders stand in the receiver and in its items, and no field that it does not have is sent", async () => {
		const purchase = promised(extensiv3pl.destination?.purchaseOrders);
		const fields = ["carrier", "trailerNumber", "Season"].map((name) => ({ name, value: `${name}!` }));
		const line = { sourceLineId: "p1", sku: "TEE", quantity: 5 };
		const value = purchaseOrder.parse({
			...{ sourceId: "9", number: "PO-9", note: "Dock 4", extraFields: fields },
			lines: [{ ...line, extraFields: [{ name: "Memo", value: "Fragile" }] }],
		});
		await purchase.create(open(), { key: "PO-9", value, attempt: 1 });
		const body = JSON.parse(
			recorder.exchanges.findLast(({ method, url }) => method === "POST" && url.endsWith("/receivers"))?.requestBody ??
				"",
		);
		expect(body).not.toHaveProperty("Season");
		expect(sandbox.store.dock.find("PO-9")).toMatchObject({
			...{ notes: "Dock 4", carrier: "carrier!", trailerNumber: "trailerNumber!", trackingNumber: null },
			items: [{ savedElements: [{ name: "Memo", value: "Fragile" }] }],
		});
	});
});
