import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { receipt as canonicalReceipt } from "@/lib/canonical/purchase-order";
import { shipment as canonicalShipment } from "@/lib/canonical/shipment";
import { place, sampleOrder, samplePurchase } from "./harness";
import { type DeposcoSandbox, startDeposcoSandbox } from "./sandbox";
import { settings as schema } from "./settings";
import { destination, faultOf, openDeposco, readFrom } from "./support";

const { orders, cancel, purchaseOrders } = destination;
let wms: DeposcoSandbox;
beforeEach(async () => {
	wms = await startDeposcoSandbox();
});
afterEach(() => wms.close());

const generations = ["legacy", "latest"] as const;
type Generation = (typeof generations)[number];
const open = (generation: Generation, more: Record<string, unknown> = {}) => openDeposco(wms, generation, more);
const read = (
	generation: Generation,
	what: "shipments" | "receipts" | "inventory",
	more: Record<string, unknown> = {},
) => readFrom(wms, what, { generation, ...more });
const idOf = (generation: Generation, order: { id: number; number: string }) =>
	generation === "latest" ? String(order.id) : order.number;
async function sent(generation: Generation, more: Record<string, unknown> = {}, order = sampleOrder(wms, 1)) {
	await orders.create(open(generation, more), { key: order.number, value: order, attempt: 1 });
	return wms.store.orders.at(-1);
}

describe("custom fields of an order", () => {
	const withFields = (...names: string[]) => ({
		...sampleOrder(wms, 1),
		extraFields: names.map((name) => ({ name, value: `${name}!` })),
	});

	it("are those that version 2 has, and no other is sent", async () => {
		const order = await sent("latest", {}, withFields("customAttribute7", "otherReferenceNumber2", "Season"));
		expect(order?.sent).toMatchObject({
			customAttribute7: "customAttribute7!",
			otherReferenceNumber2: "otherReferenceNumber2!",
		});
		expect(order?.sent).not.toHaveProperty("Season");
	});

	it("are one in the integration API, and the others stop the order by name", async () => {
		const order = await sent("legacy", {}, withFields("otherReferenceNumber"));
		expect(order?.sent.otherReferenceNumber).toBe("otherReferenceNumber!");
		const attempt = { key: "SO-2", value: { ...withFields("customAttribute1"), number: "SO-2" }, attempt: 1 };
		const work = (async () => orders.create(open("legacy"), attempt))();
		expect(await faultOf(work)).toMatchObject({ kind: "permanent", field: "customFields" });
		expect(wms.store.created).not.toContain("SO-2");
	});

	it.each(generations)("a purchase order's order source is told by %s", async (generation) => {
		const value = { ...samplePurchase(wms, 1), orderSource: "Acme / transfer" };
		await purchaseOrders.create(open(generation), { key: value.number, value, attempt: 1 });
		expect(wms.store.orders.at(-1)?.sent.orderSource).toBe("Acme / transfer");
	});
});

describe.each(generations)("an order sent to Deposco by %s", (generation) => {
	it("Business unit: another one's order with the same number is not ours", async () => {
		const foreign = { kind: "Sales Order" as const, number: "SO-1", businessUnit: "OTHER", lines: [] };
		wms.store.place(foreign);
		expect(await orders.find(open(generation), "SO-1", sampleOrder(wms, 1))).toBeNull();
		await sent(generation);
		expect(wms.store.created).toEqual(["SO-1", "SO-1"]);
	});

	it("Status of new orders: New by default, Hold where it is set", async () => {
		expect((await sent(generation))?.status).toBe("New");
		expect((await sent(generation, { newOrderStatus: "Hold" }, sampleOrder(wms, 2)))?.status).toBe("Hold");
	});

	it("Order priority: 3 by default, and 0 to 5", async () => {
		expect((await sent(generation))?.sent.orderPriority).toBe(3);
		expect((await sent(generation, { orderPriority: 0 }, sampleOrder(wms, 2)))?.sent.orderPriority).toBe(0);
		expect(schema.safeParse({ ...wms[generation], orderPriority: 6 }).success).toBe(false);
	});

	it("Facility: orders leave it, and stock of others is not read", async () => {
		expect((await sent(generation))?.sent).not.toHaveProperty("shipFromFacility");
		const order = await sent(generation, { facility: "LAX" }, sampleOrder(wms, 2));
		expect(order?.sent.shipFromFacility).toBe("LAX");
		for (const facility of ["LAX", "JFK"]) wms.store.stock.push({ sku: "C100", facility, total: 5, allocated: 0 });
		expect(await read(generation, "inventory")).toHaveLength(2);
		expect(await read(generation, "inventory", { facility: "LAX" })).toMatchObject([{ location: "LAX" }]);
		expect((await destination.locations.list(open(generation))).map(({ externalId }) => externalId).sort()).toEqual([
			"JFK",
			"LAX",
		]);
	});

	it("Send notes: the shopper's note goes along unless it is off", async () => {
		expect(JSON.stringify((await sent(generation))?.sent)).toContain("Leave it at the door");
		const order = await sent(generation, { sendNotes: false }, sampleOrder(wms, 2));
		expect(JSON.stringify(order?.sent)).not.toContain("Leave it at the door");
	});

	it("with an item that the warehouse does not have is refused", async () => {
		const order = { ...sampleOrder(wms, 1), lines: [{ lineId: "l", sku: "NOPE", quantity: 1 }] };
		expect(await faultOf(sent(generation, {}, order))).toMatchObject({ kind: "permanent" });
	});

	it("that was cancelled before is found in its newest copy", async () => {
		const first = await sent(generation);
		if (first) await cancel.request(open(generation), idOf(generation, first), "");
		expect(first?.status).toBe("Canceled");
		const again = wms.store.place({ kind: "Sales Order", number: "SO-1", lines: [] });
		expect(await orders.find(open(generation), "SO-1", sampleOrder(wms, 1))).toMatchObject({
			externalId: idOf(generation, again),
			state: "open",
		});
	});
});

