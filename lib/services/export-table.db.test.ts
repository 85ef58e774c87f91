import { beforeAll, describe, expect, it } from "vitest";
import { handleApi } from "@/lib/api/serve/handle";
import { newId } from "@/lib/db/ids";
import { jobScope } from "@/lib/db/scope";
import { testDatabase } from "@/lib/testing/database";
import { allEndpoints } from "@/lib/testing/endpoints";
import { createTestPerson, type TestPerson } from "@/lib/testing/people";
import { addressOf } from "@/lib/testing/requests";
import { createTestTenant, type TestTenant } from "@/lib/testing/tenant";
import { createThings, type Things } from "@/lib/testing/things";
import { exportRowsAtOnce, exportTable } from "./export-table";

testDatabase();

/** Over two pages, and the last one is not full. */
const many = 2 * exportRowsAtOnce + 37;
let tenant: TestTenant;
let owner: TestPerson;
let blue: Things;
let red: Things;

beforeAll(async () => {
	tenant = await createTestTenant("Blue Kettle");
	blue = await createThings(tenant);
	red = await createThings(tenant, "Red Pan");
	owner = await createTestPerson({ accountId: tenant.accountId, role: "owner" });
	await insertOrders(blue, many);
	await tenant.staffSql(`update "Order" set "shipToName" = '=HYPERLINK("http://x")' where "number" = 'B-7'`);
});

/** B-1 to B-n of one merchant; every tenth is at the warehouse. */
async function insertOrders({ merchantId, connectionId }: Things, count: number): Promise<void> {
	await tenant.staffSql(
		`insert into "Order" ("id", "accountId", "merchantId", "connectionId", "sourceId", "number", "status", "shipToName", "shipToCountry",
		   "lineCount", "unitCount", "document", "placedAt", "sourceChangedAt", "createdAt", "updatedAt", "totalAmount", "currency")
		 select made."id", $1, $2, $3, 'b-' || made."n", 'B-' || made."n", case when made."n" % 10 = 0 then 'at_wms' else 'new' end, 'Zoë', 'DE',
		   1, 2, '{}', '2026-03-01T10:00:00Z', now(), now(), now(), 12.5, 'EUR'
		 from unnest($4::text[]) with ordinality as made("id", "n")`,
		[tenant.accountId, merchantId, connectionId, Array.from({ length: count }, () => newId("ord")).sort()],
	);
}

/** Two packages of one shipment of the order B-10. */
async function ship({ merchantId, connectionId }: Things): Promise<void> {
	const [delivery, shipment, { accountId }] = [newId("dlv"), newId("shp"), tenant];
	const [order] = await tenant.staffSql<{ id: string }>(`select "id" from "Order" where "number" = 'B-10'`);
	await tenant.staffSql(
		`insert into "Delivery" ("id", "accountId", "merchantId", "orderId", "connectionId", "key", "state", "attempts",
		   "document", "steps", "createdAt") values ($1, $2, $3, $4, $5, 'B-10', 'accepted', 1, '{}', '[]', now())`,
		[delivery, accountId, merchantId, order?.id, connectionId],
	);
	await tenant.staffSql(
		`insert into "Shipment" ("id", "accountId", "merchantId", "orderId", "deliveryId", "connectionId", "externalId", "carrier", "service",
		   "document", "shippedAt", "createdAt") values ($1, $2, $3, $4, $5, $6, 's1', 'UPS', 'Ground', '{}', '2026-03-02T10:00:00Z', now())`,
		[shipment, accountId, merchantId, order?.id, delivery, connectionId],
	);
	for (const position of [0, 1])
		await tenant.staffSql(
			`insert into "ShipmentPackage" ("accountId", "shipmentId", "position", "externalId", "trackingNumber") values ($1, $2, $3, $4, $5)`,
			[accountId, shipment, position, `p${position}`, `1Z${position}`],
		);
}

/** The rows of a file, and its headings before them. */
async function rowsOf(path: string, person = owner): Promise<string[][]> {
	const { status, body, type } = await person.call("GET", `/accounts/${tenant.accountId}/${path}`);
	expect(status, JSON.stringify(body)).toBe(200);
	expect(type).toBe("text/csv; charset=utf-8");
	return String(body)
		.trimEnd()
		.split("\r\n")
		.map((line) => line.split(","));
}
const first = (rows: string[][]) => rows.slice(1).map(([cell]) => cell);

