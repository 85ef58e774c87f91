/** An unmodified client of the CartRover API, with nothing changed but its base URL. */
import { describe, expect, it } from "vitest";
import { roverClient } from "@/lib/testing/cartrover";
import { testDatabase } from "@/lib/testing/database";
import { testJourney } from "@/lib/testing/journey";
import { createTestConnection, runFlow } from "@/lib/testing/tenant";

testDatabase();
const journey = testJourney();

const ref = () => `T${crypto.randomUUID().slice(0, 8)}`;
/** As public clients send it: numbers and text mixed, empty fields, flags and lists in the manner of PHP. */
const sample = (custRef: string, more: object = {}) => ({
	cust_ref: custRef,
	cust_po_no: `SHOP-${custRef}`,
	po_number: "PO 77",
	order_source: "Company website",
	order_date: "2026-08-29",
	requested_ship_date: "2026-09-02",
	ship_company: "",
	ship_title: "",
	ship_first_name: "Ann",
	ship_last_name: "de la Cruz",
	ship_address_1: "125 2nd st. #801",
	ship_address_2: null,
	ship_address_3: "",
	ship_city: "Oakland",
	ship_state: "CA",
	ship_zip: "94607",
	ship_country: "USA",
	ship_phone: "7755550101",
	ship_e_mail: "ann@example.test",
	ship_address_type: "R",
	ship_is_billing: "Y",
	cust_first_name: "Ann",
	cust_last_name: "de la Cruz",
	cust_e_mail: "ann@example.test",
	carrier: "UPS",
	ship_code: "03",
	ship_code_description: "UPS Ground",
	shipping_instructions: "Leave at the door",
	sub_total: "29.00",
	order_discount: 0,
	sales_tax: "0.00",
	shipping_handling: "4.50",
	grand_total: 33.5,
	currency_code: "USD",
	pay_type: "PAYPAL",
	gift_message: "",
	custom_field_1: "blue",
	extra_fields: [],
	items: [
		{ line_no: "1", item: "TEE", quantity: "2", price: "12.25", discount: "0", line_item_id: "998", extra_fields: {} },
		{ line_no: 2, item: "MUG", quantity: 1, price: 4.5, Description: "Mug" },
	],
	...more,
});

async function connectApi(side: "source" | "destination" = "source", name = `API ${side}`) {
	const { tenant } = journey;
	const connection = await createTestConnection(tenant, { connectorKey: "api", side, name, settings: {}, secret: [] });
	const level = { accountId: tenant.accountId, merchantId: tenant.merchantId };
	return { connection, level, client: await roverClient({ ...level, connectionId: connection.id }) };
}

