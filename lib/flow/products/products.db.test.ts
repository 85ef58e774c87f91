import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type ExtensivSandbox, startExtensivSandbox } from "@/lib/connectors/extensiv-3pl/sandbox";
import { type OmSandbox, startOmSandbox } from "@/lib/connectors/extensiv-om/sandbox";
import { type Connected, connectWarehouse } from "@/lib/testing/connect";
import { testDatabase } from "@/lib/testing/database";
import { createTestConnection, createTestTenant, runFlow, type TestTenant } from "@/lib/testing/tenant";

testDatabase();

let warehouse: ExtensivSandbox;
let om: OmSandbox;
let tenant: TestTenant;
let wms: Connected;
beforeAll(async () => {
	[warehouse, om] = await Promise.all([startExtensivSandbox({ customerId: 17 }), startOmSandbox({ quotas: false })]);
});
afterAll(() => Promise.all([warehouse.close(), om.close()]));
beforeEach(async () => {
	warehouse.faults.clear();
	warehouse.store.customer().items.clear();
	tenant = await createTestTenant();
	wms = await connectWarehouse(tenant, warehouse);
});

const connectOm = (more: object = {}) =>
	createTestConnection(tenant, {
		...{ connectorKey: "extensiv-om", side: "destination", secret: ["apiToken"], name: "Order Manager" },
		settings: { ...om.settings, downloadProducts: true, ...more },
	});
const fetch = (connection = wms) => runFlow(tenant, connection, "products/fetch");
const details = (connection: Connected = wms) =>
	tenant.sql<Record<string, unknown>>(
		`select "sku", "name", "description", "grams", "lengthMm", "widthMm", "heightMm", "active", "lotTracked", "updatedAt", "xmin"::text
		 from "ProductDetail" where "connectionId" = $1 order by "sku"`,
		[connection.id],
	);
const aliases = () =>
	tenant.sql(`select "sku", "name", "code", "connectionId" is null as "byPerson" from "ItemAlias" order by "code"`);
const said = async (connection: Connected, job: "products/fetch" | "products/export" = "products/fetch") =>
	(
		await tenant.sql<{ line: string }>(
			`select r."subject" || ' ' || r."outcome" || coalesce(': ' || r."reason", '') as "line" from "RunRecord" r
			 where r."runId" = (select "id" from "Run" where "flowId" = $1 order by "id" desc limit 1) order by r."id"`,
			[connection.flows[job]],
		)
	).map(({ line }) => line);
const add = (sku: string, more: Record<string, unknown> = {}) => {
	const item = warehouse.store.addItem(sku);
	item.more = more;
	return item;
};
const pounds = { imperial: { weight: 2, length: 10, width: 4, height: 1 } };
/** A person's alias, as the screen for it stores it. */
const byPerson = (sku: string, name: string, code: string) =>
	tenant.sql(
		`insert into "ItemAlias" ("id", "accountId", "merchantId", "name", "code", "sku") values ($1, $2, $3, $4, $5, $6)`,
		[`itm_${crypto.randomUUID()}`, tenant.accountId, tenant.merchantId, name, code, sku],
	);