describe("a list as a file", () => {
	it("holds every row of more than two pages once, in the order of the list", async () => {
		const rows = await rowsOf("orders/export?search=B-&columns=number");
		expect(rows[0]).toEqual(["Order"]);
		expect(first(rows)).toEqual(Array.from({ length: many }, (_, index) => `B-${many - index}`));
	});

	it("is read page by page, and no faster than it is taken", async () => {
		const asked: (string | undefined)[] = [];
		const page = async ({ after, limit }: { after: string | undefined; limit: number }) => {
			asked.push(after);
			const from = Number(after ?? 0);
			return { items: Array.from({ length: limit }, (_, index) => from + index), next: String(from + limit) };
		};
		const scope = { ...jobScope(tenant.accountId, tenant.merchantId, "test"), merchantId: tenant.merchantId };
		const file = await exportTable(scope, { table: "endless", filter: {}, page, columns: [["n", (n: number) => n]] });
		const reader = file.body.getReader();
		await reader.read();
		await new Promise((resolve) => setImmediate(resolve));
		// One is in the reader's hands, and at most one waits for it.
		expect(asked.length).toBeLessThanOrEqual(3);
		await reader.cancel();
		const { length } = asked;
		await new Promise((resolve) => setImmediate(resolve));
		expect(asked).toHaveLength(length);
	});

	it("breaks off for whoever reads it, when a page cannot be read", async () => {
		const page = async ({ after }: { after: string | undefined }) => {
			if (after) throw new Error("the database went away");
			return { items: [1], next: "1" };
		};
		const scope = { ...jobScope(tenant.accountId, tenant.merchantId, "test"), merchantId: tenant.merchantId };
		const file = await exportTable(scope, { table: "broken", filter: {}, page, columns: [["n", (n: number) => n]] });
		await expect(new Response(file.body).text()).rejects.toThrow("the database went away");
	});

	it("is narrowed as its list is", async () => {
		expect(await rowsOf("orders/export?state=at_wms")).toHaveLength(1 + Math.floor(many / 10));
		expect(first(await rowsOf(`orders/export?merchantId=${red.merchantId}`))).toEqual(["1001"]);
		expect(first(await rowsOf("orders/export?search=B-77&state=new"))).not.toContain("B-770");
		expect(await rowsOf("orders/export?state=canceled"), "an empty list is its headings").toHaveLength(1);
		expect(await rowsOf("alerts/export?show=resolved")).toHaveLength(1);
		expect(await rowsOf("runs/export?state=done")).toHaveLength(1);
		expect(await rowsOf("runs/export?state=running")).toHaveLength(3);
	});

	it("has the columns that the list shows, under its headings, and moments with their zone", async () => {
		const [headings, row] = await rowsOf("orders/export?search=B-1037&columns=total,placed,status,to");
		expect(headings).toEqual(["Order", "State", "Ship to", "Country", "Total", "Currency", "Placed"]);
		expect(row).toEqual(["B-1037", "New", "Zoë", "DE", "12.50", "EUR", "2026-03-01T10:00:00.000Z"]);
		const wrong = await owner.call("GET", `/accounts/${tenant.accountId}/orders/export?columns=number,secret`);
		expect(wrong).toMatchObject({ status: 422, body: { code: "bad-input" } });
	});

	it("has no cell that a spreadsheet would calculate", async () => {
		const { body } = await owner.call("GET", `/accounts/${tenant.accountId}/orders/export?search=B-7&columns=to`);
		expect(body).toContain(`B-7,"'=HYPERLINK(""http://x"")",DE`);
	});

	it("says in its name what it is and when it was made, and begins so that a spreadsheet reads it as UTF-8", async () => {
		const answer = await handleApi(
			new Request(`http://127.0.0.1:3000/api/v1/accounts/${tenant.accountId}/orders/export?search=1001`, {
				headers: { cookie: owner.cookie },
			}),
		);
		expect(answer.headers.get("content-disposition")).toMatch(
			/^attachment; filename="orders-\d{4}-\d\d-\d\d-\d{4}Z\.csv"$/,
		);
		expect([...new Uint8Array(await answer.arrayBuffer()).slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
	});

	it("of shipments holds what left of the orders that the list shows", async () => {
		await ship(blue);
		const rows = await rowsOf("shipments/export?search=B-");
		expect(rows).toHaveLength(2);
		expect(rows[0]?.slice(0, 7)).toEqual([
			...["Order", "Merchant", "Warehouse", "Id at the warehouse"],
			...["Carrier", "Service", "Tracking"],
		]);
		expect(rows[1]).toEqual([
			...["B-10", "Blue Kettle", "Shop", "s1", "UPS", "Ground", "1Z0 1Z1"],
			...["", "2026-03-02T10:00:00.000Z", "no"],
		]);
		expect(await rowsOf("shipments/export?search=B-11"), "of these orders nothing left").toHaveLength(1);
		expect(await rowsOf(`shipments/export?merchantId=${red.merchantId}`)).toHaveLength(1);
	});
});

describe("whose rows a file holds", () => {
	it("only the merchant's, for the people of one merchant", async () => {
		const person = await createTestPerson({
			accountId: tenant.accountId,
			role: "viewer",
			merchantId: red.merchantId,
		});
		expect(first(await rowsOf("orders/export", person))).toEqual(["1001"]);
		expect(first(await rowsOf(`orders/export?merchantId=${blue.merchantId}`, person))).toEqual(["1001"]);
		expect(first(await rowsOf("merchants/export", person))).toEqual(["Red Pan"]);
		expect((await rowsOf("inventory/export", person)).slice(1).map((row) => row[2])).toEqual(["Red Pan"]);
		expect((await rowsOf("alerts/export", person)).slice(1).map((row) => row[3])).toEqual(["Red Pan"]);
		const connections = (await rowsOf("connections/export", person)).slice(1);
		expect([...new Set(connections.map((row) => row[3]))]).toEqual(["Red Pan"]);
		expect((await rowsOf("runs/export", person)).slice(1).map((row) => row[3])).toEqual(["Red Pan"]);
	});

	it("only those of chosen merchants, for their staff", async () => {
		const person = await createTestPerson({
			accountId: tenant.accountId,
			role: "operator",
			chosenMerchantIds: [red.merchantId],
		});
		expect(first(await rowsOf("orders/export", person))).toEqual(["1001"]);
		expect(first(await rowsOf("merchants/export", person))).toEqual(["Red Pan"]);
		const foreign = await person.call("GET", `/accounts/${tenant.accountId}/runs/${blue.runId}/records/export`);
		expect(foreign.status).toBe(404);
	});

	it.each([
		["people/export", "viewer"],
		["audit/export", "operator"],
	] as const)("%s is not for a %s, as its list is not", async (path, role) => {
		const person = await createTestPerson({ accountId: tenant.accountId, role });
		expect((await person.call("GET", `/accounts/${tenant.accountId}/${path}`)).status).toBe(403);
	});
});

describe("every list that can be exported", () => {
	const exports = allEndpoints.filter(({ method, path }) => method === "GET" && path.endsWith("/export"));

	it("is known by its address", () => {
		expect(exports.length).toBeGreaterThanOrEqual(11);
	});

	it.each(exports)("$name gives a file, and is noted with its filter", async (endpoint) => {
		const path = addressOf(endpoint, tenant.accountId, blue);
		const answer = await owner.call("GET", path);
		expect(answer.status, JSON.stringify(answer.body)).toBe(200);
		expect(String(answer.body)).toMatch(/^[A-Z][^\r\n]*\r\n/);
		const [entry] = await tenant.staffSql<{ actorId: string; subjectType: string; after: object }>(
			`select "actorId", "subjectType", "after" from "AuditEntry" where "action" = 'table.exported' order by "id" desc limit 1`,
		);
		expect(entry).toMatchObject({ actorId: owner.userId, subjectType: "table" });
	});

	it("is noted with what it was narrowed to, and not at all when it was refused", async () => {
		await rowsOf("orders/export?state=held&days=7&columns=number");
		const noted = () =>
			tenant.staffSql<{ subjectId: string; after: object }>(
				`select "subjectId", "after" from "AuditEntry" where "action" = 'table.exported' order by "id" desc`,
			);
		const before = await noted();
		expect(before[0]).toEqual({
			subjectId: "orders",
			after: { name: "orders", state: "held", days: 7, columns: "Order" },
		});
		await owner.call("GET", `/accounts/${tenant.accountId}/runs/${newId("run")}/records/export`);
		expect(await noted()).toHaveLength(before.length);
	});
});
