/** Whom a key of the CartRover API reaches, and what it is told when it may not, or sends nonsense. */
import { beforeEach, describe, expect, it } from "vitest";
import { call, roverClient } from "@/lib/testing/cartrover";
import { testDatabase } from "@/lib/testing/database";
import { createTestConnection, createTestTenant, type TestTenant } from "@/lib/testing/tenant";

testDatabase({ API_REQUESTS_PER_MINUTE: "60" });

let tenant: TestTenant;
let connectionId: string;
beforeEach(async () => {
	tenant = await createTestTenant();
	connectionId = await connectApi(tenant);
});

async function connectApi(of: TestTenant, name = "Program"): Promise<string> {
	const about = { connectorKey: "api", side: "source", settings: {}, secret: [], name } as const;
	return (await createTestConnection(of, { ...about, secret: [] })).id;
}
const levelOf = ({ accountId, merchantId }: TestTenant) => ({ accountId, merchantId });
const ref = () => `T${crypto.randomUUID().slice(0, 8)}`;
const sample = (custRef: string, more: object = {}) => ({
	...{ cust_ref: custRef, ship_company: "Works", ship_address_1: "1 Main St", ship_country: "US" },
	items: [{ item: "TEE", quantity: 1 }],
	...more,
});

describe("a key", () => {
	it("of one merchant never sees, changes or fills the orders of another", async () => {
		const other = await createTestTenant("Other");
		await connectApi(other);
		const mine = await roverClient(levelOf(tenant));
		const theirs = await roverClient(levelOf(other));
		const custRef = ref();
		expect(await mine.post("/cart/orders/cartrover", sample(custRef))).toMatchObject({ success_code: true });
		for (const answer of [
			await theirs.get(`/merchant/orders/${custRef}`),
			await theirs.get(`/cart/orders/status/${custRef}`),
			await theirs.get(`/cart/orders/wms_cancel/${custRef}`),
			await theirs.post("/cart/orders/cancel", { cust_ref: custRef }),
			await theirs.post(`/cart/orders/update/${custRef}`, { order_status: "confirmed" }),
		])
			expect(answer).toMatchObject({
				success_code: false,
				error_code: "Invalid",
				message: "There is no such order here.",
			});
		expect((await theirs.get("/merchant/orders/list/any")).response).toEqual([]);
		// The same cust_ref is another order there.
		expect(await theirs.post("/cart/orders/cartrover", sample(custRef))).toMatchObject({ success_code: true });
		expect((await mine.get("/merchant/orders/list/any")).response).toHaveLength(1);
	});

	it("of an account acts for the merchant it names, and for none of another account", async () => {
		const other = await createTestTenant("Other");
		await connectApi(other);
		const { accountId } = tenant;
		const plain = await roverClient({ accountId });
		expect((await plain.get("/wms/merchant/list")).response).toEqual([
			{ merchant_pk: tenant.merchantId, name: "Blue Kettle" },
		]);
		expect(await plain.get("/merchant/orders/list/any")).toMatchObject({
			success_code: false,
			message: expect.stringContaining("X-Merchant-Pk"),
		});
		const own = await roverClient({ accountId }, { "X-Merchant-Pk": tenant.merchantId });
		expect(await own.post("/cart/orders/cartrover", sample(ref()))).toMatchObject({ success_code: true });
		const foreign = await roverClient({ accountId }, { "X-Merchant-Pk": other.merchantId });
		expect(await foreign.post("/cart/orders/cartrover", sample(ref()))).toMatchObject({ success_code: false });
		const noted = await tenant.staffSql(
			`select 1 from "AuditEntry" where "action" = 'tenancy.refused' and "subjectId" = $1`,
			[other.merchantId],
		);
		expect(noted).toHaveLength(1);
		const bound = await roverClient(levelOf(tenant), { "X-Merchant-Pk": other.merchantId });
		expect(await bound.get("/merchant/orders/list/any")).toMatchObject({ success_code: false });
	});

	it("of one connection fills and sees only that one, and of several the merchant's key must not guess", async () => {
		const second = await connectApi(tenant, "Second");
		const one = await roverClient({ ...levelOf(tenant), connectionId });
		const two = await roverClient({ ...levelOf(tenant), connectionId: second });
		const merchant = await roverClient(levelOf(tenant));
		const custRef = ref();
		for (const client of [one, two])
			expect(await client.post("/cart/orders/cartrover", sample(custRef))).toMatchObject({ success_code: true });
		for (const client of [one, two]) expect((await client.get("/cart/orders/list/any")).response).toHaveLength(1);
		expect((await merchant.get("/merchant/orders/list/any?order_source=Second")).response).toHaveLength(1);
		expect(await merchant.post("/cart/orders/cartrover", sample(ref()))).toMatchObject({
			message: expect.stringContaining("several connections"),
		});
	});

	it("without a right is told which one", async () => {
		const reader = await roverClient({ ...levelOf(tenant), permissions: ["orders:read"] });
		expect(await reader.post("/cart/orders/cartrover", sample(ref()))).toMatchObject({
			message: expect.stringContaining("orders:write"),
		});
		expect(await reader.get("/merchant/inventory")).toMatchObject({
			message: expect.stringContaining("inventory:read"),
		});
		expect(await reader.get("/merchant/orders/list/new")).toMatchObject({ success_code: true });
	});

	it("fills no connection that is paused", async () => {
		await tenant.sql(`update "Connection" set "state" = 'paused' where "id" = $1`, [connectionId]);
		const client = await roverClient(levelOf(tenant));
		expect(await client.post("/cart/orders/cartrover", sample(ref()))).toMatchObject({
			message: expect.stringContaining("paused"),
		});
	});
});

