import { beforeEach, describe, expect, it } from "vitest";
import { systemPool } from "@/lib/db/pools";
import { testDatabase } from "@/lib/testing/database";
import { testJourney } from "@/lib/testing/journey";
import { createTestPerson, type TestPerson } from "@/lib/testing/people";
import { waitingJobs } from "@/lib/testing/queue";
import { createTestConnection, runFlow } from "@/lib/testing/tenant";

const database = testDatabase();
const journey = testJourney();
let person: TestPerson;
let first: string;
let second: string;

beforeEach(async () => {
	const { tenant, shop, warehouse, wms, cart } = journey;
	person = await createTestPerson({ accountId: tenant.accountId, role: "operator" });
	const more = { connectorKey: "vendure", side: "source" as const, name: "Second", secret: ["apiKey"] };
	first = cart.id;
	second = (await createTestConnection(tenant, { ...more, settings: shop.settings })).id;
	warehouse.store.setStock("TEE", 2, 10);
	warehouse.store.setStock("MUG", 2, 3);
	await runFlow(tenant, wms, "inventory/fetch");
});

const path = (rest = "") =>
	`/accounts/${journey.tenant.accountId}/merchants/${journey.tenant.merchantId}/stock-rules${rest}`;
const read = async () => (await person.call("GET", path())).body;
const save = (rows: object[], remove: object[] = []) => person.call("POST", path(), { rows, remove });
const preview = async (rows: object[]) => (await person.call("POST", path("/preview"), { rows })).body;
const share = (connectionId: string, percent: number | null) => ({ kind: "cart", connectionId, share: percent });
const ofTee = (more: object, connectionId = first) => ({ kind: "sku", connectionId, sku: "TEE", ...more });
const cartsOf = (body: Awaited<ReturnType<typeof read>>) =>
	body.carts.map(({ rule }: { rule: { share: number | null } }) => rule.share);

describe("stock rules", () => {
	it("begin with nothing: every cart is told all there is", async () => {
		const body = await read();
		expect(body.carts).toMatchObject([
			{ rule: { locations: [], safetyStock: 0, share: null, cap: null, priority: 1, minimum: 0 }, skuRules: 0 },
			{ cart: { name: "Second" }, basis: "available" },
		]);
		expect(body.places.map(({ name }: { name: string }) => name)).toContain("East");
		expect(body.latest).toBeNull();
	});

	it("say before they are saved how many figures change, cart by cart", async () => {
		const found = await preview([share(first, 60), share(second, 40)]);
		expect(found.changes.map(({ skus }: { skus: number }) => skus)).toEqual([2, 2]);
		expect((await preview([ofTee({ cap: 4 })])).changes).toMatchObject([{ cart: { id: first }, skus: 1 }]);
		expect((await preview([ofTee({ cap: 40 })])).changes).toEqual([]);
		expect(cartsOf(await read()), "nothing was saved").toEqual([null, null]);
	});

	it("once saved start the upload of every cart, and are taken back as they were", async () => {
		const saved = await save([share(first, 60), share(second, 40), ofTee({ safetyStock: 2 })]);
		expect(saved.body).toMatchObject({ saved: 3 });
		const queued = await waitingJobs(database.url());
		expect(queued).toContain(`inventory/upload:${journey.cart.flows["inventory/upload"]}`);
		const body = await read();
		expect([cartsOf(body), body.carts[0].skuRules, body.latest.rows]).toEqual([[60, 40], 1, 3]);
		await runFlow(journey.tenant, journey.cart, "inventory/upload");
		expect(await journey.tenant.sql(`select "quantity" from "InventoryFigure" where "sku" = 'TEE'`)).toEqual([
			{ quantity: 5 },
		]);
		const undone = await person.call("POST", path(`/changes/${saved.body.changeId}/undo`));
		expect(undone.status).toBe(200);
		expect([cartsOf(await read()), (await read()).carts[0].skuRules]).toEqual([[null, null], 0]);
		expect((await person.call("POST", path(`/changes/${saved.body.changeId}/undo`))).status).toBe(404);
	});

	it("are not taken back over somebody's later change", async () => {
		const { body } = await save([share(first, 60)]);
		await save([share(first, 50)]);
		expect((await person.call("POST", path(`/changes/${body.changeId}/undo`))).status).toBe(409);
		expect(cartsOf(await read())).toEqual([50, null]);
	});

	it("refuse shares of more than 100 % together, and name them", async () => {
		await save([share(first, 60)]);
		const answer = await save([share(second, 50)]);
		expect(answer.status).toBe(422);
		expect(answer.body.detail).toContain("The shares add up to 110 %: vendure 60 %, Second 50 %.");
		expect((await save([share(first, 50), share(second, 50)])).status).toBe(200);
	});

	it("refuse what cannot be: a foreign cart, a strange location, a SKU without a rule", async () => {
		const sentences = async (rows: object[]) =>
			(await preview(rows)).effects.map((one: { sentence: string }) => one.sentence);
		expect(await sentences([share(journey.wms.id, 10)])).toEqual([
			"The cart is not one of this merchant that takes stock.",
		]);
		expect(await sentences([{ kind: "cart", connectionId: first, locations: ["con_x/9"] }])).toEqual([
			'No warehouse of this merchant has the location "con_x/9".',
		]);
		expect(await sentences([ofTee({})])).toEqual(["Type a safety stock or a cap."]);
		expect((await save([share(first, 0)])).status).toBe(422);
	});

	it("keep the minimum where the connection's own settings have it", async () => {
		await save([{ kind: "cart", connectionId: first, minimum: 5 }]);
		expect(
			await journey.tenant.sql(
				`select "options" ->> 'minimumInventoryLevel' as "minimum" from "Connection" where "id" = '${first}'`,
			),
		).toEqual([{ minimum: "5" }]);
		expect((await read()).carts[0].rule.minimum).toBe(5);
	});
});

