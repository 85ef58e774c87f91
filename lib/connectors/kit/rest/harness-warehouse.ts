/** Tells the conformance suite how to make things happen in the house-made warehouse. */
import fc from "fast-check";
import type { Product } from "@/lib/canonical/catalogue";
import type { DeliverableOrder } from "@/lib/canonical/deliverable-order";
import type { Clock, Harness, ReaderRig, Rig } from "../conform/harness";
import type { Dialect, Row } from "./sandbox";
import { startWarehouse, type Warehouse } from "./sandbox-warehouse";

export const shopper = {
	name: "Ann Example",
	company: "Example & Daughters",
	line1: "1 Main St",
	line2: "Apt 9",
	city: "Reno",
	region: "NV",
	postalCode: "89501",
	country: "US",
	phone: "7755550101",
	email: "ann@example.test",
};

function sampleProduct(sku: string): Product {
	const measures = [{ weight: 1.25, length: 10, width: 5, height: 2, massUnit: "kg", lengthUnit: "cm" } as const];
	return { sku, name: "New item", externalId: "", aliases: [{ name: "UPC", code: "0123" }], measures, active: true };
}

export function sampleOrder(number: string): DeliverableOrder {
	return {
		number,
		sourceNumber: number,
		orderSource: "Shop",
		shipTo: shopper,
		shipMethod: { carrier: "UPS", service: "Ground" },
		lines: [
			{ lineId: `${number}a`, sku: "TEE", quantity: 2, unitPrice: "12.50" },
			{ lineId: `${number}b`, sku: "MUG", quantity: 1 },
		],
		note: "Leave it at the door",
		giftMessage: "",
	};
}

/** A rig over rows that the sandbox lists as they are, or spoiled. */
export function rowsRig(
	rows: Map<string, Row>,
	threePages: number,
	more: Omit<ReaderRig, "threePages" | "spoil" | "replace">,
): ReaderRig {
	const of = (id: string): Row => {
		const row = rows.get(id);
		if (!row) throw new Error(`there is no ${id}`);
		return row;
	};
	return {
		threePages,
		replace: (id, change) => {
			of(id).malformed = change(of(id).record);
		},
		spoil: (id) => {
			of(id).malformed = {
				...of(id).record,
				items: "none",
				available: "few",
				sku: of(id).record.id ? null : of(id).record.sku,
			};
		},
		...more,
	};
}

function shipmentRig({ shipments }: Warehouse, clock: Clock): ReaderRig {
	let made = 0;
	const text = fc.string({ unit: "grapheme", maxLength: 30 });
	const add = (more: Record<string, unknown> = {}) => {
		const id = `S${String(++made).padStart(5, "0")}`;
		const at = clock.now().toISOString();
		const items = [{ line_id: `${id}a`, sku: "TEE", quantity: 2 }];
		const record = {
			id,
			order_id: `W${made}`,
			order_number: `N${made}`,
			carrier: "UPS",
			shipped_at: at,
			updated_at: at,
		};
		shipments.set(id, { record: { ...record, tracking_number: "1Z", items, ...more } });
		return id;
	};
	return rowsRig(shipments, 220, {
		seed: async (count) =>
			Array.from({ length: count }, () => {
				clock.advance(1000);
				return add();
			}),
		touch: (id) => {
			const row = shipments.get(id);
			if (row) row.record.updated_at = clock.now().toISOString();
		},
		generated: fc
			.record({
				carrier: text,
				service: fc.option(text),
				shipping_cost: fc.option(fc.integer({ min: 0, max: 1_000_000 }).map((cents) => cents / 100)),
				order_complete: fc.boolean(),
				items: fc.array(fc.record({ line_id: text, sku: text, quantity: fc.integer({ min: 1, max: 999 }) }), {
					maxLength: 4,
				}),
				packages: fc.array(
					fc.record({
						id: fc.integer(),
						tracking_number: text,
						weight: fc.option(fc.double({ min: 0, max: 999, noNaN: true })),
						items: fc.array(fc.record({ sku: text, quantity: fc.integer({ min: 1, max: 9 }) }), { maxLength: 2 }),
					}),
					{ maxLength: 3 },
				),
			})
			.map((more) => () => add(more)),
	});
}

function stockRig({ stock }: Warehouse): ReaderRig {
	let made = 0;
	const count = fc.integer({ min: -5, max: 1_000_000 });
	const add = (location: string, levels: Record<string, unknown> = { available: 5, on_hand: 7, reserved: 2 }) => {
		const sku = `S-${++made}`;
		stock.set(`${location}/${sku}`, { record: { sku, location, ...levels } });
		return `${location}/${sku}`;
	};
	return rowsRig(stock, 220, {
		seed: async (total) => Array.from({ length: total }, () => add("main")),
		generated: fc
			.record({ available: count, on_hand: count, reserved: fc.option(count), incoming: fc.option(count) })
			.map((levels) => () => add("annex", levels)),
	});
}

function productRig({ products }: Warehouse): ReaderRig {
	let made = 0;
	return rowsRig(products, 220, {
		seed: async (count) =>
			Array.from({ length: count }, () => {
				const id = `P${++made}`;
				products.set(id, { record: { id, sku: `SKU-${made}`, name: `Item ${made}` } });
				return id;
			}),
	});
}

interface Options {
	dialect: Partial<Dialect> & { refusesDoubles?: boolean };
	settings: (api: string, server: string) => Record<string, unknown>;
	wrong: Record<string, unknown>;
}

export function warehouseHarness({ dialect, settings, wrong }: Options): Harness {
	const isOauth = dialect.access?.scheme === "oauth";
	return {
		tokens: isOauth,
		whole: ["destination.inventory", "destination.products"],
		async start(clock): Promise<Rig> {
			const sandbox = await startWarehouse(dialect);
			const of = (id: string) => sandbox.orders.find((order) => order.id === id);
			let open = 0;
			const place = () => sandbox.add(`open-${++open}`).id;
			return {
				sandbox,
				settings: { newProductPath: "/products", ...settings(sandbox.api, sandbox.url) },
				wrong,
				personal: [shopper.name, shopper.company, shopper.line1, shopper.line2, shopper.phone, shopper.email],
				isTokenCall: (call) => call.path === "/token",
				...(isOauth && { tokens: { expire: sandbox.expireTokens, given: sandbox.tokensGiven } }),
				readers: {
					"destination.shipments": shipmentRig(sandbox, clock),
					"destination.inventory": stockRig(sandbox),
					"destination.products": productRig(sandbox),
				},
				creators: {
					"destination.orders": {
						sample: async (n) => ({ key: `SO-${n}`, value: sampleOrder(`SO-${n}`) }),
						count: (key) => sandbox.ledger.filter((number) => number === key).length,
						isCreate: (call) => call.method === "POST" && call.path.endsWith("/orders"),
					},
					"destination.products.add": {
						sample: async (n) => ({ key: `NEW-${n}`, value: sampleProduct(`NEW-${n}`) }),
						count: (key) => [...sandbox.products.values()].filter(({ record }) => record.sku === key).length,
						isCreate: (call) => call.method === "POST" && call.path.endsWith("/products"),
					},
				},
				cancel: {
					open: async () => place(),
					async gone() {
						const id = place();
						const order = of(id);
						if (order) order.status = "shipped";
						return id;
					},
					isCanceled: (id) => of(id)?.status === "canceled",
				},
			};
		},
	};
}
