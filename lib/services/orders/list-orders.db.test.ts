import { beforeAll, describe, expect, it } from "vitest";
import { newId } from "@/lib/db/ids";
import { insertMerchant } from "@/lib/db/insert-account";
import { systemTransaction } from "@/lib/db/system";
import { testDatabase } from "@/lib/testing/database";
import { createTestPerson, type TestPerson } from "@/lib/testing/people";
import { createTestConnection, createTestTenant, type TestTenant } from "@/lib/testing/tenant";

testDatabase();

const count = 130;
let tenant: TestTenant;
let staff: TestPerson;
let shops: string[];
let ids: string[];

/** 130 orders over two shops; every tenth is at the warehouse, and a few are marked. */
beforeAll(async () => {
	tenant = await createTestTenant();
	staff = await createTestPerson({ accountId: tenant.accountId, role: "viewer" });
	shops = [];
	for (const name of ["One", "Two"]) {
		const settings = { apiUrl: "http://127.0.0.1:9/admin-api" };
		shops.push(
			(await createTestConnection(tenant, { connectorKey: "vendure", side: "source", name, settings, secret: [] })).id,
		);
	}
	// Minted in one go, many share a millisecond: the order of ids is the order of the list all the same.
	ids = Array.from({ length: count }, () => newId("ord")).sort();
	for (const [index, id] of ids.entries()) await insertOrder(id, index);
	await tenant.sql(`update "Order" set "heldAt" = now() where "id" = any($1)`, [[ids[3], ids[10]]]);
	await tenant.sql(`update "Order" set "sendingCanceled" = true where "id" = $1`, [ids[5]]);
	await tenant.sql(`update "Order" set "createdAt" = now() - interval '9 days' where "id" = any($1)`, [
		ids.slice(0, 7),
	]);
	await deliver(ids[10] ?? "");
});

function insertOrder(id: string, index: number): Promise<unknown> {
	return tenant.sql(
		`insert into "Order" ("id", "accountId", "merchantId", "connectionId", "sourceId", "number", "status", "shipToName", "shipToCountry",
		   "lineCount", "unitCount", "document", "placedAt", "sourceChangedAt", "createdAt", "updatedAt", "totalAmount", "currency")
		 values ($1, $2, $3, $4, $5, $6, $7, 'Ann', 'US', 1, 1, '{}', now(), now(), now(), now(), 12.5, 'USD')`,
		[
			id,
			tenant.accountId,
			tenant.merchantId,
			shops[index % 2],
			`shop-${index}`,
			`AB${String(1000 + index)}`,
			index % 10 === 0 ? "at_wms" : "new",
		],
	);
}

async function deliver(orderId: string): Promise<void> {
	const { accountId, merchantId } = tenant;
	const delivery = newId("dlv");
	const shipment = newId("shp");
	await tenant.sql(
		`insert into "Delivery" ("id", "accountId", "merchantId", "orderId", "connectionId", "key", "state", "attempts", "externalId",
		   "externalNumber", "document", "steps", "createdAt") values ($1, $2, $3, $4, $5, 'AB1010-2', 'accepted', 1, '8804', 'WH-77', '{}', '[]', now())`,
		[delivery, accountId, merchantId, orderId, shops[0]],
	);
	await tenant.sql(
		`insert into "Shipment" ("id", "accountId", "merchantId", "orderId", "deliveryId", "connectionId", "externalId", "carrier", "service",
		   "document", "shippedAt", "createdAt") values ($1, $2, $3, $4, $5, $6, 's1', 'UPS', 'ground', '{}', now(), now())`,
		[shipment, accountId, merchantId, orderId, delivery, shops[0]],
	);
	await tenant.sql(
		`insert into "ShipmentPackage" ("accountId", "shipmentId", "position", "externalId", "trackingNumber") values ($1, $2, 0, 'p1', '1Z999')`,
		[accountId, shipment],
	);
}

async function list(query: Record<string, string | number> = {}, person = staff) {
	const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
	const answer = await person.call("GET", `/accounts/${tenant.accountId}/orders?${search}`);
	expect(answer.status, JSON.stringify(answer.body)).toBe(200);
	return answer.body as { items: { id: string; number: string }[]; next: string | null };
}
const numbers = async (query: Record<string, string | number>) => (await list(query)).items.map(({ number }) => number);
const at = (...indexes: number[]) => indexes.map((index) => `AB${1000 + index}`);

