/** The settings of a fulfillment channel in techOMS, each under the name it has there. */
import { afterEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { checkSettings, formOf } from "../kit/form";
import { accessFields } from "../kit/rest/access-settings";
import { sampleOrder } from "../kit/rest/harness-warehouse";
import { startWarehouse, type Warehouse } from "../kit/rest/sandbox-warehouse";
import { faultOf, openOn, promised, readAll } from "../kit/rest/support";
import { techoms } from "./index";
import { access, dialect, settings } from "./support";

const orders = promised(techoms.destination?.orders);
let warehouse: Warehouse;
afterEach(() => warehouse?.close());

async function open(changes: object = {}) {
	warehouse = await startWarehouse(dialect);
	return openOn(techoms, { ...settings(warehouse.api), ...changes });
}
const write = (value = sampleOrder("N-1")) => ({ key: value.number, value, attempt: 1 });
const sent = () => warehouse.orders[0]?.body;

async function shipped(changes: object, record: object) {
	const context = await open(changes);
	const at = new Date().toISOString();
	const items = [{ line_id: "l1", sku: "TEE", quantity: 3 }];
	warehouse.shipments.set("S1", {
		record: { id: "S1", order_id: "W1", order_number: "N-1", shipped_at: at, updated_at: at, items, ...record },
	});
	const { records } = await readAll(promised(techoms.destination?.shipments), context);
	const [first] = records;
	return first?.ok ? first.value : undefined;
}

describe("General", () => {
	it("names what is not published as inferred, and asks for what is known", () => {
		const fields = formOf(techoms);
		const known = ["Address", "Client ID", "Client secret", "TPL (API key)", "User login ID", "Customer ID"];
		expect(
			fields.filter(({ advanced, section }) => section === "Access" && !advanced).map(({ label }) => label),
		).toEqual(expect.arrayContaining(known));
		for (const name of ["clientHeader", "credentialHeader", "tplHeader"])
			expect(fields.find((field) => field.name === name)?.help).toMatch(/our guess/);
		expect(techoms.status).toBe("beta");
	});

	it("sends customer ID and user login ID with an order, under the names that are known", async () => {
		await orders.create(await open(), write());
		expect(sent()).toMatchObject({
			...{ order_number: "N-1", customer_id: "42", user_login_id: "11", customer_order_number: "N-1" },
			items: [
				{ sku: "TEE", quantity: 2, unit_price: 12.5 },
				{ sku: "MUG", quantity: 1 },
			],
		});
	});
});

it("keeps the words of its fields apart from those of the plain connector", () => {
	const helpOf = (connector: Parameters<typeof formOf>[0]) =>
		formOf(connector).find(({ name }) => name === "baseUrl")?.help;
	expect(helpOf(techoms)).toMatch(/techship/);
	expect(helpOf({ settings: z.object(accessFields()) })).not.toMatch(/techship/);
});

describe("Main and Advanced Settings", () => {
	it("Suppress PII: has one control, the option that every warehouse shares", () => {
		const labels = formOf(techoms).map(({ label }) => label);
		expect(labels.filter((label) => /PII|shopper/i.test(label))).toEqual([]);
	});

	it("Reference template: builds the reference from the order's numbers", async () => {
		await orders.create(await open({ referenceTemplate: "{orderSource} {sourceNumber}/{number}" }), write());
		expect(sent()).toMatchObject({ reference: "Shop N-1/N-1" });
	});

	it("Reference mappings: what has no field of its own becomes a custom field", async () => {
		const order = { ...sampleOrder("N-1"), extraFields: [{ name: "Dock", value: "4" }] };
		await orders.create(await open(), write(order));
		expect(sent()).toMatchObject({ custom_fields: [{ code: "Dock", value: "4" }] });
	});

	it("API validation rules: an order that breaks one is not sent, and the rule is named", async () => {
		const context = await open({ validationRules: "shipTo.postalCode: only 0-9\nshipTo.region: required" });
		const order = sampleOrder("N-1");
		const wrong = { ...order, shipTo: { ...order.shipTo, postalCode: "89501-A" } };
		expect(await faultOf(orders.create(context, write(wrong)))).toMatchObject({ field: "shipTo.postalCode" });
		expect(await orders.create(context, write())).toMatchObject({ existed: false });
	});

	it.each(["kg", "lb"])("Units: the weight of a package is read as %s", async (weightUnit) => {
		const read = await shipped({ weightUnit }, { packages: [{ id: 1, weight: 2.5, items: [] }] });
		expect(read?.packages[0]?.weight).toEqual({ value: 2.5, unit: weightUnit });
	});

	it.each([
		["Yes", true, true],
		["No", false, false],
	])("The first partial action is final: %s", async (_, firstIsFinal, final) => {
		expect(await shipped({ firstIsFinal }, {})).toMatchObject({ final, lines: [{ quantity: 3 }] });
	});

	it("Backorders managed in the fulfillment channel: sent whole and unchecked; a negative level is none", async () => {
		const context = await open();
		warehouse.stock.set("TEE", { record: { sku: "TEE", location: "main", available: -2, on_hand: 0 } });
		await orders.create(context, write());
		expect(sent()).toMatchObject({ items: [{ sku: "TEE", quantity: 2 }, { sku: "MUG" }] });
		const { records } = await readAll(promised(techoms.destination?.inventory), context);
		expect(records).toMatchObject([{ ok: true, value: { sku: "TEE", available: 0 } }]);
	});

	it("States: Short Shipped ends an order, Fulfilling does not", async () => {
		const context = await open();
		const order = warehouse.add("N-9");
		const stateAs = async (status: string) => {
			Object.assign(order, { status });
			return (await orders.find(context, "N-9", sampleOrder("N-9")))?.state;
		};
		expect(await stateAs("Short Shipped")).toBe("shipped");
		expect(await stateAs("Fulfilling")).toBe("open");
		expect(await stateAs("Cancelled")).toBe("canceled");
	});
});

it("Access by OAuth needs the address of tokens", () => {
	const given = { ...settings("https://example.techship.io/api/v3"), authScheme: "oauth" };
	const check = checkSettings(techoms, given);
	expect(check.ok ? {} : check.problems).toEqual({ tokenUrl: expect.stringMatching(/must be given/) });
});

describe("access to techOMS", () => {
	const given = { baseUrl: "https://example.techship.io/api/v3", ...access };
	const headersOf = (more: object = {}) => techoms.authorize?.(openOn(techoms, { ...given, ...more }));
	const sent = async (more: object) => {
		warehouse = await startWarehouse(dialect);
		const context = openOn(techoms, { ...settings(warehouse.api), ...more });
		await orders.create(context, { key: "N-1", value: sampleOrder("N-1"), attempt: 1 });
		return warehouse.orders[0]?.body;
	};

	it("Client ID: travels in a header of its own, or as the user of a Basic pair", async () => {
		expect(await headersOf()).toMatchObject({ "X-Client-Id": access.clientId });
		const pair = `Basic ${btoa(`${access.clientId}:${access.clientSecret}`)}`;
		expect(await headersOf({ authScheme: "basic" })).toMatchObject({ Authorization: pair });
	});
	it("Client secret: travels in a header of its own, and a wrong one is named", async () => {
		expect(await headersOf()).toMatchObject({ "X-Client-Secret": access.clientSecret });
		warehouse = await startWarehouse(dialect);
		const wrong = openOn(techoms, { ...settings(warehouse.api), clientSecret: "wrong-secret" });
		expect(await techoms.check(wrong)).toMatchObject({ ok: false, field: "clientSecret" });
	});
	it("TPL (API key): travels besides, and no header is sent without one", async () => {
		expect(await headersOf()).toMatchObject({ "X-Api-Key": access.tplKey });
		expect(await headersOf({ tplKey: "" })).not.toHaveProperty("X-Api-Key");
	});
	it("Header of the client ID: another one carries it", async () => {
		expect(await headersOf({ clientHeader: "X-Id" })).toMatchObject({ "X-Id": access.clientId });
	});
	it("Header of the client secret: another one carries it", async () => {
		expect(await headersOf({ credentialHeader: "X-Secret" })).toMatchObject({ "X-Secret": access.clientSecret });
	});
	it("Header of the TPL key: another one carries it", async () => {
		expect(await headersOf({ tplHeader: "X-Tpl" })).toMatchObject({ "X-Tpl": access.tplKey });
	});
	it("Customer ID: goes with each order", async () => {
		expect(JSON.stringify(await sent({ customerId: "4711" }))).toContain("4711");
	});
	it("User login ID: goes with each order", async () => {
		expect(JSON.stringify(await sent({ userLoginId: "login-9" }))).toContain("login-9");
	});
});
