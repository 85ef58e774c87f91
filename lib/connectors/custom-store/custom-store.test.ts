import { afterEach, describe, expect, it } from "vitest";
import { memoryRecorder } from "../kit/record";
import { faultOf, openOn, promised, readAll } from "../kit/rest/support";
import { customStore } from "./index";
import { timeOf } from "./map";
import { type Quirks, type StoreSandbox, startStoreSandbox } from "./sandbox";

const hurried = { ...customStore, limits: { requests: 1000, perSeconds: 1, concurrent: 8 } };
const [orders, confirm] = [promised(customStore.source?.orders), promised(customStore.source?.confirm)];
const minuteMs = 60_000;

let store: StoreSandbox;
afterEach(() => store?.close());
const start = async (quirks: Partial<Quirks> = {}) => {
	store = await startStoreSandbox({ quirks });
};
const open = (recorder = memoryRecorder()) => openOn(hurried, store.settings, recorder);
const records = async () => (await readAll(orders, open())).records;
const message = (orderSourceId: string, more: object = {}) => ({
	...{ orderSourceId, carrier: "UPS", service: "Ground", trackingNumbers: ["1Z9"] },
	...{ shippedAt: new Date("2026-03-23T21:09:30Z"), lines: [{ lineId: "L1", sku: "TEE", quantity: 2 }], ...more },
});
const xml = (text: string) => new Response(text, { headers: { "content-type": "text/xml" } });

describe("an order of a custom store", () => {
	it("comes with options, notes and fields of its own, and without lines that only adjust the price", async () => {
		await start();
		store.place();
		const [record] = await records();
		expect(record?.ok && record.value).toMatchObject({
			number: "S-1001",
			shipTo: { name: "Ann Example", company: "Bloom & Sons", phone: "7755550101", email: "ann@example.test" },
			shipping: { code: "Ground", name: "Ground" },
			lines: [{ sourceLineId: "S-1001-a", sku: "TEE", name: "Tee (Size: L)", quantity: 2 }],
			extraFields: [
				{ name: "Order ID", value: "id-S-1001" },
				{ name: "Payment method", value: "Credit card" },
				{ name: "Custom field 1", value: "box-2" },
			],
		});
	});

	it.each(["declared", "hidden"] as const)("is read from Windows-1252 bytes, %s", async (bytes) => {
		await start({ bytes });
		store.place({ CustomerNotes: "Café für 5 €" });
		expect(await records()).toMatchObject([{ ok: true, value: { note: "Café für 5 €" } }]);
	});

	it("is read beside control characters, a bare & and an entity of HTML", async () => {
		await start();
		const page = `<Orders pages="1"><Order><OrderNumber>7</OrderNumber><OrderStatus>paid</OrderStatus>
			<OrderDate>11/02/2026 9:05 PM</OrderDate><LastModified>2026-11-02 21:05:09</LastModified>
			<CustomerNotes>Salt & Pepper&nbsp;\u0007please</CustomerNotes>
			<Customer><ShipTo><Name>A</Name><Address1>1</Address1><Country>USA</Country></ShipTo></Customer>
			<Items><Item><SKU>TEE</SKU><Quantity>1.00</Quantity></Item></Items></Order></Orders>`;
		store.quirks.answer = xml(page);
		const [record] = await records();
		expect(record).toMatchObject({
			ok: true,
			value: { note: "Salt & Pepper please", shipTo: { country: "US" }, lines: [{ sourceLineId: "#1", quantity: 1 }] },
		});
		expect(record?.ok && record.value.placedAt).toEqual(new Date("2026-11-02T21:05:00Z"));
	});

	it.each([
		["03/23/2026 21:09", "2026-03-23T21:09:00.000Z"],
		["3/23/2026 12:05 AM", "2026-03-23T00:05:00.000Z"],
		["03/23/2026 12:05:30 pm", "2026-03-23T12:05:30.000Z"],
		["2026-03-23 21:09:10", "2026-03-23T21:09:10.000Z"],
		["13/23/2026 21:09", undefined],
		["yesterday", undefined],
	])("has the time %s", (text, expected) => {
		expect(timeOf(text, "UTC")?.toISOString()).toBe(expected);
	});
});

