import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { extensiv3pl } from "./index";
import { type ExtensivSandbox, startExtensivSandbox } from "./sandbox";
import { faultOf, open as openWith, order, promised, recorder, write } from "./support";

let sandbox: ExtensivSandbox;
beforeAll(async () => {
	sandbox = await startExtensivSandbox();
	for (const sku of ["TEE", "MUG"]) sandbox.store.setStock(sku, 2, 100);
});
afterAll(() => sandbox.close());
beforeEach(() => sandbox.faults.clear());

const open = (changes: Record<string, unknown> = {}, { answerMs } = { answerMs: 60_000 }) =>
	openWith({ ...sandbox.settings, ...changes }, answerMs);
const orders = promised(extensiv3pl.destination?.orders);
const inventory = promised(extensiv3pl.destination?.inventory);
const cancel = promised(extensiv3pl.destination?.cancel);
const countCreated = (number: string) =>
	sandbox.store.ledger.filter((entry) => entry.kind === "created" && entry.referenceNum === number).length;

describe("access", () => {
	it("says who it is with good settings, with and without a TPL key", async () => {
		expect(await extensiv3pl.check(open())).toEqual({ ok: true, as: "Blue Kettle at East" });
		expect(await extensiv3pl.check(open({ tplKey: "" }))).toMatchObject({ ok: true });
	});

	it.each([
		["clientSecret", { clientSecret: "wrong" }],
		["clientSecret", { userLoginId: "1" }],
		["customerId", { customerId: 99 }],
		["facilityId", { facilityId: 99 }],
	])("names %s when it is wrong", async (field, changes) => {
		expect(await extensiv3pl.check(open(changes))).toMatchObject({ ok: false, field });
	});

	it("renews an ended token once for ten calls", async () => {
		const context = open();
		await orders.find(context, "none", order("none"));
		sandbox.expireTokens();
		const before = sandbox.tokensGiven();
		await Promise.all(Array.from({ length: 10 }, () => orders.find(context, "none", order("none"))));
		expect(sandbox.tokensGiven() - before).toBe(1);
	});

	it("keeps no secret and no personal data in exchanges", async () => {
		await orders.create(open(), write(order("MASK-1")));
		const kept = JSON.stringify(recorder.exchanges);
		expect(kept).toContain("MASK-1");
		for (const secret of [
			"sandbox-secret-value",
			"12345678-1234",
			"Ann Example",
			"1 Main St",
			"ann@example.test",
			"7755550101",
			"Bearer ",
		]) {
			expect(kept).not.toContain(secret);
		}
	});
});

describe("orders", () => {
	it("carry lines, address and ship method", async () => {
		await orders.create(open(), write(order("MAP-1")));
		expect(sandbox.store.find("MAP-1")).toMatchObject({
			routingInfo: { carrier: "UPS", mode: "Ground" },
			shipTo: { name: "Ann Example", address1: "1 Main St", zip: "89501", country: "US" },
			items: [
				{ qty: 2, externalId: "l1" },
				{ qty: 1, externalId: "l2" },
			],
		});
	});

	it("exist once however often they are created", async () => {
		const first = await orders.create(open(), write(order("ONCE-1")));
		const second = await orders.create(open(), write(order("ONCE-1")));
		expect(first.existed).toBe(false);
		expect(second).toMatchObject({ existed: true, externalId: first.externalId });
		expect(countCreated("ONCE-1")).toBe(1);
	});

	it.each(["reset", "delay", "status", "truncate", "html"] as const)(
		"are found after an answer lost by %s",
		async (kind) => {
			const number = `LOST-${kind}`;
			const fault = {
				reset: { kind, when: "after" },
				delay: { kind, when: "after", ms: 900 },
				status: { kind, when: "after", status: 504 },
				truncate: { kind },
				html: { kind },
			}[kind];
			sandbox.faults.add({ match: (call) => call.method === "POST" && call.path === "/orders", fault: fault as never });
			const context = open({}, { answerMs: 300 });
			expect(await faultOf(orders.create(context, write(order(number))))).toEqual({ kind: "transient", sent: true });
			expect(await orders.find(context, number, order(number))).toMatchObject({ existed: true });
			expect(countCreated(number)).toBe(1);
		},
	);

	it("are not found where there are none, also under names with reserved characters", async () => {
		const odd = "A,B;C(D)*=%!";
		expect(await orders.find(open(), odd, order(odd))).toBeNull();
		await orders.create(open(), write(order(odd)));
		expect(await orders.find(open(), odd, order(odd))).toMatchObject({ existed: true });
	});

	it.each([
		[429, { kind: "rate-limited" }, { "retry-after": "120" }],
		[403, { kind: "auth", reason: "forbidden" }, {}],
		[404, { kind: "permanent", code: "http-404" }, {}],
		[422, { kind: "permanent", code: "http-422" }, {}],
	])("turn status %i into a fault", async (status, expected, headers) => {
		sandbox.faults.add({
			match: (call) => call.path === "/orders",
			fault: { kind: "status", when: "before", status, headers: headers as Record<string, string> },
		});
		const fault = await faultOf(orders.create(open(), write(order(`STATUS-${status}`))));
		expect(fault).toMatchObject(expected);
		if (fault.kind === "rate-limited")
			expect(Math.abs(fault.retryAt.getTime() - Date.now() - 120_000)).toBeLessThan(20_000);
		expect(countCreated(`STATUS-${status}`)).toBe(0);
	});

	it("name an unknown SKU", async () => {
		const fault = await faultOf(
			orders.create(open(), write(order("SKU-1", [{ lineId: "l", sku: "NOPE", quantity: 1 }]))),
		);
		expect(fault).toEqual({ kind: "permanent", code: "DoesNotExist", field: "Sku" });
	});

	it("were not sent when the warehouse cannot be reached", async () => {
		const fault = await faultOf(orders.create(open({ baseUrl: "http://127.0.0.1:9" }), write(order("UNSENT"))));
		expect(fault).toEqual({ kind: "transient", sent: false });
	});
});

