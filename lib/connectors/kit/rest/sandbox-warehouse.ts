/** A house-made warehouse on loopback: it refuses doubles, unknown items, and what comes too late. */
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

export interface WarehouseOrder {
	id: string;
	number: string;
	status: "open" | "shipped" | "canceled";
	/** As it was sent, in snake_case. */
	body: Record<string, unknown>;
}
export interface Warehouse extends RestSandbox {
	orders: WarehouseOrder[];
	shipments: Map<string, Row>;
	stock: Map<string, Row>;
	products: Map<string, Row>;
	/** Append-only: the number of every order that was ever made. */
	ledger: string[];
	add(number: string): WarehouseOrder;
}

type State = Pick<Warehouse, "orders" | "shipments" | "stock" | "products" | "ledger" | "add">;

export async function startWarehouse(
	given: Partial<Dialect> & { refusesDoubles?: boolean; port?: number } = {},
): Promise<Warehouse> {
	const { refusesDoubles = true, port = 0, ...more } = given;
	const dialect = { ...plainDialect, ...more };
	const orders: WarehouseOrder[] = [];
	const state: State = {
		orders,
		shipments: new Map(),
		stock: new Map(),
		products: new Map(),
		ledger: [],
		add(number) {
			const order: WarehouseOrder = { id: `W${orders.length + 1}`, number, status: "open", body: {} };
			orders.push(order);
			return order;
		},
	};
	const server = await startRestSandbox(
		dialect,
		(app) => {
			orderRoutes(app, dialect, state, refusesDoubles);
			app.get("/me", (context) => context.json({ name: "House Warehouse" }));
			app.get("/shipments", (context) => listAnswer(context, dialect, [...state.shipments.values()], "updated_at"));
			app.get("/inventory", (context) => listAnswer(context, dialect, [...state.stock.values()]));
			productRoutes(app, dialect, state);
			const places = [{ record: { id: "main", name: "Main hall" } }, { record: { id: "annex", name: "Annex" } }];
			app.get("/locations", (context) => listAnswer(context, dialect, places));
		},
		{ port },
	);
	return { ...server, ...state };
}

const shown = ({ id, number, status }: WarehouseOrder) => ({ id, order_number: number, status });

function orderRoutes(app: Hono<SandboxEnv>, dialect: Dialect, state: State, refusesDoubles: boolean): void {
	const of = (id: string) => state.orders.find((order) => order.id === id);
	app.get("/orders", (context) => {
		const number = context.req.query(dialect.rename.out("order_number")) ?? "";
		const found = state.orders.filter((order) => order.number === number);
		return context.json({ data: found.map(shown) });
	});
	app.get("/orders/:id", (context) => {
		const order = of(context.req.param("id"));
		return order ? context.json(shown(order)) : context.json({ message: "no such order" }, 404);
	});
	app.post("/orders", async (context) => {
		const body = await bodyOf(context, dialect);
		const problem = problemOf(body);
		if (!body || problem) return context.json({ message: problem }, 422);
		const number = String(body.order_number);
		const doubled = state.orders.some((order) => order.number === number && order.status !== "canceled");
		if (doubled && refusesDoubles) return context.json({ message: `${number} is there already` }, 409);
		const order = Object.assign(state.add(number), { body });
		state.ledger.push(number);
		return context.json(shown(order), 201);
	});
	app.post("/orders/:id/cancel", (context) => {
		const order = of(context.req.param("id"));
		if (!order) return context.json({ message: "no such order" }, 404);
		if (order.status !== "open") return context.json({ message: `the order is ${order.status}` }, 409);
		order.status = "canceled";
		return context.json({ ok: true });
	});
}

function productRoutes(app: Hono<SandboxEnv>, dialect: Dialect, state: State): void {
	const holds = (sku: unknown) => [...state.products.values()].filter(({ record }) => record.sku === sku);
	app.get("/products", (context) => {
		const sku = context.req.query(dialect.rename.out("sku"));
		return listAnswer(context, dialect, sku === undefined ? [...state.products.values()] : holds(sku));
	});
	app.post("/products", async (context) => {
		const body = await bodyOf(context, dialect);
		if (!body || typeof body.sku !== "string" || body.sku === "")
			return context.json({ message: "sku is missing" }, 422);
		if (holds(body.sku).length > 0) return context.json({ message: `${body.sku} is there already` }, 409);
		const id = `N${state.products.size + 1}`;
		state.products.set(id, { record: { id, ...body } });
		return context.json({ id }, 201);
	});
}

/** What such a system checks at its door. */
function problemOf(body: Record<string, unknown> | null): string {
	if (!body || typeof body.order_number !== "string" || body.order_number === "") return "order_number is missing";
	const items = body.items;
	if (!Array.isArray(items) || items.length === 0) return "items is empty";
	const bad = items.findIndex(
		({ sku, quantity }) => typeof sku !== "string" || !sku || !Number.isInteger(quantity) || quantity < 1,
	);
	if (bad >= 0) return `items ${bad + 1} needs a sku and a quantity`;
	const to = body.ship_to;
	const country = typeof to === "object" && to !== null && "country" in to ? to.country : "";
	return typeof country === "string" && /^[A-Z]{2}$/.test(country) ? "" : "ship_to.country must be two letters";
}