describe("pages of a custom store", () => {
	it.each(["right", "missing", "orders"] as const)(
		"are all read, and none twice over, where their number is %s",
		async (pages) => {
			await start({ pages, pageSize: 10 });
			const at = Date.now();
			for (let n = 0; n < 25; n++) {
				const stored = store.orders.get(store.place());
				if (stored) stored.changedMs = at - n * 5 * minuteMs;
			}
			const read = await records();
			expect(new Set(read.map(({ sourceId }) => sourceId)).size).toBe(25);
			expect(read.length).toBeLessThan(45);
			expect(store.calls()).toBeLessThan(120);
		},
	);

	it("of a store that answers the same page for every number come to an end", async () => {
		await start({ pages: "orders", onePage: true });
		for (let n = 0; n < 5; n++) store.place();
		expect(await records()).toHaveLength(5);
		expect(store.calls()).toBe(3);
	});

	it("of 130 orders that all changed in one minute are not lost", async () => {
		await start();
		const at = Date.now() - 60 * minuteMs;
		for (let n = 0; n < 130; n++) {
			const stored = store.orders.get(store.place());
			if (stored) stored.changedMs = at;
		}
		expect(new Set((await records()).map(({ sourceId }) => sourceId)).size).toBe(130);
	});

	it.each([
		["a page of HTML", new Response("<!DOCTYPE html><html><body>Fatal error</body></html>"), { kind: "transient" }],
		["nothing at all", new Response(""), { kind: "transient" }],
		["half a page", xml("<Orders pages='1'><Order><OrderNumber>1</Ord"), { kind: "transient" }],
		[
			"an error in XML",
			xml("<Error><Message>Plugin is disabled</Message></Error>"),
			{ kind: "permanent", code: "refused" },
		],
		["a list of JSON", new Response("[]"), { kind: "permanent", code: "unknown-answer" }],
	])("with status 200 and %s in place of orders are a fault", async (_, answer, fault) => {
		await start();
		store.quirks.answer = answer;
		expect(await faultOf(records())).toMatchObject(fault);
	});

	it("leave nothing of a shopper in what is kept of them, also where they are broken", async () => {
		await start();
		const recorder = memoryRecorder();
		const whole = "<Orders><Order><CustomerNotes><![CDATA[For Bo]]></CustomerNotes><ShipTo><Name>Bo Li</Name>";
		for (const text of [`${whole}</ShipTo></Order></Orders>`, `${whole}</ShipTo><ShipTo><Name><![CDATA[Eve`]) {
			store.quirks.answer = xml(text);
			await readAll(orders, open(recorder)).catch(() => {});
		}
		const kept = JSON.stringify(recorder.exchanges);
		expect(kept).toContain("ShipTo");
		expect(kept).not.toMatch(/Bo Li|For Bo|Eve/);
	});
});

describe("a notice to a custom store", () => {
	it("names the order in its address and tells what left in its body", async () => {
		await start();
		const value = message(store.place(), { trackingNumbers: ["1Z9", "1Z10"], cost: "7.12" });
		const written = await confirm.create(open(), { key: "k", value, attempt: 1 });
		expect(written).toMatchObject({ externalId: "S-1001/1Z9", existed: false });
		expect(store.notices).toMatchObject([
			{
				query: { order_number: "S-1001", carrier: "UPS", service: "Ground", tracking_number: "1Z9", store: "main" },
				body: {
					...{ OrderNumber: "S-1001", ShipDate: "03/23/2026", LabelCreateDate: "03/23/2026 21:09" },
					...{ TrackingNumber: "1Z9", ShippingCost: "7.12", NotesToCustomer: "More tracking numbers: 1Z10" },
					Items: { Item: { SKU: "TEE", Quantity: "2", LineItemID: "L1" } },
				},
			},
		]);
	});

	it("leaves out the id of a line that the store gave none", async () => {
		await start();
		const lines = [{ lineId: "#1", sku: "TEE", quantity: 2 }];
		await confirm.create(open(), { key: "k", value: message(store.place(), { lines }), attempt: 1 });
		expect(store.notices[0]?.body.Items).toEqual({ Item: { SKU: "TEE", Quantity: "2" } });
	});

	it("is not taken for another that was told before these goods left", async () => {
		await start();
		const number = store.place();
		await confirm.create(open(), { key: "a", value: message(number), attempt: 1 });
		const stored = store.orders.get(number);
		if (stored) stored.changedMs -= 10 * minuteMs;
		const second = message(number, { trackingNumbers: ["1Z77"], shippedAt: new Date() });
		expect(await confirm.find(open(), "b", second)).toBeNull();
		await confirm.create(open(), { key: "b", value: second, attempt: 2 });
		expect(store.notices.map(({ tracking }) => tracking)).toEqual(["1Z9", "1Z77"]);
		expect(await confirm.find(open(), "b", second)).toMatchObject({ existed: true });
	});

	it("for an order that the store does not know is refused with its words", async () => {
		await start();
		const fault = await faultOf(confirm.create(open(), { key: "k", value: message("NOPE"), attempt: 1 }));
		expect(fault).toMatchObject({
			kind: "permanent",
			code: "http-404",
			message: expect.stringMatching(/no such order/),
		});
	});
});
