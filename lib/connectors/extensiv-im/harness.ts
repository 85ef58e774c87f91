/** Tells the conformance suite how to make things happen in the fake Integration Manager. */
import fc from "fast-check";
import type { DeliverableOrder } from "@/lib/canonical/deliverable-order";
import type { ConfirmationMessage } from "@/lib/canonical/shipment";
import type { Clock, CreatorRig, Harness, ReaderRig } from "../kit/conform/harness";
import { type ImSandbox, startImSandbox } from "./sandbox";
import type { Kept } from "./sandbox/store";

const shopper = {
	ship_first_name: "Ann",
	ship_last_name: "Sample-Example",
	ship_company: "Sample Works",
	ship_address_1: "1 Main St",
	ship_zip: "89501-7755",
	ship_phone: "7755550101",
	ship_e_mail: "ann@example.test",
};
const body = (ref: string, more: object = {}) => ({
	cust_ref: ref,
	cust_po_no: `SHOP-${ref}`,
	order_source: "Webshop",
	order_date: "2026-11-01",
	...shopper,
	ship_city: "Reno",
	ship_state: "NV",
	ship_country: "US",
	carrier: "UPS",
	ship_code: "03",
	currency_code: "USD",
	items: [{ line_no: 1, item: "TEE", quantity: 2, price: "12.5", line_item_id: `${ref}-a`, Description: "Tee" }],
	...more,
});

let orders = 0;
const nextRef = () => `R-${++orders}`;

function orderRig({ store }: ImSandbox, clock: Clock, status: "new" | "canceled"): ReaderRig {
	const add = (more: object = {}) => {
		const ref = nextRef();
		store.create(body(ref, more));
		if (status === "canceled") store.move(ref, "canceled");
		return ref;
	};
	const text = fc.string({ unit: "grapheme", maxLength: 40 });
	const price = fc.integer({ min: 0, max: 10_000_000 }).map((cents) => (cents / 100).toFixed(2));
	const line = fc.record({
		item: fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength: 20 }).map((value) => value.trim() || "x"),
		quantity: fc.integer({ min: 1, max: 9999 }),
		price: fc.oneof(price, price.map(Number)),
		Description: fc.option(text),
	});
	return {
		threePages: 250,
		missing: "no-such-order",
		seed: async (count) =>
			Array.from({ length: count }, () => {
				clock.advance(1000);
				return add();
			}),
		spoil: (id) => {
			store.must(id).malformed = { cust_ref: id, items: 7, order_status: [] };
		},
		replace: (id, change) => {
			store.must(id).malformed = change(store.must(id).order);
		},
		...(status === "new" && {
			generated: fc
				.record({
					cust_po_no: fc.option(text),
					gift_message: fc.option(text),
					shipping_instructions: text,
					grand_total: fc.oneof(price, fc.constant("")),
					currency_code: fc.constantFrom("USD", "eur", ""),
					ship_country: fc.constantFrom("US", "USA", "de", "JPN"),
					extra_fields: fc.constantFrom({}, { color: "red" }),
					custom_field_1: fc.option(text),
					items: fc.array(line, { minLength: 1, maxLength: 5 }),
				})
				.map((made) => () => add(made)),
		}),
	};
}

function shipmentRig({ store }: ImSandbox, clock: Clock): ReaderRig {
	let boxes = 0;
	const add = (more: object = {}, status = "shipped") => {
		const ref = nextRef();
		const tracking = `1Z${++boxes}`;
		store.create(body(ref));
		const items = [{ item: "TEE", quantity: "2", carton_code: null, carton_num: "1" }];
		store.ship(ref, [{ carrier: "UPS", method: "03", tracking_no: tracking, items, ...more }], status);
		return `${ref}/${tracking}`;
	};
	const orderOf = (id: string): Kept => store.must(id.split("/")[0] ?? "");
	const text = fc.string({ unit: "grapheme", maxLength: 30 });
	return {
		threePages: 250,
		seed: async (count) =>
			Array.from({ length: count }, () => {
				clock.advance(1000);
				return add();
			}),
		touch: (id) => {
			// More of it left: the order is listed again.
			store.move(orderOf(id).order.cust_ref, "shipped");
		},
		spoil: (id) => {
			const kept = orderOf(id);
			kept.malformed = { ...kept.order, shipments: [{ tracking_no: id.split("/")[1], items: "none" }] };
		},
		replace: (id, change) => {
			orderOf(id).malformed = change(orderOf(id).order);
		},
		generated: fc
			.record({
				status: fc.constantFrom("partial", "shipped", "confirmed"),
				box: fc.record({
					carrier: text,
					method: fc.option(text),
					total_cost: fc.constantFrom("7.12", "", null, "0.00", 3.5),
					package_weight_lbs: fc.constantFrom("1.20", null, "0"),
					date: fc.constantFrom("2026-10-30T17:02:11+00:00", "", null),
				}),
			})
			.map(
				({ status, box }) =>
					() =>
						add(box, status),
			),
	};
}

