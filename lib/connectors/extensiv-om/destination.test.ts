import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { DeliverableOrder } from "@/lib/canonical/deliverable-order";
import { shipment as canonicalShipment } from "@/lib/canonical/shipment";
import type { AnyReader } from "../kit/conform/bench";
import { hubShop, placeShipped, sampleOrder } from "./harness-destination";
import { extensivOm } from "./index";
import { type OmSandbox, startOmSandbox } from "./sandbox";
import { destination, faultOf, openOm, readFrom } from "./support";

const { orders, cancel } = destination;

let om: OmSandbox;
let at = Date.parse("2026-11-02T08:00:00Z");
beforeEach(async () => {
	om = await startOmSandbox({ quotas: false, now: () => new Date(at) });
});
afterEach(() => om.close());

const open = (more: Record<string, unknown> = {}) => openOm(om, more);
const read = (what: "shipments", more: Record<string, unknown> = {}) => readFrom(om, what, more);
const send = (value: DeliverableOrder, more: Record<string, unknown> = {}) =>
	orders.create(open(more), { key: value.number, value, attempt: 1 });

describe("an order sent to Order Manager", () => {
	it("is looked for before it is created, the first time too", async () => {
		const value = sampleOrder(om, 1);
		const first = await send(value);
		expect(await send(value)).toMatchObject({ externalId: first.externalId, existed: true, state: "open" });
		expect(om.store.created).toEqual(["SO-1"]);
	});

	it("carries address, lines and service in Order Manager's words", async () => {
		const { externalId } = await send({
			...sampleOrder(om, 1),
			extraFields: [{ name: "Custom field 2", value: "VIP" }],
		});
		expect(om.store.orders.get(Number(externalId))).toMatchObject({
			more: { shipCountry: "USA", requestedShippingService: "UPS Ground", customField2: "VIP", salesChannel: hubShop },
			items: [
				{ sku: "TEE", quantity: 2, price: 12.5 },
				{ sku: "MUG", quantity: 1 },
			],
		});
	});

	it("tells the notes of each line, and custom fields 1 to 3 alone", async () => {
		const sample = sampleOrder(om, 1);
		const lines = sample.lines.map((line, n) => ({ ...line, note: n === 0 ? "Engrave AB" : "" }));
		const extraFields = [
			{ name: "Custom field 3", value: "C" },
			{ name: "Season", value: "Winter" },
		];
		const { externalId } = await send({ ...sample, lines, extraFields });
		const { more } = om.store.orders.get(Number(externalId)) ?? {};
		expect(more).toMatchObject({ customField3: "C", itemNotes: ["Engrave AB", ""] });
		expect(JSON.stringify(more)).not.toContain("Winter");
	});

	it("Currency of sent orders: USD by default, and EUR where it is set", async () => {
		const money = (n: number) => om.store.orders.get(n)?.more.insuredValue;
		expect(money(Number((await send(sampleOrder(om, 1))).externalId))).toEqual({ amount: 0, currency: "USD" });
		const { externalId } = await send(sampleOrder(om, 2), { sentCurrency: "EUR" });
		expect(money(Number(externalId))).toEqual({ amount: 0, currency: "EUR" });
	});

	it("Sales channel for sent orders: an order goes to it, and is refused without one or with one that is not there", async () => {
		const value = sampleOrder(om, 1);
		expect(await faultOf(send(value, { salesChannel: "" }))).toMatchObject({ field: "salesChannel" });
		expect(await faultOf(send(value, { salesChannel: "Nowhere" }))).toMatchObject({ field: "salesChannel" });
		expect(await extensivOm.check(open({ salesChannel: "Nowhere" }))).toMatchObject({
			ok: false,
			field: "salesChannel",
		});
		const { externalId } = await send(value, { salesChannel: "wayfair" });
		expect(om.store.orders.get(Number(externalId))?.more.salesChannel).toMatchObject({ salesChannelId: 2 });
		// The same number in another channel is another order.
		expect(await send(value)).toMatchObject({ existed: false });
	});

	it("Warehouse name: a named warehouse is told, and without one Order Manager routes by itself", async () => {
		const { externalId } = await send(sampleOrder(om, 1), { warehouseName: "Own shelf" });
		expect(om.store.orders.get(Number(externalId))?.warehouseId).toBe(4);
	});

	it("Item codes are: with listing SKUs an order line finds its product through the listing", async () => {
		om.store.addListing("TEE", { salesChannelId: 5, listingSku: "HUB-TEE" });
		const value = { ...sampleOrder(om, 1), lines: [{ lineId: "a", sku: "HUB-TEE", quantity: 1 }] };
		expect(await faultOf(send(value))).toMatchObject({ kind: "permanent" });
		const { externalId } = await send(value, { itemCode: "listing" });
		expect(om.store.orders.get(Number(externalId))?.items).toMatchObject([{ sku: "TEE" }]);
	});

	it("Reason of cancellations: an order is cancelled with the one that is set", async () => {
		const { externalId } = await send(sampleOrder(om, 1));
		expect(await cancel.request(open(), externalId, "")).toEqual({ state: "accepted" });
		expect(om.store.orders.get(Number(externalId))?.cancelReason).toBe("BUYER_CANCELLED");
		const other = await send(sampleOrder(om, 2));
		await cancel.request(open({ cancelReason: "OTHER" }), other.externalId, "");
		expect(om.store.orders.get(Number(other.externalId))?.cancelReason).toBe("OTHER");
		expect(await orders.find(open(), "SO-1", sampleOrder(om, 1))).toMatchObject({ state: "canceled" });
	});

	it("that was split is cancelled with its parts, or not at all when one has shipped", async () => {
		const whole = await send(sampleOrder(om, 1));
		const parent = om.store.orders.get(Number(whole.externalId));
		const part = om.store.place({ lines: [{ sku: "MUG", quantity: 1 }], status: "AWAITING_SHIPMENT" });
		if (parent) parent.more.relatedOrderIds = [part.orderId];
		om.store.move(part, "SHIPPED");
		expect(await cancel.request(open(), whole.externalId, "")).toEqual({
			state: "refused",
			reason: "a part of it has shipped",
		});
		expect(parent?.status).toBe("AWAITING_SHIPMENT");
		om.store.move(part, "AWAITING_SHIPMENT");
		expect(await cancel.request(open(), whole.externalId, "")).toEqual({ state: "accepted" });
		expect([parent?.status, part.status]).toEqual(["CANCELLED", "CANCELLED"]);
	});
});

