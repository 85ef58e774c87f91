/** The example shop on loopback: what it refuses, the real one refuses. */
import type { Hono } from "hono";
import { type RunningSandbox, type SandboxEnv, startSandboxServer } from "../kit/sandbox-server";
import type { RemoteOrder } from "./api";

export interface ShopOrder {
	order: RemoteOrder;
	shipments: { id: string; reference: string }[];
	/** Replaces the record in lists: for tests of malformed answers. */
	malformed?: unknown;
}

export interface Sandbox extends RunningSandbox {
	settings: Record<string, unknown>;
	orders: Map<string, ShopOrder>;
	stock: Map<string, number>;
	/** Append-only: every shipment that was ever made. */
	ledger: { orderId: string; reference: string }[];
}

const apiKey = "sandbox-api-key-0123456789";

export async function startSandbox(options: { port?: number } = {}): Promise<Sandbox> {
	const shop = {
		orders: new Map<string, ShopOrder>(),
		stock: new Map<string, number>(),
		ledger: [] as Sandbox["ledger"],
	};
	const server = await startSandboxServer((app) => {
		app.use(async (context, next) =>
			context.req.header("authorization") === `Bearer ${apiKey}` ? next() : context.json({ message: "who?" }, 401),
		);
		app.get("/me", (context) => context.json({ shop: "Example Shop" }));
		app.get("/locations", (context) => context.json({ locations: [{ id: "main", name: "Main" }] }));
		orderRoutes(app, shop);
		app.put("/stock", async (context) => {
			const { items } = (await context.req.json()) as { items: { sku: string; quantity: number }[] };
			if (items.length > 100) return context.json({ message: "at most 100 items" }, 400);
			const results = items.map(({ sku, quantity }) => {
				const ok = shop.stock.has(sku);
				if (ok) shop.stock.set(sku, quantity);
				return { sku, ok, reason: ok ? null : "no product has this SKU" };
			});
			return context.json({ results });
		});
	}, options);
	return { ...server, ...shop, settings: { shopUrl: server.url, apiKey } };
}

function orderRoutes(app: Hono<SandboxEnv>, shop: Pick<Sandbox, "orders" | "ledger">): void {
	app.get("/orders", (context) => {
		const { since = "", status = "paid" } = context.req.query();
		const [page, size] = [Number(context.req.query("page") ?? 1), Number(context.req.query("size") ?? 10)];
		if (!(page >= 1) || !(size >= 1 && size <= 50)) return context.json({ message: "bad page or size" }, 400);
		const found = [...shop.orders.values()]
			.filter(({ order }) => order.changedAt >= since && status.split(",").includes(order.status))
			.sort((a, b) => (a.order.changedAt < b.order.changedAt ? -1 : 1));
		const slice = found.slice((page - 1) * size, page * size).map(({ order, malformed }) => malformed ?? order);
		return context.json({ orders: slice, more: page * size < found.length });
	});
	app.get("/orders/:id", (context) => context.json({ order: shop.orders.get(context.req.param("id"))?.order ?? null }));
	app.get("/orders/:id/shipments", (context) =>
		context.json({ shipments: shop.orders.get(context.req.param("id"))?.shipments ?? [] }),
	);
	app.post("/orders/:id/shipments", async (context) => {
		const id = context.req.param("id");
		const found = shop.orders.get(id);
		if (!found) return context.json({ message: "no such order" }, 404);
		const { reference } = (await context.req.json()) as { reference: string };
		if (found.shipments.some((one) => one.reference === reference)) return context.json({ message: "duplicate" }, 409);
		const made = { id: `${id}-${found.shipments.length + 1}`, reference };
		found.shipments.push(made);
		shop.ledger.push({ orderId: id, reference });
		return context.json(made, 201);
	});
}