describe("cancelling", () => {
	it("is accepted while open, and again", async () => {
		const { externalId } = await orders.create(open(), write(order("CANCEL-1")));
		expect(await cancel.request(open(), externalId, "changed mind")).toEqual({ state: "accepted" });
		expect(await cancel.request(open(), externalId, "changed mind")).toEqual({ state: "accepted" });
		expect(
			sandbox.store.ledger.filter((entry) => entry.kind === "canceled" && entry.referenceNum === "CANCEL-1"),
		).toHaveLength(1);
	});

	it("is refused once shipped", async () => {
		const { externalId } = await orders.create(open(), write(order("CANCEL-2")));
		sandbox.store.ship(Number(externalId));
		expect(await cancel.request(open(), externalId, "late")).toEqual({
			state: "refused",
			reason: "it has shipped already",
		});
	});

	it("needs the version that was read", async () => {
		const { externalId } = await orders.create(open(), write(order("CANCEL-3")));
		const context = open();
		const send = (headers: Record<string, string>) =>
			context.http.send(
				"POST",
				`/orders/${externalId}/canceler`,
				{ reason: "x" },
				{ schema: { safeParse: (data: unknown) => ({ success: true, data }) } as never, headers },
			);
		expect(await faultOf(send({}))).toMatchObject({ code: "http-428" });
		expect(await faultOf(send({ "If-Match": '"99"' }))).toMatchObject({ code: "http-412" });
	});
});

describe("the warehouse's refusals", () => {
	it("never repeat a shopper's data, but do repeat a code", async () => {
		const refused = (name: string, value: string) => ({
			ErrorCode: "ValueNotSupported",
			Hint: name,
			Properties: [{ Name: name, Value: value }],
		});
		for (const [name, value, quoted] of [
			["ShipTo.Name", "Ann Example", false],
			["Carrier", "UPSS", true],
		] as const) {
			const body = refused(name, value);
			sandbox.faults.add({
				match: (call) => call.path === "/orders",
				fault: { kind: "status", status: 400, when: "before", body },
			});
			const error = await orders.create(open(), write(order(`QUOTE-${name}`))).catch((reason: Error) => reason);
			expect(String(error).includes(value)).toBe(quoted);
			expect(String(error)).toContain(name);
		}
	});

	it("name the role that is missing for the check", async () => {
		const far = await startExtensivSandbox();
		far.revoked.add("FacilityView");
		expect(await extensiv3pl.check(open(far.settings))).toMatchObject({
			ok: false,
			fix: expect.stringContaining("FacilityView"),
		});
		far.revoked.clear();
		far.revoked.add("OrderEdit");
		far.store.addItem("TEE");
		far.store.addItem("MUG");
		expect(await faultOf(orders.create(open(far.settings), write(order("ROLE"))))).toEqual({
			kind: "auth",
			reason: "forbidden",
		});
		await far.close();
	});

	it("reach only the order type that was chosen", async () => {
		await orders.create(open({ orderType: "B2B" }), write(order("TYPE-1")));
		await orders.create(open(), write(order("TYPE-2")));
		expect([sandbox.store.find("TYPE-1")?.orderType, sandbox.store.find("TYPE-2")?.orderType]).toEqual(["B2B", null]);
	});
});

describe("inventory", () => {
	it("gives one level per SKU and facility", async () => {
		sandbox.store.setStock("TEE", 3, 7, { onHand: 9, onHold: 2 });
		const records = [];
		for await (const page of inventory.read(open(), { cursor: null })) records.push(...page.records);
		expect(records).toContainEqual(
			expect.objectContaining({
				value: expect.objectContaining({ sku: "TEE", location: "3", available: 7, onHand: 9, locked: 2 }),
			}),
		);
	});

	it("refuses pages that are too large", async () => {
		const context = open();
		expect(
			await faultOf(
				context.http.get("/inventory/stocksummaries", {
					schema: {} as never,
					query: { pgsiz: 501 },
					headers: (await extensiv3pl.authorize?.(context)) ?? {},
				}),
			),
		).toMatchObject({ code: "http-400" });
	});
});
