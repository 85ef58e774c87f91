import { beforeAll, describe, expect, it } from "vitest";
import { testDatabase } from "@/lib/testing/database";
import { createTestPerson, type TestPerson } from "@/lib/testing/people";
import { createTestConnection, createTestTenant, type TestTenant } from "@/lib/testing/tenant";

testDatabase();

let tenant: TestTenant;
let person: TestPerson;
const long = "Z".repeat(500);
const skus = [
	"A/1",
	"a%b",
	"B_2",
	...Array.from({ length: 60 }, (_, index) => `SKU-${String(index).padStart(3, "0")}`),
	long,
];

beforeAll(async () => {
	tenant = await createTestTenant();
	person = await createTestPerson({ accountId: tenant.accountId, role: "viewer" });
	const wms = await createTestConnection(tenant, {
		connectorKey: "extensiv-3pl",
		side: "destination",
		settings: {},
		secret: [],
	});
	// Warehouses that never run out say so with a very large number, at each of their places.
	await tenant.sql(
		`insert into "InventoryLevel" ("accountId", "merchantId", "connectionId", "location", "sku", "available", "availableStated", "onHand",
		   "locked", "incoming", "takenAt")
		 select $1, $2, $3, place, sku, 999999999, true, 999999999, 0, 0, now() from unnest($4::text[]) sku, unnest(array['1', '2', '3']) place`,
		[tenant.accountId, tenant.merchantId, wms.id, skus],
	);
});

const call = (path: string) => person.call("GET", `/accounts/${tenant.accountId}/${path}`);

describe("the list of stock", () => {
	it("goes through every SKU by pages without gap or double, whatever it is called", async () => {
		const seen: string[] = [];
		let after: string | null = null;
		do {
			const answer: Awaited<ReturnType<typeof call>> = await call(
				`inventory?${new URLSearchParams({ limit: "7", ...(after !== null && { after }) })}`,
			);
			expect(answer.status, JSON.stringify(answer.body)).toBe(200);
			seen.push(...answer.body.items.map(({ sku }: { sku: string }) => sku));
			after = answer.body.next;
		} while (after !== null);
		expect(seen.toSorted()).toEqual(skus.toSorted());
	});

	it("adds up places, however much they say they have", async () => {
		const { items } = (await call("inventory?search=SKU-00&limit=1")).body;
		expect(items).toEqual([expect.objectContaining({ sku: "SKU-000", available: 2_999_999_997 })]);
	});

	it("is searched by how a SKU begins, literally and in any case", async () => {
		const found = async (search: string) =>
			(await call(`inventory?${new URLSearchParams({ search })}`)).body.items.map(({ sku }: { sku: string }) => sku);
		expect(await found("sku-05")).toHaveLength(10);
		expect([await found("a%"), await found("b_"), await found("%"), await found("B1")]).toEqual([
			["a%b"],
			["B_2"],
			[],
			[],
		]);
	});

	it("explains every one of them", async () => {
		for (const sku of ["A/1", "a%b", long]) {
			const answer = await call(`merchants/${tenant.merchantId}/inventory?${new URLSearchParams({ sku })}`);
			expect(answer.status).toBe(200);
			expect(answer.body.levels).toHaveLength(3);
		}
		expect((await call(`merchants/${tenant.merchantId}/inventory?sku=NONE`)).status).toBe(404);
	});
});