describe("nonsense", () => {
	const required = "Order missing required field(s): ";
	it.each<[string, unknown, string | RegExp]>([
		["nothing", {}, `${required}cust_ref, ship_address_1, ship_country, items`],
		["no items", sample("A", { items: [] }), `${required}items`],
		["a list of two", [sample("A"), sample("B")], /\/cart\/orders\/batch/],
		["an object as number", sample("A", { cust_po_no: {} }), /^cust_po_no /],
		["nobody", sample("A", { ship_company: "" }), /^ship_first_name must hold a person's name/],
		["no such country", sample("A", { ship_country: "ZZZ" }), /^ship_country is not a country/],
		[
			"half a unit",
			sample("A", { items: [{ item: "TEE", quantity: "1.5" }] }),
			/^items\[0\]\.quantity must be a whole/,
		],
		[
			"less than nothing",
			sample("A", { items: [{ item: "TEE", quantity: -1 }] }),
			/^items\[0\]\.quantity must be more/,
		],
		[
			"a price in words",
			sample("A", { items: [{ item: "T", quantity: 1, price: "$5" }] }),
			/^items\[0\]\.price must be/,
		],
		["a currency by sign", sample("A", { grand_total: 5, currency_code: "€" }), /^currency_code must be/],
		["too long a city", sample("A", { ship_city: "x".repeat(501) }), /^ship_city must be at most 500/],
		["a zero byte", sample("A", { ship_city: "a\u0000b" }), /^ship_city: holds a character/],
	])("%s is refused by the name the API has for it", async (_, body, message) => {
		const client = await roverClient(levelOf(tenant));
		const answer = await client.post("/cart/orders/cartrover", body);
		expect(answer).toMatchObject({ status: 200, success_code: false, error_code: "Invalid" });
		if (typeof message === "string") expect(answer.message).toBe(message);
		else expect(answer.message).toMatch(message);
		expect((await client.get("/merchant/orders/list/any")).response).toEqual([]);
	});

	it("in the address or instead of JSON is refused in words", async () => {
		const client = await roverClient(levelOf(tenant));
		const { authorization } = { authorization: `Basic ${btoa(`${client.user}:${client.key}`)}` };
		const raw = (body: string) => call("/cart/orders/cartrover", { method: "POST", headers: { authorization }, body });
		expect(await raw("{")).toMatchObject({ success_code: false, message: expect.stringContaining("JSON") });
		expect(await raw(`"${"x".repeat(1_100_000)}"`)).toMatchObject({ success_code: false, error_code: "Invalid" });
		for (const path of ["/merchant/orders/list/sold", "/merchant/orders/list/new?limit=0", "/nowhere", "/cart/orders/"])
			expect(await client.get(path), path).toMatchObject({ success_code: false, error_code: "Invalid" });
		expect(await client.get("/merchant/orders/list/new?from_date=yesterday")).toMatchObject({
			message: expect.stringMatching(/^from_date: /),
		});
		const many = Array.from({ length: 101 }, () => sample(ref()));
		expect(await client.post("/cart/orders/batch", many)).toMatchObject({ message: expect.stringContaining("100") });
	});

	it("too fast is told to slow down, in the API's own words", async () => {
		const client = await roverClient(levelOf(tenant));
		const answers = [];
		for (let n = 0; n < 61; n++) answers.push(await client.get("/cart/orders/"));
		expect(answers.at(0)).toMatchObject({ error_code: "Invalid" });
		expect(answers.at(-1)).toMatchObject({
			status: 200,
			error_code: "RateLimit",
			message: "Over API Limit. Please slow down requests.",
		});
		expect(Number(answers.at(-1)?.headers.get("retry-after"))).toBeGreaterThan(0);
	});
});