describe("Product Detail Pickup from 3PL Warehouse Manager", () => {
	it("keeps names, sizes in millimetres and weights in grams, barcodes and lots", async () => {
		add("TEE", {
			...{ description: "Tee", description2: "Soft", upc: "012345678905" },
			options: { packageUnit: pounds, trackBys: { trackLotNumber: 2 } },
		});
		add("MUG");
		expect(await fetch()).toMatchObject({ state: "done", counts: { read: 2, created: 2 } });
		expect(await details()).toMatchObject([
			{ sku: "MUG", name: "Item MUG", grams: null, lengthMm: null, active: true, lotTracked: null },
			{
				...{ sku: "TEE", name: "Tee", description: "Soft", active: true, lotTracked: true },
				...{ grams: 907.185, lengthMm: 254, widthMm: 101.6, heightMm: 25.4 },
			},
		]);
		expect(await aliases()).toEqual([{ sku: "TEE", name: "UPC", code: "012345678905", byPerson: false }]);
		const named = await tenant.sql(`select "sku", "name" from "Product" order by "sku"`);
		expect(named).toEqual([
			{ sku: "MUG", name: "Item MUG" },
			{ sku: "TEE", name: "Tee" },
		]);
	});

	it("Static: read in the channel's unit, whatever the warehouse states", async () => {
		add("TEE", { options: { packageUnit: pounds } });
		await tenant.sql(
			`update "Connection" set "options" = '{"unitMode": "static", "unitPair": "kg+cm"}' where "id" = $1`,
			[wms.id],
		);
		await fetch();
		expect(await details()).toMatchObject([{ grams: 2000, lengthMm: 100 }]);
	});

	it.each(["the system", "the worker"])(
		"goes on where %s cut it between two pages, and writes only what changed",
		async (who) => {
			for (let n = 0; n < 250; n++) add(`S-${String(n).padStart(3, "0")}`);
			const worker = new AbortController();
			let asked = 0;
			const thirdOn = ({ path }: { path: string }) => path.endsWith("/items") && ++asked > 2;
			warehouse.faults.add({
				match: (call) => {
					if (!thirdOn(call)) return false;
					if (who === "the worker") worker.abort();
					return true;
				},
				fault: { kind: "reset", when: "before" },
				times: 20,
			});
			const cut = await runFlow(tenant, wms, "products/fetch", { signal: worker.signal });
			expect(cut.state).toBe(who === "the worker" ? "interrupted" : "done_with_problems");
			expect(await details()).toHaveLength(200);
			warehouse.faults.clear();
			expect(await fetch()).toMatchObject({ state: "done", counts: { read: 50, created: 50, updated: 0 } });
			const before = await details();
			expect(before).toHaveLength(250);
			const one = warehouse.store.addItem("S-007");
			one.more = { description: "Renamed" };
			expect(await fetch()).toMatchObject({ counts: { read: 250, created: 0, updated: 1, unchanged: 249 } });
			const after = await details();
			expect(after.filter((row, n) => row.xmin !== before[n]?.xmin)).toMatchObject([{ sku: "S-007", name: "Renamed" }]);
		},
	);

	it("Ignore inactive products: not downloaded, and one that became inactive is so here too", async () => {
		add("TEE");
		add("OLD").deactivated = true;
		await fetch();
		expect(await details()).toMatchObject([{ sku: "TEE", active: true }]);
		add("TEE").deactivated = true;
		expect(await fetch()).toMatchObject({ counts: { updated: 1 } });
		expect(await details()).toMatchObject([{ sku: "TEE", active: false, name: "Item TEE" }]);
	});

	it("an item that cannot be read is said, hides no other, and retires nothing", async () => {
		add("TEE");
		add("MUG");
		await fetch();
		warehouse.store.customer().items.delete("MUG");
		add("BAD").malformed = { sku: null, readOnly: { itemId: 4711 } };
		expect(await fetch()).toMatchObject({ state: "done_with_problems", counts: { failed: 1, updated: 0 } });
		expect(await details()).toMatchObject([{ active: true }, { active: true }]);
	});
});

describe("aliases that a warehouse tells", () => {
	it("never replace a person's, and say so", async () => {
		await byPerson("TEE", "UPC", "900");
		await byPerson("HAT", "EAN", "111");
		add("TEE", { upc: "100" });
		add("MUG", { upc: "111" });
		expect(await fetch()).toMatchObject({ state: "done", counts: { skipped: 2 } });
		expect(await aliases()).toEqual([
			{ sku: "HAT", name: "EAN", code: "111", byPerson: true },
			{ sku: "TEE", name: "UPC", code: "900", byPerson: true },
		]);
		expect((await said(wms)).sort()).toEqual([
			"MUG skipped: The UPC code 111 was not taken: it leads to HAT already.",
			"TEE skipped: The UPC code 100 was not taken: a person entered 900 for it.",
		]);
	});

	it("follow the warehouse when it changes its own", async () => {
		add("TEE", { upc: "100" });
		await fetch();
		add("TEE", { upc: "101" });
		await fetch();
		expect(await aliases()).toEqual([{ sku: "TEE", name: "UPC", code: "101", byPerson: false }]);
	});
});