describe("an order sent to Deposco", () => {
	it("by version 2 keeps a long name whole, and leaves out a mail address that does not fit", async () => {
		const name = "Maximiliane Wolkenstein-Trostburg-von-der-Hohenburg";
		const value = sampleOrder(wms, 1);
		const shipTo = { ...value.shipTo, name, email: `${"e".repeat(50)}@example.test` };
		expect((await sent("latest", {}, { ...value, shipTo }))?.sent).toMatchObject({
			shipToContact: { firstName: "Maximiliane", lastName: "Wolkenstein-Trostburg-von-der-", email: "" },
			shipToAddress: { line3: "Example & Daughters", line4: name },
		});
	});

	it("by the integration API is refused inside an answer of 200 when its number is taken, and then found", async () => {
		const context = open("legacy");
		const write = { key: "SO-1", value: sampleOrder(wms, 1), attempt: 1 };
		const [one, two] = await Promise.all([orders.create(context, write), orders.create(context, write)]);
		expect([one.existed, two.existed].sort()).toEqual([false, true]);
		expect(wms.store.created).toEqual(["SO-1"]);
	});

	it("Pack: the integration API is told the name of the pack, and refuses one it does not know", async () => {
		expect(JSON.stringify((await sent("legacy"))?.sent)).toContain('"type":"Each"');
		expect(await faultOf(sent("legacy", { packType: "Crate" }, sampleOrder(wms, 2)))).toMatchObject({
			kind: "permanent",
		});
	});

	it("Status that cancels: the integration API is told it", async () => {
		const order = place(wms);
		const wrong = await cancel.request(open("legacy", { canceledStatus: "Gone" }), order.number, "");
		expect([wrong.state, order.status]).toEqual(["refused", "New"]);
		expect(await cancel.request(open("legacy"), order.number, "")).toEqual({ state: "accepted" });
	});

	it("by version 2 is cancelled with all its lines, however many", async () => {
		const lines = Array.from({ length: 60 }, (_, n) => ({ sku: `C${n}`, quantity: 1 }));
		const order = place(wms, "Sales Order", lines);
		expect(await cancel.request(open("latest"), String(order.id), "")).toEqual({ state: "accepted" });
		expect(order.status).toBe("Canceled");
	});
});

describe.each(generations)("a shipment of Deposco by %s", (generation) => {
	it("carries tracking, carrier and shipping cost", async () => {
		const order = place(wms);
		wms.store.ship(order);
		const [shipment] = await read(generation, "shipments");
		expect(canonicalShipment.parse(shipment)).toMatchObject({
			orderExternalId: idOf(generation, order),
			carrier: "UPS",
			service: "Ground",
			cost: "7.12",
			lines: [{ sku: "C100", quantity: 10 }],
			packages: [{ trackingNumber: "1Z5R89390357567127" }],
			final: true,
		});
	});

	it("counts units, not packs, and is none when only its label was made", async () => {
		wms.store.ship(place(wms), { lines: [{ sku: "C100", shipped: 2, pack: 6 }] });
		wms.store.ship(place(wms), { lines: [{ sku: "C100", shipped: 0 }] });
		wms.store.ship(place(wms), { status: "Rolled Back" });
		expect(await read(generation, "shipments")).toMatchObject([{ lines: [{ quantity: 12 }] }]);
	});

	it("Close orders that shipped short: an order that is complete there is closed here, unless it is off", async () => {
		const order = place(wms);
		wms.store.ship(order, { lines: [{ sku: "C100", shipped: 9 }] });
		expect(await read(generation, "shipments")).toMatchObject([{ final: false }]);
		order.status = "Ship Complete";
		expect(await read(generation, "shipments")).toMatchObject([{ final: true }]);
		expect(await read(generation, "shipments", { askOrderState: false })).toMatchObject([{ final: false }]);
	});

	it("Units that may be sold: available to promise 12, unallocated 6 of 10", async () => {
		wms.store.stock.push({ sku: "C100", facility: "LAX", total: 10, allocated: 4, promise: 12 });
		expect(await read(generation, "inventory")).toMatchObject([{ available: 12, onHand: 10, locked: 4 }]);
		expect(await read(generation, "inventory", { stockField: "unallocated" })).toMatchObject([{ available: 6 }]);
	});
});