describe("a client of the CartRover API", () => {
	it("sends an order, follows it to the warehouse and back, and says that it took the tracking", async () => {
		const { client } = await connectApi();
		const custRef = ref();
		const made = await client.post("/cart/orders/cartrover", sample(custRef));
		expect(made).toMatchObject({
			success_code: true,
			response: { cust_ref: custRef, order_number: `SHOP-${custRef}` },
		});
		expect(made.headers.get("x-cartrover-process-id")).toMatch(/^req_/);
		expect(Number(made.headers.get("x-cartrover-api-minute-hits-remaining"))).toBeGreaterThan(0);

		const { response: order } = await client.get(`/cart/orders/${custRef}`);
		expect(order).toMatchObject({
			cust_ref: custRef,
			cust_po_no: `SHOP-${custRef}`,
			po_number: "PO 77",
			order_source: "Company website",
			order_date: "2026-08-29",
			ship_first_name: "Ann",
			ship_last_name: "de la Cruz",
			ship_address_1: "125 2nd st. #801",
			ship_country: "US",
			ship_e_mail: "ann@example.test",
			cust_last_name: "de la Cruz",
			ship_code: "03",
			shipping_instructions: "Leave at the door",
			currency_code: "USD",
			sub_total: "29.00",
			grand_total: "33.5",
			custom_field_1: "blue",
			extra_fields: [],
			order_status: "new",
			on_hold: "N",
			total_qty: "3",
			items: [
				{ line_no: "1", item: "TEE", quantity: "2", price: "12.2500", extended_amount: "24.50" },
				{ line_no: "2", item: "MUG", quantity: "1", price: "4.5000", Description: "Mug" },
			],
			shipments: [],
		});
		expect((await client.get("/cart/orders/list/new?limit=20&page=1")).headers.get("total-records")).toBe("1");

		expect(await journey.deliver()).toMatchObject({ state: "done" });
		const atWms = await client.get(`/cart/orders/status/${custRef}`);
		expect(atWms.response).toMatchObject({ cust_po_no: `SHOP-${custRef}`, order_status: "at_wms", shipments: [] });
		expect(atWms.response.delivered_to_wms_date).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/);

		const packed = journey.atWarehouse(`SHOP-${custRef}`);
		journey.warehouse.store.ship(packed.readOnly.orderId, [
			{
				trackingNumber: "1Z5R89390357567127",
				contents: [
					{ line: 0, qty: 2 },
					{ line: 1, qty: 1 },
				],
			},
		]);
		await runFlow(journey.tenant, journey.wms, "shipments/fetch");
		const shipped = await client.get(`/cart/orders/status/${custRef}`);
		expect(shipped.response).toMatchObject({
			order_status: "shipped",
			shipments: [
				{
					tracking_no: "1Z5R89390357567127",
					items: [
						{ item: "TEE", quantity: "2" },
						{ item: "MUG", quantity: "1" },
					],
				},
			],
		});
		const since = encodeURIComponent(new Date(Date.now() - 60_000).toISOString().replace(/\.\d+Z/, "+00:00"));
		expect((await client.get(`/cart/orders/list/shipped?from_date=${since}`)).response).toHaveLength(1);
		expect((await client.get("/cart/orders/list/shipped_or_confirmed?from_date=2099-01-01")).response).toEqual([]);

		const confirmed = { order_status: "confirmed", shipments: [{ tracking_no: "1Z5R89390357567127" }] };
		const wrong = { ...confirmed, shipments: [{ tracking_no: "1ZOTHER" }] };
		expect(await client.post(`/cart/orders/update/${custRef}`, wrong)).toMatchObject({ error_code: "Invalid" });
		for (const _ of [1, 2])
			expect(await client.post(`/cart/orders/update/${custRef}`, confirmed)).toMatchObject({ success_code: true });
		expect((await client.get(`/merchant/orders/status/${custRef}`)).response.order_status).toBe("confirmed");
	});

	it("may give user and key in the address, and is refused with either wrong", async () => {
		const { client } = await connectApi();
		const { call } = await import("@/lib/testing/cartrover");
		const at = (user: string, key: string) => call(`/cart/orders/list/any?api_user=${user}&api_key=${key}`, {});
		expect(await at(client.user, client.key)).toMatchObject({ success_code: true, response: [] });
		for (const answer of [
			await at("cd_aaaaaa", client.key),
			await at(client.user, `${client.user}${"x".repeat(37)}`),
			await at("", ""),
			await call("/cart/orders/list/any", {}),
		])
			expect(answer).toMatchObject({ status: 200, success_code: false, error_code: "Invalid" });
	});

	it("sends many at once: each is taken or refused by itself, with its place", async () => {
		const { client } = await connectApi();
		const [one, two] = [ref(), ref()];
		const answer = await client.post("/cart/orders/batch", [
			sample(one),
			sample(one),
			{ ...sample(""), cust_ref: undefined },
			sample(two, { ship_country: "Atlantis" }),
			sample(ref(), { items: [{ item: "TEE", quantity: "two" }] }),
		]);
		expect(answer.response.success).toEqual([{ cust_ref: one, cust_po_no: `SHOP-${one}` }]);
		expect(answer.response.failed).toMatchObject([
			{ cust_ref: one, index_pos: 1, message: "OrderDuplicate" },
			{ index_pos: 2, message: "Order missing required field(s): cust_ref" },
			{ cust_ref: two, index_pos: 3, message: expect.stringMatching(/^ship_country is not a country/) },
			{ index_pos: 4, message: expect.stringMatching(/^items\[0\]\.quantity must be a number/) },
		]);
	});

	it("makes one order of one cust_ref, however often and at once it is sent", async () => {
		const { client } = await connectApi();
		const custRef = ref();
		const answers = await Promise.all(
			Array.from({ length: 8 }, (_, n) =>
				client.post("/cart/orders/cartrover", sample(custRef, { ship_city: `C${n}` })),
			),
		);
		expect(answers.filter((answer) => answer.success_code)).toHaveLength(1);
		for (const answer of answers.filter((one) => !one.success_code))
			expect(answer).toMatchObject({ error_code: "Invalid", message: "OrderDuplicate" });
		const rows = await journey.tenant.sql(`select 1 from "Order" where "sourceId" = $1`, [custRef]);
		expect(rows).toHaveLength(1);
	});

	it("cancels at once what is here, and asks the warehouse for what is there", async () => {
		const { client, connection } = await connectApi();
		const [early, late] = [ref(), ref()];
		for (const one of [early, late]) await client.post("/cart/orders/cartrover", sample(one));
		expect(await client.post("/cart/orders/cancel/cartrover", { cust_ref: early })).toMatchObject({
			response: { success: true, message: "" },
		});
		expect((await client.get(`/cart/orders/status/${early}`)).response.order_status).toBe("canceled");
		await journey.deliver();
		expect(journey.created(`SHOP-${early}`)).toBe(0);
		const tooLate = await client.post("/cart/orders/cancel", { cust_ref: late });
		expect(tooLate.response).toMatchObject({ success: false, message: expect.stringContaining("wms_cancel") });
		expect((await client.get(`/cart/orders/wms_cancel/${late}`)).response.success).toBe(true);
		await runFlow(journey.tenant, connection, "orders/cancel");
		expect((await client.get(`/cart/orders/status/${late}`)).response.order_status).toBe("canceled");
		expect(await client.post("/cart/orders/cancel", {})).toMatchObject({
			message: "Missing required field(s): cust_ref",
		});
	});

	it("reads stock and products of its merchant", async () => {
		const { client } = await connectApi();
		await runFlow(journey.tenant, journey.wms, "inventory/fetch");
		const list = await client.get("/merchant/inventory?limit=250&page=1");
		expect(list.response.map((row: { sku: string }) => row.sku)).toEqual(["MUG", "TEE"]);
		expect(list.headers.get("total-records")).toBe("2");
		const one = await client.get("/merchant/inventory/TEE");
		expect(one.response).toMatchObject({ sku: "TEE", qty_available: "40", qty_on_hand: "40", aliases: [] });
		expect(Object.values(one.response.warehouses)).toMatchObject([{ qty_available: "40" }]);
		expect((await client.get("/merchant/product/TEE")).response).toMatchObject({ sku: "TEE", aliases: [] });
		expect(await client.get("/merchant/product/NONE")).toMatchObject({ success_code: false, error_code: "Invalid" });
		expect((await client.get("/cart/list")).response).toMatchObject([{ cart: "api" }]);
	});
});