describe("Product Detail Pickup from Order Manager", () => {
	it("pages through all, takes listing SKUs as aliases, and details only where they are wanted", async () => {
		for (let n = 0; n < 120; n++) om.store.addProduct(`OM-${n}`);
		om.store.addListing("OM-1");
		const wanted = await connectOm();
		expect(await fetch(wanted)).toMatchObject({ state: "done", counts: { read: 120, created: 120 } });
		expect(await details(wanted)).toContainEqual(expect.objectContaining({ sku: "OM-1", name: "Product OM-1" }));
		expect(await aliases()).toEqual([{ sku: "OM-1", name: "Wayfair listing", code: "L-OM-1", byPerson: false }]);
		await tenant.sql(`update "Connection" set "values" = "values" || '{"downloadProducts": false}' where "id" = $1`, [
			wanted.id,
		]);
		expect(await fetch(wanted)).toMatchObject({ counts: { unchanged: 120, updated: 0 } });
	});
});

describe("Product Upload to 3PL Warehouse Manager", () => {
	it("creates what another warehouse tells and this one lacks, in its units, once", async () => {
		for (const sku of ["A-1", "A-2", "A-3"]) om.store.addProduct(sku);
		const other = await connectOm();
		await fetch(other);
		await tenant.sql(
			`update "ProductDetail" set "grams" = 907.185, "lengthMm" = 254, "lotTracked" = true where "sku" = 'A-1'`,
		);
		await tenant.sql(`update "ProductDetail" set "active" = false where "sku" not like 'A-%'`);
		await tenant.sql(`update "Connection" set "options" = '{"unitPair": "lb+in"}' where "id" = $1`, [wms.id]);
		add("A-2");
		const run = () => runFlow(tenant, wms, "products/export");
		expect(await run()).toMatchObject({ state: "done", counts: { created: 2, unchanged: 1 } });
		expect([...warehouse.store.customer().items.keys()].sort()).toEqual(["A-1", "A-2", "A-3"]);
		expect(warehouse.store.customer().items.get("A-1")?.more).toMatchObject({
			description: "Product A-1",
			options: {
				inventoryUnit: { unitIdentifier: { name: "Each" } },
				packageUnit: { imperial: { weight: 2, length: 10 } },
				trackBys: { trackLotNumber: 1 },
			},
		});
		expect((await said(wms, "products/export")).sort()).toEqual(["A-1 created", "A-2 existed", "A-3 created"]);
		expect(await run()).toMatchObject({ state: "done", counts: { created: 0 } });
	});

	it("says what the warehouse refuses, and goes on with the others", async () => {
		for (const sku of ["B-1", "B-2"]) om.store.addProduct(sku);
		const other = await connectOm();
		await fetch(other);
		await tenant.sql(`update "ProductDetail" set "active" = false where "sku" not like 'B-%'`);
		warehouse.faults.add({
			match: ({ method, body }) => method === "POST" && body.includes("B-1"),
			fault: { kind: "status", status: 400, when: "before" },
		});
		const run = await runFlow(tenant, wms, "products/export");
		expect(run).toMatchObject({ state: "done_with_problems", counts: { created: 1, failed: 1 } });
		expect([...warehouse.store.customer().items.keys()]).toEqual(["B-2"]);
		expect((await said(wms, "products/export")).sort()).toEqual([
			expect.stringMatching(/^B-1 refused: /),
			"B-2 created",
		]);
	});
});
