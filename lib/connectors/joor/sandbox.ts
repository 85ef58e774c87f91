/**
 * JOOR on loopback: a token of its own kind, lists by position of at most fifty, dates both or none, and a mark on
 * every order that was read with sync. The fields of an order are as we infer them.
 */
import type { Context, Hono } from "hono";
import { z } from "zod";
import { type RunningSandbox, type SandboxEnv, startSandboxServer } from "../kit/sandbox-server";

export interface StoredJoorOrder {
	id: string;
	kind: string;
	changedMs: number;
	exported: boolean;
	raw: Record<string, unknown>;
	change?: ((raw: unknown) => unknown) | undefined;
}
export interface JoorSandbox extends RunningSandbox {
	orders: StoredJoorOrder[];
	/** Units by item code and warehouse; only what is here may be written. */
	stock: Map<string, number>;
	/** The body of the last upload, and how its call was asked. */
	uploads: { query: string; body: unknown }[];
	settings: Record<string, unknown>;
	place(more?: Record<string, unknown>, kind?: string): StoredJoorOrder;
}

const token = "c2FuZGJveC1qb29yLXRva2Vu";
/** Which kinds of orders a number asks for. */
const asked: Record<string, string[]> = {
	"1": ["1"],
	"2": ["6", "7"],
	"3": ["3"],
	"4": ["1", "3", "6", "7"],
	"5": ["5"],
	"6": ["6"],
	"7": ["7"],
	"8": ["1", "3", "5", "6", "7"],
};
const upload = z.strictObject({
	inventory_items: z.strictObject({
		inventory_item: z
			.array(
				z.strictObject({
					warehouse: z.literal("NJ"),
					inventory_date: z.iso.date(),
					upc: z.string().optional(),
					style_number: z.string().optional(),
					color_code: z.string().optional(),
					size: z.string().optional(),
					inventory: z.int().nonnegative(),
				}),
			)
			.min(1),
	}),
});

export async function startJoorSandbox(
	options: { port?: number; seed?: number; now?: () => Date } = {},
): Promise<JoorSandbox> {
	const now = options.now ?? (() => new Date());
	const orders: StoredJoorOrder[] = [];
	const stock = new Map<string, number>();
	const uploads: JoorSandbox["uploads"] = [];
	const server = await startSandboxServer((app) => {
		app.use(async (context, next) =>
			context.req.header("authorization") === `OAuth2 ${token}`
				? next()
				: context.json({ message: "Invalid token" }, 401),
		);
		orderRoutes(app, orders);
		app.post("/v2/bulk-inventory", async (context) => {
			const { overwrite = "", dec_pending = "" } = context.req.query();
			const given = upload.safeParse(await context.req.json().catch(() => null));
			if (!given.success || overwrite !== "1" || !/^[01]$/.test(dec_pending))
				return context.json({ message: given.error?.issues[0]?.message ?? "malformed" }, 400);
			uploads.push({ query: new URL(context.req.url).search, body: given.data });
			const log = given.data.inventory_items.inventory_item.flatMap((one, n) => {
				const sku = one.upc ?? [one.style_number, one.color_code, one.size].filter(Boolean).join("-");
				if (sku === "BAD") return [{ sku, inventory_log_id: n, status: "failed: style is deleted" }];
				if (!stock.has(sku)) return [];
				stock.set(sku, one.inventory);
				return [{ sku, inventory_log_id: n, status: "queued" }];
			});
			return context.json({ sku_count: log.length, inventory_log: log });
		});
	}, options);
	let count = 0;
	const url = `${server.url}/v2`;
	return {
		...server,
		orders,
		stock,
		uploads,
		settings: { token, apiUrl: url, sandboxUrl: url, warehouseCode: "NJ" },
		place(more = {}, kind = "6") {
			const changedMs = Math.floor(now().getTime() / 1000) * 1000;
			const id = String(500 + ++count);
			const order = { id, kind, changedMs, exported: false, raw: { ...usualOrder(id), ...more } };
			orders.push(order);
			return order;
		},
	};
}

function usualOrder(id: string) {
	return {
		order_id: Number(id),
		order_number: `J-${id}`,
		order_date: "2026-11-01T09:00:00.0Z",
		customer_code: "BLOOM",
		company_name: "Bloom & Sons",
		shipping_method_code: "UPSG",
		shipping_name: "Ann Example",
		shipping_address_1: "1 Main St",
		shipping_address_2: null,
		shipping_city: "Reno",
		shipping_state: "NV",
		shipping_zip: 89501,
		shipping_country: "US",
		shipping_phone: "7755550101",
		shipping_email: "ann@example.test",
		currency: "USD",
		line_items: {
			line_item: [
				{
					line_item_id: Number(id) * 10,
					style_number: "4711",
					style_name: "Coat",
					color_code: "RED",
					size: "M",
					upc: `UPC-${id}`,
					quantity: "12",
					price: "49.50",
				},
			],
		},
	};
}

function orderRoutes(app: Hono<SandboxEnv>, orders: StoredJoorOrder[]): void {
	const refuse = (context: Context, message: string) => context.json({ message }, 400);
	app.get("/v2/orders", (context) => {
		const {
			order_type = "2",
			date_start,
			date_end,
			start_from = "0",
			count = "50",
			sync = "1",
			order_id,
		} = context.req.query();
		const kinds = asked[order_type];
		if (!kinds) return refuse(context, "order_type must be 1 to 8");
		if ((date_start === undefined) !== (date_end === undefined))
			return refuse(context, "date_end and date_start go together");
		for (const date of [date_start, date_end])
			if (date !== undefined && !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(date))
				return refuse(context, "date must be YYYY-MM-DDThh:mm:ss.sTZD");
		if (!(Number(count) >= 1 && Number(count) <= 50)) return refuse(context, "count must be 1 to 50");
		const from = date_start ? Date.parse(date_start) : Number.NEGATIVE_INFINITY;
		const to = date_end ? Date.parse(date_end) : Number.POSITIVE_INFINITY;
		const found = orders
			.filter((one) => kinds.includes(one.kind) && one.changedMs >= from && one.changedMs <= to)
			.filter((one) => order_id === undefined || one.id === order_id);
		const page = found.slice(Number(start_from), Number(start_from) + Number(count));
		if (sync === "1") for (const one of page) one.exported = true;
		const rows = page.map((one) => {
			const raw = { ...one.raw, order_type: one.kind, date_modified: new Date(one.changedMs).toISOString() };
			return one.change ? one.change(raw) : raw;
		});
		return context.json({ total: found.length, next_start_from: Number(start_from) + rows.length, orders: rows });
	});
}