describe("a warehouse that works by the API", () => {
	it("takes orders, posts tracking in parts and stock, and repeats itself without harm", async () => {
		const { client: shop } = await connectApi();
		const { client: wms } = await connectApi("destination");
		const custRef = ref();
		await shop.post("/cart/orders/cartrover", sample(custRef));
		const waiting = await wms.get("/merchant/orders/list/new");
		expect(waiting.response).toMatchObject([{ cust_ref: custRef }]);
		for (const _ of [1, 2])
			expect(await wms.post(`/wms/orders/update/${custRef}`, { order_status: "at_wms" })).toMatchObject({
				response: { order_status: "at_wms" },
			});
		await journey.deliver();
		expect(journey.created(`SHOP-${custRef}`), "nobody else is given it").toBe(0);
		const first = { carrier: "UPS", method: "03", tracking_no: "1ZA", items: [{ item: "TEE", quantity: "2" }] };
		const part = { order_status: "partial", shipments: [first] };
		for (const _ of [1, 2])
			expect(await wms.post(`/wms/orders/update/${custRef}`, part)).toMatchObject({
				response: { order_status: "partial" },
			});
		expect((await shop.get("/cart/orders/list/partial")).response).toMatchObject([
			{ num_shipped: "2", num_to_ship: "1", shipments: [{ tracking_no: "1ZA" }] },
		]);
		const rest = { tracking_no: "1ZB", items: [{ item: "MUG", quantity: 1 }] };
		expect(
			(await wms.post(`/wms/orders/update/${custRef}`, { order_status: "shipped", shipments: [first, rest] })).response,
		).toMatchObject({ order_status: "shipped" });
		const { response: done } = await shop.get(`/cart/orders/status/${custRef}`);
		expect(done.shipments.map((one: { tracking_no: string }) => one.tracking_no)).toEqual(["1ZA", "1ZB"]);

		const rows = [
			{ sku: "TEE", qty_available: 7, qty_on_hand: "9", warehouse: "EAST" },
			{ sku: "MUG", qty_available: "-3" },
		];
		expect((await wms.post("/wms/inventory", rows)).response).toMatchObject({
			success: [{ sku: "TEE" }],
			failed: [{ sku: "MUG", index_pos: 1, message: expect.stringContaining("qty_available") }],
		});
		expect((await wms.get("/merchant/inventory/TEE")).response).toMatchObject({ qty_available: "7", qty_on_hand: "9" });
	});
});