function stockRig({ store }: ImSandbox, isLevel: boolean): ReaderRig {
	let made = 0;
	const add = (more: object = {}) => {
		const sku = `S-${++made}`;
		const figures = { qty_available: "5", qty_on_hand: "7", wms_datetime: "2026-11-02T07:00:00+00:00" };
		const warehouses = { "2352": { warehouse: "EAST", ...figures } };
		store.stock.set(sku, { row: { sku, ...figures, aliases: [], warehouses, ...more } });
		return isLevel ? `2352/${sku}` : sku;
	};
	const rowOf = (id: string) => {
		const found = store.stock.get(isLevel ? id.slice(5) : id);
		if (!found) throw new Error(`there is no stock ${id}`);
		return found;
	};
	return {
		threePages: 520,
		seed: async (count) => Array.from({ length: count }, () => add()),
		spoil: (id) => {
			const { row } = rowOf(id);
			const figures = { warehouse: "EAST", qty_available: "five", qty_on_hand: "" };
			rowOf(id).malformed = isLevel ? { ...row, warehouses: { "2352": figures } } : { ...row, warehouses: 7 };
		},
		replace: (id, change) => {
			rowOf(id).malformed = change(rowOf(id).row);
		},
	};
}

function orderCreator({ store }: ImSandbox): CreatorRig<DeliverableOrder> {
	return {
		async sample(n) {
			const value: DeliverableOrder = {
				number: `D-${n}`,
				sourceNumber: `SHOP-${n}`,
				orderSource: "Webshop",
				shipTo: {
					name: `${shopper.ship_first_name} ${shopper.ship_last_name}`,
					company: shopper.ship_company,
					line1: shopper.ship_address_1,
					line2: "",
					city: "Reno",
					region: "NV",
					postalCode: shopper.ship_zip,
					country: "US",
					phone: shopper.ship_phone,
					email: shopper.ship_e_mail,
				},
				shipMethod: { carrier: "UPS", service: "03" },
				lines: [{ lineId: "lin_1", sku: "TEE", quantity: 2, unitPrice: "12.50" }],
				note: "",
				giftMessage: "",
			};
			return { key: value.number, value };
		},
		count: (key) => store.ledger.filter((one) => one.kind === "order" && one.key === key).length,
		isCreate: (call) => call.method === "POST" && call.path.endsWith("/cart/orders/cartrover"),
	};
}

function confirmCreator({ store }: ImSandbox, clock: Clock): CreatorRig<ConfirmationMessage> {
	return {
		async sample(n) {
			const ref = nextRef();
			store.create(body(ref));
			const lines = [{ lineId: `${ref}-a`, sku: "TEE", quantity: 2 }];
			const about = { carrier: "UPS", service: "Ground", trackingNumbers: [`1ZC${n}`], shippedAt: clock.now() };
			return { key: `shp_${n}/0`, value: { orderSourceId: ref, ...about, lines } };
		},
		count: (key) => store.ledger.filter((one) => one.kind === "shipment" && one.key === key).length,
		isCreate: (call) => call.method === "POST" && call.path.includes("/wms/orders/update/"),
	};
}

export const harness: Harness = {
	whole: ["source.products", "destination.inventory", "destination.products"],
	async start(clock) {
		const sandbox = await startImSandbox({ now: clock.now });
		const { store } = sandbox;
		const place = (status: string) => {
			const ref = nextRef();
			store.create(body(ref));
			store.move(ref, status);
			return ref;
		};
		return {
			sandbox,
			settings: sandbox.settings,
			wrong: { apiKey: "another-key-0123456789" },
			personal: Object.values(shopper),
			readers: {
				"source.orders": orderRig(sandbox, clock, "new"),
				"source.cancellations": orderRig(sandbox, clock, "canceled"),
				"source.products": stockRig(sandbox, false),
				"destination.shipments": shipmentRig(sandbox, clock),
				"destination.inventory": stockRig(sandbox, true),
				"destination.products": stockRig(sandbox, false),
			},
			creators: {
				"destination.orders": orderCreator(sandbox),
				"source.confirm": confirmCreator(sandbox, clock),
			},
			setters: {
				"source.inventory": {
					good: (n) => {
						store.stock.set(`G-${n}`, { row: { sku: `G-${n}`, qty_available: "0", qty_on_hand: "0", aliases: [] } });
						return { sku: `G-${n}`, quantity: 7 };
					},
					unknown: (n) => ({ sku: `NOPE-${n}`, quantity: 1 }),
					holds: ({ sku, quantity }) => store.stock.get(sku)?.row.qty_available === quantity,
				},
				"source.acknowledge": {
					good: () => ({ sourceId: place("new") }),
					unknown: (n) => ({ sourceId: `NOPE-${n}` }),
					holds: ({ sourceId }) => store.must(sourceId).order.order_status === "at_wms",
				},
			},
			cancel: {
				open: async () => place("new"),
				gone: async () => place("shipped"),
				isCanceled: (ref) => store.must(ref).order.order_status === "canceled",
			},
		};
	},
};