describe("the list of orders", () => {
	it("can be narrowed to a tag of the cart or of a rule, whatever its case, and shows each tag once", async () => {
		const tagged = (index: number, given: string[], ruled: string[]) =>
			tenant.sql(
				`update "Order" set "document" = jsonb_build_object('tags', $2::text[]), "ruleTags" = $3 where "id" = $1`,
				[ids[index], given, ruled],
			);
		await tagged(20, ["VIP", "Größe L", " vip "], ["Fragile"]);
		await tagged(21, ['a,b "c" {d} \\', "NULL"], []);
		await tagged(22, [], ["vip"]);
		expect(await numbers({ tag: "vip" })).toEqual(at(22, 20));
		expect(await numbers({ tag: "GRÖSSE L" }), "another word").toEqual([]);
		expect(await numbers({ tag: "größe l" })).toEqual(at(20));
		expect(await numbers({ tag: "fragile", state: "at_wms" })).toEqual(at(20));
		expect(await numbers({ tag: "vi" })).toEqual([]);
		for (const tag of ['a,b "c" {d} \\', "null"]) expect(await numbers({ tag })).toEqual(at(21));
		const { items } = (await list({ tag: "VIP" })) as unknown as { items: { tags: string[] }[] };
		expect(items.map(({ tags }) => tags)).toEqual([["vip"], ["VIP", "Größe L", "Fragile"]]);
		const known = await staff.call("GET", `/accounts/${tenant.accountId}/order-tags`);
		expect(known.body).toEqual({ items: ['a,b "c" {d} \\', "Fragile", "Größe L", "NULL", "vip"] });
		const file = await staff.call("GET", `/accounts/${tenant.accountId}/orders/export?tag=vip&columns=number,tags`);
		expect(String(file.body)).toContain('AB1020,"VIP, Größe L, Fragile"');
		await tagged(20, [], []);
		expect(await numbers({ tag: "vip" })).toEqual(at(22));
	});

	it.each([50, 13, 130, 200])("goes through all of them by pages of %i without gap or double", async (limit) => {
		const seen: string[] = [];
		let after: string | null = null;
		do {
			const page: Awaited<ReturnType<typeof list>> = await list({ limit, ...(after && { after }) });
			seen.push(...page.items.map(({ id }) => id));
			after = page.next;
		} while (after);
		expect(seen).toEqual(ids.toReversed());
	});

	it("is not shifted by orders that arrive while somebody turns pages", async () => {
		const first = await list({ limit: 60 });
		const late = newId("ord");
		await insertOrder(late, 500);
		const second = await list({ limit: 200, after: first.next ?? "" });
		await tenant.sql(`delete from "Order" where "id" = $1`, [late]);
		expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(ids.toReversed());
	});

	it("shows each order in the words of the contract", async () => {
		const { items } = await list({ search: "AB1010" });
		expect(items).toEqual([
			expect.objectContaining({
				number: "AB1010",
				status: "at_wms",
				source: { id: shops[0], name: "One" },
				total: { amount: "12.50", currency: "USD" },
			}),
		]);
	});

	it("is narrowed by state, flag, shop, merchant and age", async () => {
		expect(await numbers({ state: "at_wms", limit: 200 })).toEqual(
			at(...Array.from({ length: 13 }, (_, index) => (12 - index) * 10)),
		);
		expect((await list({ state: "new", limit: 200 })).items).toHaveLength(117);
		expect(await numbers({ state: "canceled" })).toEqual([]);
		// A flag counts only while the order is here: the one at the warehouse was held once.
		expect(await numbers({ state: "held" })).toEqual(at(3));
		expect(await numbers({ state: "sending_canceled" })).toEqual(at(5));
		expect((await list({ connectionId: shops[1] ?? "", limit: 200 })).items).toHaveLength(65);
		expect((await list({ merchantId: tenant.merchantId, limit: 200 })).items).toHaveLength(count);
		expect((await list({ merchantId: newId("mer") })).items).toEqual([]);
		expect((await list({ days: 7, limit: 200 })).items).toHaveLength(count - 7);
		expect((await list({ days: 7, limit: 200, state: "at_wms", connectionId: shops[0] ?? "" })).items).toHaveLength(12);
	});

	it("is searched by the beginning of a number, whole codes of others, and nothing else", async () => {
		expect(await numbers({ search: "AB112" })).toEqual(at(129, 128, 127, 126, 125, 124, 123, 122, 121, 120));
		expect(await numbers({ search: "ab1129" })).toEqual(at(129));
		expect(await numbers({ search: "  AB1129 " })).toEqual(at(129));
		for (const search of ["WH-77", "8804", "1Z999", "AB1010-2", "shop-10"])
			expect(await numbers({ search }), search).toEqual(at(10));
		expect(await numbers({ search: "B1129" })).toEqual([]);
		for (const search of ["%", "_", "AB_129", "' or 1=1 --", "\\", "1Z99"])
			expect(await numbers({ search }), search).toEqual([]);
		expect(await numbers({ search: "AB112", state: "at_wms" })).toEqual(at(120));
	});

	it("shows a merchant's people their own merchant only, whatever they ask for", async () => {
		const { accountId, merchantId } = tenant;
		const other = await systemTransaction((tx) => insertMerchant(tx, accountId, "Red Lamp"));
		const own = await createTestPerson({ accountId, role: "viewer", merchantId });
		const stranger = await createTestPerson({ accountId, role: "owner", merchantId: other });
		expect((await list({ limit: 200, merchantId: other }, own)).items).toHaveLength(count);
		expect((await list({ limit: 200, merchantId }, stranger)).items).toEqual([]);
		expect((await list({ search: "AB1129" }, stranger)).items).toEqual([]);
	});
});

describe("the palette", () => {
	it("finds orders and connections by what people type", async () => {
		const find = async (query: string) =>
			(await staff.call("GET", `/accounts/${tenant.accountId}/find?${new URLSearchParams({ query })}`)).body.items;
		expect(await find("1Z999")).toEqual([expect.objectContaining({ title: "AB1010", path: `orders/${ids[10]}` })]);
		expect((await find("AB")).length).toBe(6);
		expect(await find("tw")).toEqual([expect.objectContaining({ title: "Two", path: `connections/${shops[1]}` })]);
	});
});