describe("a shipment of Order Manager", () => {
	it("holds every package with its number, the cost of all, and what was ordered", async () => {
		const boxes = [
			{ trackingNumber: "T1", cost: 5 },
			{ trackingNumber: "T2", cost: 2.12 },
		];
		const { orderId } = placeShipped(om, { boxes });
		const [shipment] = await read("shipments");
		expect(canonicalShipment.parse(shipment)).toMatchObject({
			externalId: String(orderId),
			orderExternalId: String(orderId),
			carrier: "UPS",
			cost: "7.12",
			lines: [{ sku: "TEE", quantity: 2 }],
			packages: [{ trackingNumber: "T1" }, { trackingNumber: "T2" }],
			final: true,
		});
	});

	it("of another sales channel is none of ours, and voided or returned packages are left out", async () => {
		placeShipped(om, { more: { salesChannel: { salesChannelId: 2, name: "Wayfair" } } });
		expect(await read("shipments")).toEqual([]);
		placeShipped(om);
		const last = om.store.shipments.at(-1);
		if (last) last.deliveryStatus = "VOIDED";
		expect(await read("shipments")).toMatchObject([{ packages: [] }]);
	});

	it("is asked for where the order does not hold it", async () => {
		placeShipped(om, { more: { shipments: null } });
		expect(await read("shipments")).toMatchObject([{ packages: [{ trackingNumber: "1Z5R89390357567127" }] }]);
	});

	it("Split order handling: of two parts one shipped, the cart is told of one at once, or of none until both", async () => {
		const first = placeShipped(om);
		const second = om.store.place({
			lines: [{ sku: "MUG", quantity: 1 }],
			number: `${first.orderNumber}-2`,
			more: { salesChannel: hubShop, relatedOrderIds: [first.orderId] },
		});
		first.more.relatedOrderIds = [second.orderId];
		expect(await read("shipments", { splitOrders: "immediately" })).toMatchObject([{ final: false }]);
		expect(await read("shipments", { splitOrders: "wait" })).toEqual([]);
		om.store.move(second, "SHIPPED");
		const whole = { orderExternalId: String(first.orderId), orderNumber: first.orderNumber, final: true };
		expect(await read("shipments", { splitOrders: "wait" })).toMatchObject([whole, whole]);
	});

	it("Split order handling: a last part that is cancelled lets the others go", async () => {
		const first = placeShipped(om);
		const second = om.store.place({ lines: [{ sku: "MUG", quantity: 1 }], more: { salesChannel: hubShop } });
		[first.more.relatedOrderIds, second.more.relatedOrderIds] = [[second.orderId], [first.orderId]];
		const context = open({ splitOrders: "wait" });
		let cursor: unknown = null;
		const once = async () => {
			const seen: string[] = [];
			const reader = destination.shipments as AnyReader;
			for await (const page of reader.read(context, { cursor })) {
				seen.push(...page.records.map(({ sourceId }) => sourceId));
				cursor = page.next;
			}
			return seen;
		};
		expect(await once()).toEqual([]);
		at += 3_600_000;
		om.store.cancel(second);
		expect(await once()).toEqual([String(first.orderId)]);
	});

	it("Between order number and part: a part is known by the number of its order", async () => {
		const part = placeShipped(om, { more: { orderNumber: "SO-9_2", relatedOrderIds: [1] } });
		expect(await read("shipments", { partSeparator: "_" })).toMatchObject([
			{ externalId: String(part.orderId), orderExternalId: "1", orderNumber: "SO-9" },
		]);
		expect(await read("shipments")).toMatchObject([{ orderNumber: "SO-9_2" }]);
	});

	it.each([
		["DYNAMEX", "DXABCD1234567"],
		["INTELCOM", "INTLCMI012345678"],
		["AMAZON", "TBA000000000000"],
		["PUROLATOR", "331234567898"],
		["UPS", "1Z5R89390357567127"],
		["OTHER_CARRIER", "NOBODYS-7"],
	])("Parse carrier fallback: OTHER_CARRIER is %s by the number %s", async (carrier, trackingNumber) => {
		placeShipped(om, { boxes: [{ trackingNumber, carrier: "OTHER_CARRIER" }] });
		expect(await read("shipments", { parseCarrier: true })).toMatchObject([{ carrier }]);
		expect(await read("shipments", { parseCarrier: false })).toMatchObject([{ carrier: "OTHER_CARRIER" }]);
	});

	it("Parse carrier fallback: a carrier that is named always wins", async () => {
		placeShipped(om, { boxes: [{ trackingNumber: "TBA000000000000", carrier: "DHL" }] });
		expect(await read("shipments", { parseCarrier: true })).toMatchObject([{ carrier: "DHL" }]);
	});

	it("Custom field that names the carrier: read only where the number does not tell it", async () => {
		const box = { carrier: "OTHER_CARRIER", trackingNumber: "NOBODYS-7" };
		placeShipped(om, { boxes: [box], more: { customField2: "Own van" } });
		const more = { parseCarrier: true, carrierField: "customField2" };
		expect(await read("shipments", more)).toMatchObject([{ carrier: "Own van" }]);
		placeShipped(om, { boxes: [{ ...box, trackingNumber: "TBA000000000000" }], more: { customField2: "Own van" } });
		expect(await read("shipments", more)).toMatchObject([{ carrier: "Own van" }, { carrier: "AMAZON" }]);
	});
});
