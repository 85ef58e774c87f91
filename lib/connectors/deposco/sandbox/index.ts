/** A Deposco tenant on loopback, reached through either generation of its API; both show the same warehouse. */
import type { Hono } from "hono";
import { type RunningSandbox, type SandboxEnv, startSandboxServer } from "../../kit/sandbox-server";
import { latestRoutes } from "./latest-routes";
import { legacyRoutes } from "./legacy-routes";
import { DeposcoStore } from "./store";

export interface DeposcoSandbox extends RunningSandbox {
	store: DeposcoStore;
	/** Settings that work: with the integration API, and with version 2. */
	legacy: Record<string, unknown>;
	latest: Record<string, unknown>;
	expireTokens(): void;
	tokensGiven(): number;
	/** How tokens were asked for, newest last. */
	grants: string[];
	/** The forms of those questions, and the tenant code of each call of the integration API. */
	asked: string[];
	tenants: string[];
}

const integrationBase = "/integration/ACME3PL";
const user = { userName: "hub", password: "sandbox-deposco-password-0123" };
const client = { clientId: "crossdock", clientSecret: "sandbox-deposco-secret-0123" };
const refreshToken = "sandbox-deposco-refresh-0123";

export async function startDeposcoSandbox(
	options: { port?: number; seed?: number; now?: () => Date; perSecond?: number } = {},
): Promise<DeposcoSandbox> {
	const store = new DeposcoStore(options.now ?? (() => new Date()));
	const tokens = new Set<string>();
	const grants: string[] = [];
	const asked: string[] = [];
	const tenants: string[] = [];
	let given = 0;
	const server = await startSandboxServer((app) => {
		app.post("/oauth2/token", async (context) => {
			const form = new URLSearchParams(await context.req.text());
			const grant = form.get("grant_type");
			const basic = context.req.header("authorization");
			const pair = `Basic ${Buffer.from(`${client.clientId}:${client.clientSecret}`).toString("base64")}`;
			const known =
				grant === "refresh_token"
					? form.get("client_id") === client.clientId && form.get("client_secret") === client.clientSecret
					: grant === "client_credentials" && basic === pair;
			if (!known) return context.json({ error: "invalid_client" }, 401);
			if (grant === "refresh_token" && form.get("refresh_token") !== refreshToken)
				return context.json({ error: "invalid_grant" }, 400);
			if (grant === "client_credentials" && !form.get("scope")) return context.json({ error: "invalid_scope" }, 400);
			grants.push(grant ?? "");
			asked.push(form.toString());
			const token = `deposco-token-${++given}-${"x".repeat(20)}`;
			tokens.add(token);
			return context.json({ access_token: token, token_type: "Bearer", expires_in: 3600 });
		});
		guard(app, tokens);
		app.use(`${integrationBase}/*`, async (context, next) => {
			tenants.push(context.req.header("x-tenant-code") ?? "");
			return next();
		});
		if (options.perSecond) limit(app, options.perSecond);
		latestRoutes(app, store);
		legacyRoutes(app, store, integrationBase);
	}, options);
	const both = { businessUnit: store.businessUnit, integrationUrl: `${server.url}${integrationBase}`, ...user };
	const addresses = { apiUrl: `${server.url}/latest`, signInUrl: `${server.url}/oauth2/token` };
	return {
		...server,
		store,
		legacy: { ...both, generation: "legacy" },
		latest: { ...both, ...addresses, ...client, refreshToken, generation: "latest" },
		expireTokens: () => tokens.clear(),
		tokensGiven: () => given,
		grants,
		asked,
		tenants,
	};
}

function guard(app: Hono<SandboxEnv>, tokens: Set<string>): void {
	const pair = `Basic ${Buffer.from(`${user.userName}:${user.password}`).toString("base64")}`;
	app.use(async (context, next) => {
		const shown = context.req.header("authorization") ?? "";
		const known = context.req.path.startsWith("/latest")
			? shown.startsWith("Bearer ") && tokens.has(shown.slice(7))
			: shown === pair;
		return known ? next() : context.json({ errorMessages: ["Unauthorized"] }, 401);
	});
}

/** More than so many calls within a second are refused with 429 and nothing else. */
function limit(app: Hono<SandboxEnv>, perSecond: number): void {
	let at: number[] = [];
	app.use(async (context, next) => {
		const nowMs = performance.now();
		at = at.filter((one) => one > nowMs - 1000);
		if (at.length >= perSecond) return context.body(null, 429);
		at.push(nowMs);
		return next();
	});
}
