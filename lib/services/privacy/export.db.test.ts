import { readFileSync } from "node:fs";
import { join } from "node:path";
import { strFromU8, unzipSync } from "fflate";
import { beforeEach, describe, expect, it } from "vitest";
import { newId } from "@/lib/db/ids";
import { systemPool } from "@/lib/db/pools";
import { testDatabase } from "@/lib/testing/database";
import { testJourney } from "@/lib/testing/journey";
import { callApi, createTestPerson, type TestPerson } from "@/lib/testing/people";
import { insertPurchaseOrder } from "@/lib/testing/purchase-orders";
import { runFlow } from "@/lib/testing/tenant";
import { createThings } from "@/lib/testing/things";
import { askErasure } from "./ask-erasure";
import { downloadExport } from "./export-merchant";
import { runErasure } from "./run-erasure";
import { runExport } from "./run-export";

testDatabase();
const journey = testJourney();
let admin: TestPerson;
let path: string;

beforeEach(async () => {
	const { accountId, merchantId } = journey.tenant;
	admin = await createTestPerson({ accountId, role: "admin" });
	path = `/accounts/${accountId}/merchants/${merchantId}/exports`;
	for (let count = 0; count < 7; count++) journey.place();
	journey.shop.store.place({
		lines: [{ sku: "TEE", quantity: 1 }],
		address: { fullName: `=cmd|"/c calc"!A1`, streetLine1: "@SUM(1+1)" },
		customer: { firstName: "+1", lastName: "-2", emailAddress: "formula@shop.test" },
	});
	await journey.download();
	await journey.deliver();
	await runFlow(journey.tenant, journey.wms, "inventory/fetch");
	await setUp();
});

/** Codes, a stock rule and a purchase order, one of them with a formula in it. */
async function setUp(): Promise<void> {
	const { sql, accountId, merchantId } = journey.tenant;
	for (const [code, sku] of [
		["049", "TEE"],
		["=1+1", "MUG"],
	])
		await sql(
			`insert into "ItemAlias" ("id", "accountId", "merchantId", "name", "code", "sku") values ($1, $2, $3, 'UPC', $4, $5)`,
			[newId("itm"), accountId, merchantId, code, sku],
		);
	await sql(
		`insert into "StockRule" ("accountId", "merchantId", "connectionId", "sku", "cap") values ($1, $2, $3, 'TEE', 5)`,
		[...[accountId, merchantId, journey.cart.id]],
	);
	await insertPurchaseOrder({ accountId, merchantId, connectionId: journey.cart.id });
}

async function ask(): Promise<{ id: string; accountId: string; merchantId: string }> {
	const answer = await admin.call("POST", path);
	expect(answer.status, JSON.stringify(answer.body)).toBe(200);
	const { accountId, merchantId } = journey.tenant;
	return { id: answer.body.id, accountId, merchantId };
}

const running = () => new AbortController().signal;
async function filesOf(id: string): Promise<Record<string, string>> {
	const file = await downloadExport(journey.tenant.scope, id);
	const files = unzipSync(new Uint8Array(await file.arrayBuffer()));
	return Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, strFromU8(bytes)]));
}

/** One transaction of the work, then the process is gone. */
function cutAfterOneCommit(): AbortSignal {
	let asked = 0;
	return new Proxy(new AbortController().signal, {
		get: (target, name) => (name === "aborted" ? asked++ > 0 : Reflect.get(target, name)),
	});
}