describe("stock rules of single SKUs in a file", () => {
	const text =
		"SKU,Cart,Safety stock,Cap\r\nTEE,Vendure,2,\r\nMUG,second,,1\r\nMUG,Nowhere,1,\r\nTEE,Vendure,many,\r\nTEE,Second,,\r\n";

	it("are tried, saved without the bad rows, and exported as they are read again", async () => {
		const dry = (await person.call("POST", path("/import"), { text })).body;
		expect(dry.counts).toEqual({ new: 2, change: 0, same: 0, remove: 0, refused: 3 });
		expect(dry.changes.map(({ skus }: { skus: number }) => skus)).toEqual([1, 1]);
		expect(dry.refusedFile).toContain(
			'MUG,Nowhere,1,,"No cart of this merchant that takes stock is called ""Nowhere"".',
		);
		const applied = await person.call("POST", path("/import"), { text, apply: true });
		expect(applied.body).toMatchObject({ saved: 2 });
		const listed = (await person.call("GET", path("/skus?limit=1"))).body;
		expect(listed.items).toMatchObject([{ rule: { sku: "MUG", cap: 1 }, cart: "Second" }]);
		const rest = (await person.call("GET", path(`/skus?${new URLSearchParams({ after: listed.next })}`))).body;
		expect(rest.items).toMatchObject([{ rule: { sku: "TEE", safetyStock: 2 }, cart: "vendure" }]);
		expect((await person.call("GET", path("/skus?search=te"))).body.items).toHaveLength(1);
	});
});

describe("a place whose stock runs over", () => {
	it("is named: one shop that two carts tell of stock", async () => {
		expect((await read()).leaks).toEqual([
			"vendure and Second seem to be the same shop: each tells it another figure, and the later one stands.",
		]);
	});

	it("is named: one warehouse that feeds the carts of two merchants", async () => {
		const { tenant, wms } = journey;
		await systemPool().query(
			`insert into "Merchant" ("id", "accountId", "name") values ('mer_0123456789other', '${tenant.accountId}', 'Other')`,
		);
		await systemPool().query(
			`insert into "Connection" ("id", "accountId", "merchantId", "connectorKey", "side", "name", "values", "state", "checkedAs")
			 select 'con_0123456789other', "accountId", 'mer_0123456789other', "connectorKey", "side", 'Twin', "values", 'active', "checkedAs"
			 from "Connection" where "id" = '${wms.id}'`,
		);
		const { leaks } = await read();
		expect(leaks.some((one: string) => one.includes("Twin of Other seem to be the same warehouse"))).toBe(true);
	});
});
