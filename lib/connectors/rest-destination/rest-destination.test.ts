import { afterEach, describe, expect, it } from "vitest";
import { checkSettings } from "../kit/form";
import { memoryRecorder } from "../kit/record";
import { sampleOrder } from "../kit/rest/harness-warehouse";
import { startWarehouse, type Warehouse } from "../kit/rest/sandbox-warehouse";
import { faultOf, openOn, promised, readAll } from "../kit/rest/support";
import { restDestination } from "./index";

const orders = promised(restDestination.destination?.orders);
const inventory = promised(restDestination.destination?.inventory);
const shipments = promised(restDestination.destination?.shipments);
const secret = "sandbox-token-0123456789";
let warehouse: Warehouse;
afterEach(() => warehouse?.close());

async function open(settings: object = {}, dialect: Parameters<typeof startWarehouse>[0] = {}) {
	warehouse = await startWarehouse(dialect);
	return openOn(restDestination, { baseUrl: warehouse.api, secret, ...settings });
}
const write = (number: string) => ({ key: number, value: sampleOrder(number), attempt: 1 });
const stocked = (count: number) => {
	for (let n = 0; n < count; n++)
		warehouse.stock.set(`S${n}`, { record: { sku: `S${n}`, location: "main", available: n } });
};

describe("an order", () => {
	it("is sent as the map says, and empty fields stay away", async () => {
		const context = await open();
		await orders.create(context, write("N-1"));
		const { body } = warehouse.orders[0] ?? {};
		expect(body).toMatchObject({
			order_number: "N-1",
			ship_to: { name: "Ann Example", postal_code: "89501" },
			items: [{ sku: "TEE", quantity: 2, unit_price: "12.50" }, { sku: "MUG" }],
		});
		expect(body).not.toHaveProperty("gift_message");
	});

	it("is looked for first where the system takes doubles, and not where it refuses them", async () => {
		const context = await open({}, { refusesDoubles: false });
		await orders.create(context, write("N-1"));
		expect(await orders.create(context, write("N-1"))).toMatchObject({ existed: true });
		expect(warehouse.ledger).toEqual(["N-1"]);
		const before = warehouse.calls();
		await orders.create(
			openOn(restDestination, { baseUrl: warehouse.api, secret, refusesDoubles: true }),
			write("N-2"),
		);
		expect(warehouse.calls() - before).toBe(1);
	});

	it("that breaks a rule is not sent, and the fault names the field and the rule", async () => {
		const context = await open({ validationRules: "shipTo.line2: required\nshipTo.line1: max 5" });
		const fault = await faultOf(orders.create(context, write("N-1")));
		expect(fault).toMatchObject({ kind: "permanent", code: "rule-broken", field: "shipTo.line1" });
		expect(fault.message).toContain("shipTo.line1 is longer than 5 characters (rule 2)");
		expect(warehouse.calls()).toBe(0);
	});

	it("is refused by a good status that means no, in the system's own words", async () => {
		const context = await open({ errorAt: "error.text", refusesDoubles: true });
		const body = { error: { text: "SKU TEE is unknown" } };
		const isCreate = ({ method }: { method: string }) => method === "POST";
		warehouse.faults.add({ match: isCreate, fault: { kind: "status", status: 200, when: "before", body } });
		const fault = await faultOf(orders.create(context, write("N-1")));
		expect(fault).toMatchObject({ kind: "permanent", code: "said-error" });
		expect(fault.message).toContain("SKU TEE is unknown");
	});

	it("cannot be canceled where the settings name no path, and says so", async () => {
		const context = await open({ cancelPath: "-" });
		const answer = await promised(restDestination.destination?.cancel).request(context, "W1", "");
		expect(answer).toMatchObject({ state: "refused", reason: expect.stringContaining("no path") });
	});
});