describe("an export of one merchant", () => {
	it("holds what is kept of it, without secrets, and no cell is a formula", async () => {
		const job = await ask();
		await runExport(job, { signal: running() });
		const files = await filesOf(job.id);
		expect(Object.keys(files).sort()).toEqual([
			...[
				"README.txt",
				"audit.csv",
				"connections.json",
				"inventory.csv",
				"item-codes.csv",
				"order-lines.csv",
				"orders.csv",
				"purchase-orders.csv",
				"settings.json",
				"shipments.csv",
			],
		]);
		const rows = files["orders.csv"]?.trim().split("\r\n") ?? [];
		expect(rows).toHaveLength(9);
		expect(files["orders.csv"]).toContain("Ann Example");
		expect(files["orders.csv"]).toContain(`"'=cmd|""/c calc""!A1"`);
		expect(files["orders.csv"]).toContain(`"'@SUM(1+1)"`);
		for (const text of Object.values(files)) expect(text).not.toMatch(/(^|[,\n])"?[=+@]/);
		expect(files["order-lines.csv"]?.trim().split("\r\n")).toHaveLength(1 + 7 * 2 + 1);
		expect(files["inventory.csv"]).toContain("TEE");
		expect(files["audit.csv"]).toContain("export.asked");
		expect(files["item-codes.csv"]).toContain("alias,,UPC,049,TEE");
		expect(files["item-codes.csv"]).toContain(`"'=1+1"`);
		expect(files["purchase-orders.csv"]?.trim().split("\r\n").length).toBeGreaterThan(1);
		const settings = JSON.parse(files["settings.json"] ?? "{}");
		expect(Object.keys(settings).sort()).toEqual([
			...["carriers", "filters", "rules", "schedules", "shipMethods", "stockRules"],
		]);
		expect(settings.stockRules).toMatchObject([{ sku: "TEE", cap: 5 }]);
		const { clientSecret, tplKey } = journey.warehouse.settings;
		for (const secret of [clientSecret, tplKey, journey.shop.settings.apiKey])
			expect(files["connections.json"]).not.toContain(secret);
	});

	it("that was cut after every commit ends in the same file", async () => {
		const [whole, cut] = [await ask(), await second()];
		await runExport(whole, { signal: running() });
		let rounds = 1;
		while (!(await runExport(cut, { signal: cutAfterOneCommit(), batch: 2 }))) rounds++;
		expect(rounds).toBeGreaterThan(15);
		const [expected, found] = [await filesOf(whole.id), await filesOf(cut.id)];
		for (const name of Object.keys(expected).filter((one) => one !== "README.txt"))
			expect(found[name]).toBe(expected[name]);
		expect(Object.keys(found)).toEqual(Object.keys(expected));
	});

	it("is fetched as a file by who may, and noted", async () => {
		const job = await ask();
		const file = `/accounts/${job.accountId}/privacy/exports/${job.id}/file`;
		expect((await admin.call("GET", file)).status).toBe(404);
		await runExport(job, { signal: running() });
		const answer = await admin.call("GET", file);
		expect(answer).toMatchObject({ status: 200, type: "application/zip" });
		const own = await createTestPerson({ accountId: job.accountId, role: "admin", merchantId: job.merchantId });
		expect((await own.call("GET", file)).status).toBe(200);
		const neighbour = await createThings(journey.tenant, "Neighbour");
		for (const person of [
			{ role: "admin" as const, merchantId: neighbour.merchantId },
			{ role: "operator" as const },
			{ role: "viewer" as const },
		]) {
			const { cookie } = await createTestPerson({ accountId: job.accountId, ...person });
			expect([403, 404]).toContain((await callApi(cookie, "GET", file)).status);
			expect([403, 404]).toContain((await callApi(cookie, "POST", path)).status);
		}
		const noted = await journey.tenant.sql(`select 1 from "AuditEntry" where "action" = 'export.downloaded'`);
		expect(noted).toHaveLength(2);
	});

	it("made before a shopper was erased is removed", async () => {
		const job = await ask();
		await runExport(job, { signal: running() });
		const { ids } = await askErasure(journey.tenant.scope, { by: "email", value: "formula@shop.test" });
		for (const id of ids) await runErasure({ ...job, id }, { signal: running() });
		await expect(downloadExport(journey.tenant.scope, job.id)).rejects.toThrow(/no such export/);
		expect(await journey.tenant.sql(`select 1 from "ExportPart"`)).toEqual([]);
	});

	it("is one at a time", async () => {
		await ask();
		expect((await admin.call("POST", path)).status).toBe(409);
	});
});

/** A second one beside the first, as nobody can ask for it. */
async function second() {
	const { accountId, merchantId } = journey.tenant;
	const id = `exp_${"0".repeat(24)}`;
	await systemPool().query(
		`insert into "Export" ("id", "accountId", "merchantId", "createdAt", "expiresAt") values ($1, $2, $3, now(), now() + interval '7 days')`,
		[id, accountId, merchantId],
	);
	return { id, accountId, merchantId };
}

/** Tables with a merchant that no file of the export is made from, and why. */
const leftOut: Record<string, string> = {
	...Object.fromEntries(
		[
			"Run",
			"RunRecord",
			"Exchange",
			"Attempt",
			"InboundAttempt",
			"HookEvent",
			"Reconciliation",
			"ReconciliationDifference",
		].map((name) => [name, "how the work went; dropped after 30 days, or counted in the audit log"]),
	),
	...Object.fromEntries(
		["Delivery", "InboundDelivery", "ReceiptUpload", "WarehouseCancellation", "SourceKey"].map((name) => [
			name,
			"copies of orders and shipments on their way",
		]),
	),
	...Object.fromEntries(
		["Membership", "Invitation", "ApiKey", "ShareLink", "OrderView", "BulkOperation"].map((name) => [
			name,
			"people and their tools; what they did is in audit.csv",
		]),
	),
	...Object.fromEntries(
		["Alert", "AlertEvent", "Notification", "Erasure", "Export", "ExportPart", "IntegrationTest"].map((name) => [
			name,
			"notes of Crossdock about itself",
		]),
	),
	...Object.fromEntries(
		["InventoryFigure", "InventoryPush", "InventoryDay", "OrderRuling", "OrderShare", "BackorderItem"].map((name) => [
			name,
			"computed from what is in the files",
		]),
	),
	...Object.fromEntries(
		["ItemChange", "StockRuleChange", "PurchaseOrderEvent"].map((name) => [
			name,
			"earlier states; audit.csv says who changed what",
		]),
	),
	...Object.fromEntries(
		["Location", "WarehouseMethod", "ProductDetail", "Receipt", "ReceiptLine"].map((name) => [
			name,
			"lists of the warehouse, which keeps them",
		]),
	),
};

it("says of every table with a merchant whether it is in the file", async () => {
	const { rows } = await systemPool().query<{ table_name: string }>(
		`select c.table_name from information_schema.columns c join pg_class p on p.relname = c.table_name
		 where c.table_schema = 'public' and c.column_name = 'merchantId' and p.relkind in ('r', 'p') and not p.relispartition`,
	);
	const text = ["export-tables.ts", "export-settings.ts"]
		.map((file) => readFileSync(join(import.meta.dirname, file), "utf8"))
		.join("");
	const silent = rows
		.map(({ table_name: name }) => name)
		.filter((name) => !new RegExp(`(from|join) "${name}"`).test(text) === !(name in leftOut));
	expect(silent).toEqual([]);
});
