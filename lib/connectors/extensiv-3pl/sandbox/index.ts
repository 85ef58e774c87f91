/**
 * 3PL Warehouse Manager on loopback: its paths, both token bodies, paging limits, RQL, ETag with If-Match, and
 * the refusals that the public documentation names. Unknown query parameters are ignored, as the real one does.
 */
import { randomBytes } from "node:crypto";
import type { Hono, Context as HonoContext } from "hono";
import { type RunningSandbox, type SandboxEnv, startSandboxServer } from "../../kit/sandbox-server";
import { rels } from "../api";
import { halOrder, operation, parameter, pascal, validation } from "./answers";
import { createOrder } from "./create-order";
import { parseRql } from "./rql-filter";
import { WarehouseStore } from "./store";

export interface ExtensivSandbox extends RunningSandbox {
	store: WarehouseStore;
	/** Settings that work, for tests. */
	settings: Record<string, unknown>;
	/** Makes every token given out so far end. */
	expireTokens(): void;
	tokensGiven(): number;
	/** Roles taken from the credential: calls that need them answer 403. */
	revoked: Set<"orders" | "inventory">;
}

const credentials = {
	clientId: "sandbox-client",
	clientSecret: "sandbox-secret-value",
	tplKey: "{12345678-1234-1234-1234-1234567890ab}",
	userLoginId: "77",
};

export async function startExtensivSandbox(
	options: { port?: number; seed?: number; customerId?: number; now?: () => Date; tokenSeconds?: number } = {},
): Promise<ExtensivSandbox> {
	const now = options.now ?? (() => new Date());
	const customerId = options.customerId ?? 17;
	const store = new WarehouseStore(
		customerId,
		[
			{ id: 2, name: "East" },
			{ id: 3, name: "West" },
		],
		now,
	);
	const tokens = new Map<string, number>();
	const revoked = new Set<"orders" | "inventory">();
	let given = 0;
	const server = await startSandboxServer((app) => {
		app.post("/AuthServer/api/Token", async (context) => {
			const body: unknown = await context.req.json().catch(() => null);
			if (!mayHaveToken(context.req.header("authorization"), body))
				return context.json({ error: "invalid_client" }, 401);
			const token = randomBytes(24).toString("base64url");
			const seconds = options.tokenSeconds ?? 3600;
			tokens.set(token, now().getTime() + seconds * 1000);
			given++;
			return context.json({
				access_token: token,
				token_type: "Bearer",
				expires_in: seconds,
				refresh_token: null,
				scope: null,
			});
		});
		app.use(async (context, next) => {
			const token = context.req.header("authorization")?.replace(/^Bearer /, "") ?? "";
			if ((tokens.get(token) ?? 0) <= now().getTime()) return context.text("Unauthorized", 401);
			const area = context.req.path.startsWith("/orders")
				? "orders"
				: context.req.path.startsWith("/inventory")
					? "inventory"
					: undefined;
			if (area && revoked.has(area)) return context.json({ Message: "AuthorizationException" }, 403);
			return next();
		});
		orderRoutes(app, store);
		stockRoutes(app, store);
	}, options);
	return {
		...server,
		store,
		revoked,
		settings: { baseUrl: server.url, ...credentials, customerId, facilityId: 2 },
		expireTokens: () => tokens.clear(),
		tokensGiven: () => given,
	};
}

function mayHaveToken(authorization: string | undefined, body: unknown): boolean {
	const basic = `Basic ${Buffer.from(`${credentials.clientId}:${credentials.clientSecret}`).toString("base64")}`;
	if (authorization !== basic || typeof body !== "object" || body === null) return false;
	const given = body as Record<string, unknown>;
	if (given.grant_type !== "client_credentials") return false;
	if ("tpl" in given) return given.tpl === credentials.tplKey && given.user_login_id === credentials.userLoginId;
	return given.user_login === credentials.userLoginId;
}

type Context = HonoContext<SandboxEnv>;