describe("a shipment of Deposco", () => {
	it("by version 2 with more than ten lines is read whole", async () => {
		const lines = Array.from({ length: 40 }, (_, n) => ({ sku: `C${n}`, quantity: 1 }));
		wms.store.ship(place(wms, "Sales Order", lines));
		const [shipment] = await read("latest", "shipments");
		expect(shipment?.lines).toHaveLength(40);
	});

	it("by version 2 has an address only where that holds the number", async () => {
		const boxes = [{ trackingNumber: "T1" }];
		wms.store.ship(place(wms), { boxes });
		wms.store.ship(place(wms), { boxes, trackingUrl: "https://tracking.example.test/T1" });
		const urls = (await read("latest", "shipments")).map(({ packages }) => JSON.stringify(packages).includes("http"));
		expect(urls).toEqual([false, true]);
	});

	it("Read shipments by: the time of their last change, or of their departure", async () => {
		const early = new Date(Date.now() - 7_200_000);
		wms.store.ship(place(wms), { shippedMs: early.getTime() });
		const from = new Date(Date.now() - 3_600_000);
		expect(await read("latest", "shipments", { from })).toHaveLength(1);
		expect(await read("latest", "shipments", { from, readShipmentsBy: "shippedAfter" })).toEqual([]);
	});

	it("Time zone of the warehouse's times: 17:00 in Denver is midnight in UTC", async () => {
		const at = Date.parse("2026-11-02T17:00:00Z");
		wms.store.ship(place(wms), { shippedMs: at, updatedMs: at });
		const [shipment] = await read("legacy", "shipments", { timeZone: "America/Denver" });
		expect(shipment?.shippedAt).toEqual(new Date("2026-11-03T00:00:00Z"));
	});

	it("Name of the time filter: where it is another, nothing older than asked for is told again", async () => {
		const hour = 3_600_000;
		wms.store.ship(place(wms), { updatedMs: Date.now() - 3 * hour, shippedMs: Date.now() - 3 * hour });
		const from = new Date(Date.now() - hour);
		for (const sinceParameter of ["startActivityTime", "since", ""])
			expect(await read("legacy", "shipments", { sinceParameter, from })).toEqual([]);
	});
});

describe.each(generations)("a purchase order at Deposco by %s", (generation) => {
	it("is sent, received in part and then in full, line by line", async () => {
		const value = samplePurchase(wms, 1);
		const { externalId } = await purchaseOrders.create(open(generation), { key: "PO-1", value, attempt: 1 });
		const [order] = wms.store.orders;
		if (!order) throw new Error("there is no purchase order");
		wms.store.receive(order, { quantity: 4 });
		const [first] = await read(generation, "receipts");
		expect(canonicalReceipt.parse(first)).toMatchObject({
			purchaseOrderExternalId: externalId,
			purchaseOrderNumber: "PO-1",
			lines: [{ lineId: "p1-0", sku: "R-0", quantity: 4 }],
		});
		wms.store.receive(order, { quantity: 6 });
		wms.store.receive(order, { line: 1, quantity: 10 });
		const all = (await read(generation, "receipts")).flatMap(({ lines }) => lines);
		expect(all).toMatchObject([
			{ lineId: "p1-0", quantity: 4 },
			{ lineId: "p1-0", quantity: 6 },
			{ lineId: "p1-1", quantity: 10 },
		]);
	});

	it("Count damaged units as received: 8 good and 2 damaged are 8 without it and 10 with it", async () => {
		wms.store.receive(place(wms, "Purchase Order"), { quantity: 8, damaged: 2 });
		const units = async (more: object) => (await read(generation, "receipts", { ...more })).map(({ lines }) => lines);
		expect(await units({})).toMatchObject([[{ quantity: 8 }]]);
		expect(await units({ countDamaged: true })).toMatchObject([[{ quantity: 10 }]]);
	});

	it("whose receipt was cancelled tells nothing of it", async () => {
		wms.store.receive(place(wms, "Purchase Order"), { quantity: 8 }).status = "Canceled";
		expect(await read(generation, "receipts")).toEqual([]);
	});
});

it("a purchase order of 250 lines goes to version 2 in calls of 100, and is completed after a cut", async () => {
	const value = samplePurchase(wms, 1, 250);
	const write = { key: "PO-1", value, attempt: 1 };
	let posts = 0;
	const third = (call: { method: string; path: string }) =>
		call.method === "POST" && call.path.endsWith("/purchaseOrders") && ++posts === 3;
	wms.faults.add({ match: third, fault: { kind: "reset", when: "before" } });
	expect(await faultOf(purchaseOrders.create(open("latest"), write))).toMatchObject({ kind: "transient" });
	expect(wms.store.orders[0]?.lines).toHaveLength(200);
	expect(await purchaseOrders.find(open("latest"), "PO-1", value)).toBeNull();
	await purchaseOrders.create(open("latest"), { ...write, attempt: 2 });
	expect(wms.store.orders.map(({ lines }) => lines.length)).toEqual([250]);
});