describe("lists", () => {
	it.each([
		["page", { pagingKind: "page" }, 4],
		["offset", { pagingKind: "offset", pageName: "offset" }, 4],
		["cursor", { pagingKind: "cursor", pageName: "cursor" }, 3],
		["link", { pagingKind: "link" }, 3],
		["none", { pagingKind: "none" }, 1],
	] as const)("come whole with paging by %s", async (paging, settings, pages) => {
		const context = await open(settings, { paging });
		stocked(250);
		const read = await readAll(inventory, context);
		expect(read.pages).toBe(pages);
		expect(new Set(read.records.map(({ sourceId }) => sourceId)).size).toBe(250);
	});

	it("are not taken for empty where no path is set", async () => {
		const context = await open({ inventoryPath: "-" });
		expect(await faultOf(readAll(inventory, context))).toMatchObject({ kind: "permanent", code: "no-path" });
		expect(restDestination.lacks?.(context.settings)).toEqual(["inventory"]);
	});

	it("that are not where the settings say are named", async () => {
		const context = await open({ inventoryAt: "-" });
		const fault = await faultOf(readAll(inventory, context));
		expect(fault).toMatchObject({ kind: "permanent", code: "no-list" });
		expect(fault.message).toMatch(/no list in the answer itself/);
	});

	it("that go round in a circle are stopped", async () => {
		const context = await open({ pageName: "p" });
		stocked(3);
		expect(await faultOf(readAll(inventory, context))).toMatchObject({ code: "same-page" });
	});

	it("never lead us, with our key, to another system", async () => {
		const context = await open({ pagingKind: "link" }, { paging: "link" });
		stocked(3);
		const headers = { link: '<https://evil.example/next>; rel="next"' };
		const body = { data: [{ sku: "A", location: "main", available: 1 }] };
		warehouse.faults.add({ match: () => true, fault: { kind: "status", status: 200, when: "before", headers, body } });
		expect(await faultOf(readAll(inventory, context))).toMatchObject({ code: "foreign-link" });
	});

	it("begin anew when a kept cursor is no longer known", async () => {
		const context = await open({ pagingKind: "cursor", pageName: "cursor" }, { paging: "cursor" });
		stocked(3);
		const { records } = await readAll(inventory, context, { place: "gone" });
		expect(records).toHaveLength(3);
	});

	it("of stock count what is below nothing as nothing, and take off what is locked", async () => {
		const context = await open();
		warehouse.stock.set("A", { record: { sku: "A", location: "main", available: -3, on_hand: 2 } });
		warehouse.stock.set("B", { record: { sku: "B", on_hand: 7, reserved: 2 } });
		const { records } = await readAll(inventory, context);
		expect(records.map((record) => record.ok && record.value)).toMatchObject([
			{ sku: "A", available: 0, availableStated: true, onHand: 2 },
			{ sku: "B", location: "main", available: 5, availableStated: false, locked: 2 },
		]);
	});

	it("report every record that has no place to go, by its field", async () => {
		const context = await open();
		const at = new Date().toISOString();
		warehouse.shipments.set("S1", { record: { id: "S1", shipped_at: at, updated_at: at, items: [] } });
		const { records } = await readAll(shipments, context);
		expect(records).toMatchObject([{ ok: false, sourceId: "S1", field: "orderNumber" }]);
	});
});

describe("access", () => {
	it("by a key in the address keeps it out of everything that is recorded", async () => {
		const key = "query-key-0123456789";
		const recorder = memoryRecorder();
		warehouse = await startWarehouse({ access: { scheme: "query", name: "api_key", key } });
		const settings = { baseUrl: warehouse.api, authScheme: "query", keyName: "api_key", secret: key };
		const context = openOn(restDestination, settings, recorder);
		expect(await restDestination.check(context)).toMatchObject({ ok: true });
		await orders.create(context, write("N-1"));
		expect(recorder.exchanges.length).toBeGreaterThan(2);
		expect(JSON.stringify(recorder.exchanges)).not.toContain(key);
	});

	it.each([
		[{ secret: "" }, "secret", /at least 4 characters/],
		[{ authScheme: "basic" }, "user", /must not be empty/],
		[{ authScheme: "oauth", user: "u" }, "tokenUrl", /must be given/],
		[{ authScheme: "query", secret: "with blank & more" }, "secret", /to travel in an address/],
		[{ baseUrl: "https://me:pass@wms.example" }, "baseUrl", /no user, password/],
		[{ baseUrl: "ftp://wms.example" }, "baseUrl", /must be an address/],
		[{ authScheme: "header", keyName: "Host" }, "keyName", /must be another header/],
		[{ orderPath: "@evil.example/orders" }, "orderPath", /must begin with \//],
		[{ findPath: "/orders" }, "findPath", /must hold \{number\}/],
		[{ cancelPath: "/orders/{number}" }, "cancelPath", /may hold \{id\}/],
		[{ orderMap: "a: numbr" }, "orderMap", /Line 1: numbr is not a field of an order to send. Did you mean number\?/],
		[{ levelMap: "sku: sku" }, "levelMap", /no line fills location/],
		[{ foundAt: "a[]" }, "foundAt", /must be a path in the answer/],
		[{ validationRules: "shipTo.fax: required" }, "validationRules", /Line 1: shipTo.fax is not a field/],
		[{ timeZone: "Mars" }, "timeZone", /must be a time zone/],
	])("and settings such as %j are refused while they are typed", (settings, field, sentence) => {
		const check = checkSettings(restDestination, { baseUrl: "https://wms.example", secret: "token-0123", ...settings });
		expect(check.ok ? {} : check.problems).toEqual({ [field]: expect.stringMatching(sentence) });
	});
});

describe("the preview", () => {
	it("shows what is sent, masked, with what is left out and what breaks a rule", async () => {
		const context = await open({ validationRules: "shipTo.line1: max 5", authScheme: "header", keyName: "X-Key" });
		const { send } = promised(restDestination.preview);
		const shown = promised(send)(context, sampleOrder("N-1"));
		expect(shown).toMatchObject({ method: "POST", url: `${warehouse.api}/orders`, headers: { "X-Key": "•••" } });
		expect(JSON.parse(shown.body)).toMatchObject({ order_number: "N-1", items: [{ sku: "TEE" }, { sku: "MUG" }] });
		expect(shown.leftOut).toEqual(["gift_message", "items[].unit_price"]);
		expect(shown.problems).toEqual([{ field: "shipTo.line1", problem: "is longer than 5 characters (rule 1)" }]);
		expect(JSON.stringify(shown)).not.toContain(secret);
		expect(warehouse.calls()).toBe(0);
	});
});
