/** A house-made shop on loopback: orders out, shipments and stock in. */
import type { Hono } from "hono";
import type { SandboxEnv } from "../sandbox-server";
import {
	bodyOf,
	type Dialect,
	listAnswer,
	plainDialect,
	type RestSandbox,
	type Row,
	startRestSandbox,
} from "./sandbox";

export interface Shop extends RestSandbox {
	orders: Map<string, Row>;
	products: Map<string, Row>;
	stock: Map<string, number>;
	/** By order. */
	shipments: Map<string, { id: string; reference: string; body: Record<string, unknown> }[]>;
	/** Append-only: the reference of every shipment that was ever made. */
	ledger: string[];
}

export async function startShop(given: Partial<Dialect> & { port?: number } = {}): Promise<Shop> {
	const { port = 0, ...more } = given;
	const dialect = { ...plainDialect, ...more };
	const state = {
		orders: new Map<string, Row>(),
		products: new Map<string, Row>(),
		stock: new Map<string, number>(),
		shipments: new Map<string, { id: string; reference: string; body: Record<string, unknown> }[]>(),
		ledger: [] as string[],
	};
	const server = await startRestSandbox(
		dialect,
		(app) => {
			orderRoutes(app, dialect, state.orders);
			shipmentRoutes(app, dialect, state);
			stockRoutes(app, dialect, state.stock);
			app.get("/me", (context) => context.json({ name: "House Shop" }));
			app.get("/products", (context) => listAnswer(context, dialect, [...state.products.values()]));
		},
		{ port },
	);
	return { ...server, ...state };
}

function orderRoutes(app: Hono<SandboxEnv>, dialect: Dialect, orders: Shop["orders"]): void {
	app.get("/orders", (context) => {
		const status = context.req.query("status");
		const rows = [...orders.values()].filter(({ record }) => status === undefined || record.status === status);
		return listAnswer(context, dialect, rows, "updated_at");
	});
	app.get("/orders/:id", (context) => {
		const row = orders.get(context.req.param("id"));
		return row ? context.json(row.record) : context.json({ message: "no such order" }, 404);
	});
}

function shipmentRoutes(
	app: Hono<SandboxEnv>,
	dialect: Dialect,
	{ orders, shipments, ledger }: Pick<Shop, "orders" | "shipments" | "ledger">,
): void {
	app.get("/orders/:id/shipments", (context) =>
		context.json({
			data: (shipments.get(context.req.param("id")) ?? []).map(({ id, reference }) => ({ id, reference })),
		}),
	);
	app.post("/orders/:id/shipments", async (context) => {
		const id = context.req.param("id");
		if (!orders.has(id)) return context.json({ message: "no such order" }, 404);
		const body = await bodyOf(context, dialect);
		if (typeof body?.reference !== "string") return context.json({ message: "reference is missing" }, 422);
		const made = { id: `${id}-${ledger.length + 1}`, reference: body.reference, body };
		shipments.set(id, [...(shipments.get(id) ?? []), made]);
		ledger.push(made.reference);
		return context.json({ id: made.id, reference: made.reference }, 201);
	});
}

function stockRoutes(app: Hono<SandboxEnv>, dialect: Dialect, stock: Shop["stock"]): void {
	app.put("/inventory", async (context) => {
		const body = await bodyOf(context, dialect);
		if (!Array.isArray(body?.items)) return context.json({ message: "items is missing" }, 400);
		const items = body.items as { sku: string; quantity: number }[];
		const results = items.map(({ sku, quantity }) => {
			const ok = stock.has(sku);
			if (ok) stock.set(sku, quantity);
			return { sku, ok, reason: ok ? null : "no product has this SKU" };
		});
		return context.json({ results });
	});
	app.put("/stock/:sku", async (context) => {
		const body = await bodyOf(context, dialect);
		const sku = context.req.param("sku");
		if (!stock.has(sku)) return context.json({ message: "no product has this SKU" }, 404);
		stock.set(sku, Number(body?.quantity));
		return context.body(null, 204);
	});
}