function orderRoutes(app: Hono<SandboxEnv>, store: WarehouseStore): void {
	app.get("/orders", (context) => {
		const page = pageOf(context, 1000, 100);
		if (typeof page === "string") return context.json(parameter(page), 400);
		const rql = context.req.query("rql") ?? "";
		let found = candidates(store, rql);
		try {
			if (rql) found = found.filter(parseRql(rql));
		} catch {
			return context.json(parameter("rql"), 400);
		}
		if (/processdate/i.test(context.req.query("sort") ?? "")) {
			found = [...found].sort(
				(a, b) => compare(a.readOnly.processDate, b.readOnly.processDate) || a.readOnly.orderId - b.readOnly.orderId,
			);
		}
		const slice = found.slice((page.number - 1) * page.size, page.number * page.size);
		const records = slice.map((order) => halOrder(order, context.req.query("detail") ?? ""));
		return isHal(context)
			? context.json({ totalResults: found.length, _embedded: { [rels.order]: records } })
			: context.json({ TotalResults: found.length, ResourceList: records.map(pascal) });
	});
	app.post("/orders", async (context) => {
		const body: unknown = await context.req.json().catch(() => null);
		const created = createOrder(store, body);
		if ("refused" in created) return context.json(created.refused, 400);
		const { order } = created;
		return context.json(halOrder(order, "All") as object, 201, { ETag: `"${order.version}"` });
	});
	app.get("/orders/:id", (context) => {
		const order = store.get(Number(context.req.param("id")));
		if (!order) return context.json({ Message: "not found" }, 404);
		return context.json(halOrder(order, "All") as object, 200, { ETag: `"${order.version}"` });
	});
	for (const action of ["canceler", "confirmer"] as const) {
		app.post(`/orders/:id/${action}`, async (context) => {
			const order = store.get(Number(context.req.param("id")));
			if (!order) return context.json({ Message: "not found" }, 404);
			const version = context.req.header("if-match");
			if (!version) return context.json({ Message: "If-Match is required" }, 428);
			if (version !== `"${order.version}"`) return context.json({ Message: "the order changed" }, 412);
			if (order.readOnly.status === 1) return context.json(operation("OrderConfirmed", action), 403);
			if (order.readOnly.status === 2) return context.json(operation("OrderCanceled", action), 403);
			const body = (await context.req.json().catch(() => ({}))) as { reason?: string; trackingNumber?: string };
			if (action === "canceler") {
				if (!body.reason) return context.json(validation("Required", "Reason"), 400);
				store.cancel(order);
			} else {
				const contents = order.items.map((item, line) => ({ line, qty: item.qty }));
				store.ship(order.readOnly.orderId, [{ trackingNumber: body.trackingNumber ?? "", contents }]);
			}
			return context.body(null, 204);
		});
	}
}

/** The two questions that are asked all the time are answered from an index; the filter still checks them. */
function candidates(store: WarehouseStore, rql: string) {
	const reference = /^referenceNum==([^;,()*]+)/i.exec(rql)?.[1];
	if (reference !== undefined) {
		const order = store.find(decodeURIComponent(reference));
		return order ? [order] : [];
	}
	return /^readonly\.isclosed==true;/i.test(rql) ? store.closed : store.orders;
}

function stockRoutes(app: Hono<SandboxEnv>, store: WarehouseStore): void {
	app.get("/inventory/stocksummaries", (context) => {
		const page = pageOf(context, 500, 100);
		if (typeof page === "string") return context.json(parameter(page), 400);
		const rows = [...store.stock.values()];
		const slice = rows.slice((page.number - 1) * page.size, page.number * page.size);
		const summaries = slice.map(({ sku, ...row }) => ({
			itemIdentifier: { sku, id: store.items.get(sku) },
			qualifier: "",
			totalReceived: row.onHand,
			...row,
		}));
		return isHal(context)
			? context.json({ totalResults: rows.length, summaries })
			: context.json(pascal({ totalResults: rows.length, summaries }) as object);
	});
	app.get("/customers/:id", (context) => {
		if (Number(context.req.param("id")) !== store.customerId) return context.json({ Message: "not found" }, 404);
		return context.json({ readOnly: { customerId: store.customerId }, companyInfo: { companyName: "Blue Kettle" } });
	});
	app.get("/customers/:id/items", (context) => {
		const page = pageOf(context, 100, 10);
		if (typeof page === "string") return context.json(parameter(page), 400);
		if (Number(context.req.param("id")) !== store.customerId) return context.json({ Message: "not found" }, 404);
		const rows = [...store.items].map(([sku, itemId]) => ({
			sku,
			description: sku,
			readOnly: { itemId, lastModifiedDate: null, deactivated: false },
		}));
		const slice = rows.slice((page.number - 1) * page.size, page.number * page.size);
		return context.json({ totalResults: rows.length, _embedded: { [rels.customerItem]: slice } });
	});
	app.get("/properties/facilities", (context) =>
		context.json({
			_embedded: {
				[rels.facility]: store.facilities.map(({ id, name }) => ({
					facilityId: id,
					name,
					code: name.toUpperCase(),
					deactivated: false,
				})),
			},
		}),
	);
	app.get("/properties/carriers", (context) =>
		context.json({
			_embedded: {
				[rels.carrier]: [
					{
						name: "UPS",
						scacCode: "UPSN",
						shipmentServices: [{ description: "Ground" }, { description: "2nd Day Air" }],
					},
				],
			},
		}),
	);
}

function pageOf(context: Context, most: number, usual: number): { size: number; number: number } | string {
	const size = Number(context.req.query("pgsiz") ?? usual);
	const number = Number(context.req.query("pgnum") ?? 1);
	if (!Number.isInteger(size) || size < 1 || size > most) return "pgsiz";
	if (!Number.isInteger(number) || number < 1) return "pgnum";
	return { size, number };
}

function isHal(context: Context): boolean {
	return (context.req.header("accept") ?? "").includes("hal+json");
}

function compare(a: string | null, b: string | null): number {
	return (a ?? "") < (b ?? "") ? -1 : (a ?? "") > (b ?? "") ? 1 : 0;
}
