/**
 * Order Manager on loopback: bearer tokens and the scopes behind them, bare arrays page by page, dates in one form
 * only, bulk answers that are 200 with errors inside, and quotas whose 429 names milliseconds.
 */
import type { Hono } from "hono";
import { type RunningSandbox, type SandboxEnv, startSandboxServer } from "../../kit/sandbox-server";
import { Refusal } from "./answers";
import { destinationRoutes } from "./destination-routes";
import { cancelRoute, orderRoutes, shipmentRoutes } from "./order-routes";
import { purchaseRoutes } from "./purchase-routes";
import { stockRoutes } from "./stock-routes";
import { OmStore } from "./store";

export interface OmSandbox extends RunningSandbox {
	store: OmStore;
	/** Settings that work, for tests: with a token. */
	settings: Record<string, unknown>;
	/** The same with a user name and a password. */
	passwordSettings: Record<string, unknown>;
	/** Makes every token that was made from a password end. */
	expireTokens(): void;
	tokensGiven(): number;
	/** Scopes taken from the access: calls that need them answer 403. */
	revoked: Set<Scope>;
}
export interface OmSandboxOptions {
	port?: number;
	seed?: number;
	now?: () => Date;
	/** What a pushed number means: the public sources disagree. */
	pushedAs?: "unlocked" | "on-hand";
	/** Quotas by the wall clock. False for tests whose own clock stands still. */
	quotas?: boolean;
	/** How long one adjustment keeps the next one waiting; ten seconds there. */
	adjustEveryMs?: number;
}
type Scope =
	| "READ_ORDERS"
	| "WRITE_ORDERS"
	| "READ_INVENTORY"
	| "WRITE_INVENTORY"
	| "WRITE_SHIPMENTS"
	| "READ_PURCHASEORDERS"
	| "WRITE_PURCHASEORDERS";

const apiToken = "sandbox-om-token-0123456789";
const userName = "hub@blue-kettle.test";
const password = "sandbox-om-password-0123456789";

export async function startOmSandbox(options: OmSandboxOptions = {}): Promise<OmSandbox> {
	const store = new OmStore(options.now ?? (() => new Date()), options.pushedAs ?? "unlocked");
	const given = new Set<string>();
	const revoked = new Set<Scope>();
	let count = 0;
	const server = await startSandboxServer((app) => {
		app.onError((error, context) => {
			if (error instanceof Refusal) return context.json({ message: error.message }, 400);
			throw error;
		});
		app.post("/oauth/token", (context) => {
			const pair = `Basic ${Buffer.from(`${userName}:${password}`).toString("base64")}`;
			if (context.req.header("authorization") !== pair) return context.json({ error: "invalid_client" }, 401);
			const token = `om-token-${++count}-${"x".repeat(20)}`;
			given.add(token);
			return context.json({ access_token: token, token_type: "bearer", scope: "ALL" });
		});
		guard(app, given, revoked);
		if (options.quotas !== false) quotas(app, options.adjustEveryMs ?? 10_000);
		destinationRoutes(app, store);
		orderRoutes(app, store);
		cancelRoute(app, store);
		shipmentRoutes(app, store);
		stockRoutes(app, store);
		purchaseRoutes(app, store);
	}, options);
	const access = { apiUrl: server.url, signInUrl: server.url, warehouseName: "East 3PL" };
	return {
		...server,
		store,
		revoked,
		settings: { ...access, apiToken },
		passwordSettings: { ...access, userName, password },
		expireTokens: () => given.clear(),
		tokensGiven: () => count,
	};
}

/** Who calls, and whether its scopes hold what it asks for. */
function guard(app: Hono<SandboxEnv>, given: Set<string>, revoked: Set<Scope>): void {
	app.use(async (context, next) => {
		const [kind, token = ""] = (context.req.header("authorization") ?? "").split(" ");
		if (kind !== "Bearer" || (token !== apiToken && !given.has(token)))
			return context.json({ message: "Full authentication is required" }, 401);
		const needed = scopeOf(context.req.method, context.req.path);
		return revoked.has(needed) ? context.json({ message: `Missing scope ${needed}` }, 403) : next();
	});
}

function scopeOf(method: string, path: string): Scope {
	const writes = method !== "GET";
	if (path.includes("/shipment/external")) return "WRITE_SHIPMENTS";
	if (/purchaseorders|vendors/.test(path)) return writes ? "WRITE_PURCHASEORDERS" : "READ_PURCHASEORDERS";
	if (/inventory|products|warehouses/.test(path)) return writes ? "WRITE_INVENTORY" : "READ_INVENTORY";
	return writes ? "WRITE_ORDERS" : "READ_ORDERS";
}

/** Orders five a second; purchase orders five at once, then one a second; one adjustment per ten seconds. */
function quotas(app: Hono<SandboxEnv>, adjustEveryMs: number): void {
	const rules = [
		{ path: /^\/v1\.1\/inventory\/adjust$/, calls: 1, perMs: adjustEveryMs, at: [] as number[] },
		{ path: /^\/v1\.1\/orders/, calls: 5, perMs: 1000, at: [] as number[] },
		{ path: /^\/v1(\.1)?\/purchaseorders/, calls: 5, perMs: 5000, at: [] as number[] },
	];
	app.use(async (context, next) => {
		const rule = rules.find(({ path }) => path.test(context.req.path));
		if (!rule) return next();
		const nowMs = performance.now();
		rule.at = rule.at.filter((at) => at > nowMs - rule.perMs);
		const [oldest] = rule.at;
		if (oldest !== undefined && rule.at.length >= rule.calls) {
			const waitMs = Math.ceil(oldest + rule.perMs - nowMs);
			return context.json({ message: "Quota exceeded" }, 429, { "x-skubana-quota-retryAfter": String(waitMs) });
		}
		rule.at.push(nowMs);
		return next();
	});
}
