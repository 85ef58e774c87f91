/** Tells the conformance suite how to make things happen in the house-made shop. */
import fc from "fast-check";
import type { Clock, Harness, ReaderRig, Rig } from "../conform/harness";
import { rowsRig, shopper } from "./harness-warehouse";
import type { Dialect } from "./sandbox";
import { type Shop, startShop } from "./sandbox-shop";

let made = 0;
/** An order as the shop lists it, in snake_case. */
export function placeOrder({ orders }: Shop, clock: Pick<Clock, "now">, more: Record<string, unknown> = {}): string {
	const id = `O${String(++made).padStart(6, "0")}`;
	const at = clock.now().toISOString();
	const record = {
		...{ id, order_number: `N-${id}`, status: "paid", created_at: at, updated_at: at, currency: "usd", total: 25 },
		ship_to: {
			...{ name: shopper.name, company: shopper.company, address1: shopper.line1, address2: shopper.line2 },
			...{ city: "Reno", region: "NV", postal_code: "89501", country: "us", phone: shopper.phone },
		},
		customer: { email: shopper.email },
		shipping: { code: "ground", name: "Ground" },
		items: [{ id: `${id}a`, sku: "TEE", name: "Tee", quantity: "2", unit_price: 12.5 }],
		tags: ["first"],
		...more,
	};
	orders.set(id, { record });
	return id;
}

function orderRig(shop: Shop, clock: Clock, status: string): ReaderRig {
	const text = fc.string({ unit: "grapheme", maxLength: 40 });
	const code = fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength: 20 }).map((value) => value.trim() || "x");
	const line = fc.record({
		sku: code,
		name: text,
		quantity: fc.integer({ min: 1, max: 9999 }),
		unit_price: fc.integer({ min: 0, max: 10_000_000 }).map((cents) => cents / 100),
	});
	return rowsRig(shop.orders, 220, {
		missing: "no-such-order",
		seed: async (count) =>
			Array.from({ length: count }, () => {
				clock.advance(1000);
				return placeOrder(shop, clock, { status });
			}),
		touch: (id) => {
			const row = shop.orders.get(id);
			if (row) row.record.updated_at = clock.now().toISOString();
		},
		generated: fc
			.record({
				order_number: code,
				note: fc.option(text),
				total: fc.integer({ min: 0, max: 10_000_000 }).map((cents) => cents / 100),
				currency: fc.constantFrom("USD", "eur", "JPY"),
				ship_to: fc.record({
					name: text.map((value) => `A ${value}`),
					address1: text.map((value) => `1 ${value}`),
					country: fc.constantFrom("US", "de", "JP"),
				}),
				items: fc.array(line, { minLength: 1, maxLength: 5 }),
			})
			.map((more) => () => placeOrder(shop, clock, { status, ...more })),
	});
}

function cancelRig(shop: Shop, clock: Clock): ReaderRig {
	const { generated: _, ...rig } = orderRig(shop, clock, "canceled");
	return {
		...rig,
		// Of a canceled order only the time and the reason are read.
		spoil: (id) => {
			const row = shop.orders.get(id);
			if (row) row.malformed = { ...row.record, updated_at: "some day" };
		},
	};
}

function productRig({ products }: Shop): ReaderRig {
	let items = 0;
	return rowsRig(products, 220, {
		seed: async (count) =>
			Array.from({ length: count }, () => {
				const id = `P${++items}`;
				products.set(id, { record: { id, sku: `SKU-${items}`, name: `Item ${items}` } });
				return id;
			}),
	});
}

interface Options {
	dialect: Partial<Dialect>;
	settings: (api: string, server: string) => Record<string, unknown>;
	wrong: Record<string, unknown>;
}

export function shopHarness({ dialect, settings, wrong }: Options): Harness {
	const isOauth = dialect.access?.scheme === "oauth";
	return {
		tokens: isOauth,
		whole: ["source.products"],
		async start(clock): Promise<Rig> {
			const sandbox = await startShop(dialect);
			for (const sku of ["TEE", "MUG"]) sandbox.stock.set(sku, 0);
			return {
				sandbox,
				settings: settings(sandbox.api, sandbox.url),
				wrong,
				personal: [shopper.name, shopper.company, shopper.line1, shopper.line2, shopper.phone, shopper.email],
				isTokenCall: (call) => call.path === "/token",
				...(isOauth && { tokens: { expire: sandbox.expireTokens, given: sandbox.tokensGiven } }),
				readers: {
					"source.orders": orderRig(sandbox, clock, "paid"),
					"source.cancellations": cancelRig(sandbox, clock),
					"source.products": productRig(sandbox),
				},
				creators: {
					"source.confirm": {
						async sample(n) {
							const orderSourceId = placeOrder(sandbox, clock);
							const lines = [{ lineId: `${orderSourceId}a`, sku: "TEE", quantity: 2 }];
							const shippedAt = clock.now();
							const how = { carrier: "UPS", service: "Ground", trackingNumbers: ["1Z"], shippedAt };
							return { key: `shp_${n}`, value: { orderSourceId, ...how, lines } };
						},
						count: (key) => sandbox.ledger.filter((reference) => reference === key).length,
						isCreate: (call) => call.method === "POST" && call.path.endsWith("/shipments"),
					},
				},
				setters: {
					"source.inventory": {
						good: (n) => ({ sku: n % 2 ? "TEE" : "MUG", quantity: 7 }),
						unknown: (n) => ({ sku: `NOPE-${n}`, quantity: 1 }),
						holds: ({ sku, quantity }) => sandbox.stock.get(sku) === quantity,
					},
				},
			};
		},
	};
}
