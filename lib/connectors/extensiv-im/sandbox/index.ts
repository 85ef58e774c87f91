/** Integration Manager on loopback: the paths, the envelope and the refusals of the CartRover API. */
import type { Context, Hono } from "hono";
import { type RunningSandbox, type SandboxEnv, startSandboxServer } from "../../kit/sandbox-server";
import { listStatuses } from "../words";
import { createStore, type ImStore, Refusal } from "./store";

export interface ImSandbox extends RunningSandbox {
	settings: Record<string, unknown>;
	store: ImStore;
	/** Leaves `total-records` out of lists from now on. */
	hideTotals(): void;
}

const apiUser = "2001abcDEF";
const apiKey = "sandbox-key-0123456789";

export async function startImSandbox(options: { port?: number; now?: () => Date } = {}): Promise<ImSandbox> {
	const store = createStore(options.now ?? (() => new Date()));
	const told = { totals: true };
	const server = await startSandboxServer((app) => {
		app.onError((error, context) =>
			error instanceof Refusal
				? context.json({ success_code: false, error_code: error.code, message: error.message })
				: context.json({ success_code: false, error_code: "Failure", message: "internal error" }, 500),
		);
		app.use("/v1/*", async (context, next) => {
			context.header("X-CartRover-Process-ID", "sandbox");
			if (isKnown(context)) return next();
			return context.json({ success_code: false, error_code: "Invalid", message: "Invalid API user or key" });
		});
		readRoutes(app, store, told);
		writeRoutes(app, store);
		stockRoutes(app, store, told);
		app.notFound((context) =>
			context.json({ success_code: false, error_code: "Invalid", message: "Invalid endpoint" }, 404),
		);
	}, options);
	const settings = { apiUser, apiKey, keyLevel: "merchant", baseUrl: `${server.url}/v1` };
	return {
		...server,
		store,
		settings,
		hideTotals: () => {
			told.totals = false;
		},
	};
}

function isKnown(context: Context): boolean {
	const { api_user: user, api_key: key } = context.req.query();
	if (user === apiUser && key === apiKey) return true;
	return context.req.header("authorization") === `Basic ${Buffer.from(`${apiUser}:${apiKey}`).toString("base64")}`;
}

const ok = (context: Context, response: unknown) => context.json({ success_code: true, response });

function page<T>(context: Context, all: T[], most: number, totals: boolean): T[] {
	const limit = Number(context.req.query("limit") ?? 20);
	const number = Number(context.req.query("page") ?? 1);
	if (!(limit >= 1 && limit <= most) || !(number >= 1)) throw new Refusal("Invalid limit or page");
	if (totals) context.header("total-records", String(all.length));
	return all.slice((number - 1) * limit, number * limit);
}

type Told = { totals: boolean };

function readRoutes(app: Hono<SandboxEnv>, store: ImStore, told: Told): void {
	for (const level of ["cart", "merchant"]) {
		app.get(`/v1/${level}/orders/list/:status`, (context) => {
			const status = context.req.param("status");
			if (!(listStatuses as readonly string[]).includes(status)) throw new Refusal("Invalid status");
			const parts = status.split("_or_");
			const from = Date.parse(context.req.query("from_date") ?? "1970-01-01");
			const to = Date.parse(context.req.query("to_date") ?? "9999-01-01");
			const found = [...store.orders.values()].filter((kept) => {
				const at = Math.floor(store.timeIn(kept, status) / 1000) * 1000;
				const isIt = status === "any" || parts.includes(kept.order.order_status);
				return isIt && at >= from && at <= to;
			});
			return ok(
				context,
				page(context, found, 100, told.totals).map(({ order, malformed }) => malformed ?? order),
			);
		});
		app.get(`/v1/${level}/orders/status/:ref`, (context) => {
			const { order } = store.must(context.req.param("ref"));
			const { cust_ref, cust_po_no, order_status, shipments } = order;
			return ok(context, { cust_ref, cust_po_no, order_status, shipments, delivered_to_wms_date: null });
		});
		app.get(`/v1/${level}/orders/:ref`, (context) => ok(context, store.must(context.req.param("ref")).order));
	}
	app.get("/v1/cart/orders/wms_cancel/:ref", (context) => {
		const kept = store.must(context.req.param("ref"));
		if (kept.order.order_status !== "at_wms") return ok(context, { success: false, message: "not at the WMS" });
		store.move(kept.order.cust_ref, "canceled");
		return ok(context, { success: true, message: "" });
	});
}

function writeRoutes(app: Hono<SandboxEnv>, store: ImStore): void {
	app.post("/v1/cart/orders/cartrover", async (context) => {
		const { order } = store.create(await context.req.json());
		return ok(context, { cust_ref: order.cust_ref, order_number: order.cust_po_no ?? order.cust_ref });
	});
	app.post("/v1/cart/orders/cancel/cartrover", async (context) => {
		const { cust_ref: ref } = (await context.req.json()) as { cust_ref: string };
		const { order } = store.must(String(ref));
		if (order.order_status === "canceled") return ok(context, { success: true, message: "" });
		if (order.order_status !== "new" && order.order_status !== "error")
			return ok(context, { success: false, message: "The order was sent to the WMS" });
		store.move(order.cust_ref, "canceled");
		return ok(context, { success: true, message: "" });
	});
	app.post("/v1/wms/orders/update/:ref", async (context) => {
		const ref = context.req.param("ref");
		const body = (await context.req.json()) as { order_status?: string; shipments?: Record<string, unknown>[] };
		const { order } = store.must(ref);
		if (body.order_status === "shipped") store.ship(ref, body.shipments ?? []);
		else if (body.order_status === "at_wms" && order.order_status === "new") store.move(ref, "at_wms");
		else if (body.order_status !== "at_wms") throw new Refusal("Invalid order_status");
		return ok(context, { cust_ref: ref });
	});
}

function stockRoutes(app: Hono<SandboxEnv>, store: ImStore, told: Told): void {
	app.get("/v1/merchant/inventory", (context) =>
		ok(
			context,
			page(context, [...store.stock.values()], 250, told.totals).map(({ row, malformed }) => malformed ?? row),
		),
	);
	app.post("/v1/wms/inventory", async (context) => {
		const rows = (await context.req.json()) as { sku: string; qty_available: number; qty_on_hand: number }[];
		const failed: object[] = [];
		for (const [index, { sku, ...figures }] of rows.entries()) {
			const kept = store.stock.get(sku);
			if (kept) Object.assign(kept.row, figures);
			else failed.push({ sku, index_pos: index, message: "Unknown SKU" });
		}
		return ok(context, { success: rows.filter(({ sku }) => store.stock.has(sku)).map(({ sku }) => ({ sku })), failed });
	});
	app.get("/v1/wms/shipmethod/list", (context) =>
		ok(context, [{ carrier: "UPS", code: "03", description: "UPS Ground" }]),
	);
}
