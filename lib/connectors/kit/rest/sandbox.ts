/** What the house-made warehouse and shop on loopback share: access, naming and paging, each in the usual kinds. */
import type { Context, Hono, MiddlewareHandler } from "hono";
import { type RunningSandbox, type SandboxEnv, startSandboxServer } from "../sandbox-server";

export interface Dialect {
	prefix: string;
	access: SandboxAccess;
	paging: "none" | "page" | "offset" | "cursor" | "link";
	/** The most records a page may hold; more is refused. */
	most: number;
	/** Of lists of what changes; empty: it cannot be asked. */
	since: string;
	/** snake_case to the system's own naming, and back. */
	rename: { out: (name: string) => string; in: (name: string) => string };
}
export type SandboxAccess =
	| { scheme: "none" }
	| { scheme: "headers"; headers: Record<string, string> }
	| { scheme: "query"; name: string; key: string }
	| { scheme: "oauth"; user: string; secret: string; headers?: Record<string, string> };

export const plainDialect: Dialect = {
	prefix: "/api",
	access: { scheme: "headers", headers: { authorization: "Bearer sandbox-token-0123456789" } },
	paging: "page",
	most: 100,
	since: "updated_since",
	rename: { out: (name) => name, in: (name) => name },
};

type Json = Record<string, unknown>;
export interface Row {
	record: Json;
	/** Stands in for the record in lists: for tests of malformed answers. */
	malformed?: unknown;
}

export interface RestSandbox extends RunningSandbox {
	/** Where the API answers: what a connection is given as its address. */
	api: string;
	expireTokens(): void;
	tokensGiven(): number;
}

/** `routes` adds the system's own paths below the dialect's prefix; what they answer is renamed on its way out. */
export async function startRestSandbox(
	dialect: Dialect,
	routes: (app: Hono<SandboxEnv>) => void,
	options: { port?: number } = {},
): Promise<RestSandbox> {
	const tokens = { given: 0, good: "" };
	const server = await startSandboxServer((app) => {
		app.post("/token", async (context) => {
			const { access } = dialect;
			if (access.scheme !== "oauth") return context.json({ error: "unsupported_grant_type" }, 400);
			const wanted = `Basic ${Buffer.from(`${access.user}:${access.secret}`).toString("base64")}`;
			const form = new URLSearchParams(await context.req.text());
			if (form.get("grant_type") !== "client_credentials") return context.json({ error: "invalid_request" }, 400);
			if (context.req.header("authorization") !== wanted) return context.json({ error: "invalid_client" }, 401);
			tokens.good = `sandbox-token-${++tokens.given}-${"x".repeat(16)}`;
			return context.json({ access_token: tokens.good, token_type: "Bearer", expires_in: 3600 });
		});
		app.use(`${dialect.prefix}/*`, guardOf(dialect, tokens));
		app.use(`${dialect.prefix}/*`, async (context, next) => {
			await next();
			const { status, headers } = context.res;
			if (!headers.get("content-type")?.includes("json")) return;
			const body = renamed(await context.res.json(), dialect.rename.out);
			const kept = new Headers(headers);
			kept.delete("content-length");
			context.res = undefined;
			context.res = new Response(JSON.stringify(body), { status, headers: kept });
		});
		const api = app.basePath(dialect.prefix);
		routes(api);
	}, options);
	return {
		...server,
		api: server.url + dialect.prefix,
		expireTokens: () => {
			tokens.good = "";
		},
		tokensGiven: () => tokens.given,
	};
}

function guardOf({ access }: Dialect, tokens: { good: string }): MiddlewareHandler<SandboxEnv> {
	const wanted = "headers" in access ? Object.entries(access.headers ?? {}) : [];
	return async (context, next) => {
		const wrong = wanted.find(([name, value]) => context.req.header(name) !== value);
		if (wrong) return context.json({ message: `${wrong[0]} is not known` }, 401);
		if (access.scheme === "query" && context.req.query(access.name) !== access.key)
			return context.json({ message: "who is asking?" }, 401);
		const bearer = context.req.header("authorization");
		if (access.scheme === "oauth" && (tokens.good === "" || bearer !== `Bearer ${tokens.good}`))
			return context.json({ message: "the token has ended" }, 401);
		return next();
	};
}

export function renamed(value: unknown, rename: (name: string) => string): unknown {
	if (Array.isArray(value)) return value.map((entry) => renamed(entry, rename));
	if (typeof value !== "object" || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([name, part]) => [rename(name), renamed(part, rename)]));
}

/** The body of a call in our own snake_case; null when it is no object. */
export async function bodyOf(context: Context<SandboxEnv>, { rename }: Dialect): Promise<Json | null> {
	const body: unknown = await context.req.json().catch(() => null);
	return typeof body === "object" && body !== null ? (renamed(body, rename.in) as Json) : null;
}

/** A page of records as the dialect has it. `changedAt` names the field of the time of change, by which it is sorted. */
export function listAnswer(context: Context<SandboxEnv>, dialect: Dialect, rows: Row[], changedAt?: string): Response {
	const since = dialect.since && changedAt ? (context.req.query(dialect.since) ?? "") : "";
	const time = ({ record }: Row) => String(changedAt ? record[changedAt] : "");
	const found = rows
		.filter((row) => time(row) >= since)
		.sort((a, b) => (time(a) < time(b) ? -1 : time(a) > time(b) ? 1 : 0));
	const size = dialect.paging === "none" ? found.length : Number(context.req.query("limit") ?? 10);
	if (dialect.paging !== "none" && !(size >= 1 && size <= dialect.most))
		return context.json({ message: `limit must be at most ${dialect.most}` }, 400);
	const start = startOf(context, dialect, size);
	if (start === null) return context.json({ message: "this cursor is no longer known" }, 410);
	const data = found.slice(start, start + size).map(({ record, malformed }) => malformed ?? record);
	const more = start + size < found.length;
	if (dialect.paging === "cursor") return context.json({ data, next: more ? cursorOf(start + size) : null });
	if (dialect.paging !== "link" || !more) return context.json({ data });
	const url = new URL(context.req.url);
	url.searchParams.set("at", String(start + size));
	return context.json({ data }, 200, { link: `<${url.href}>; rel="next", <${url.origin}>; rel="first"` });
}

const cursorOf = (at: number) => Buffer.from(`at-${at}`).toString("base64url");

function startOf(context: Context<SandboxEnv>, { paging }: Dialect, size: number): number | null {
	const query = (name: string, standard: number) => Number(context.req.query(name) ?? standard);
	if (paging === "page") return (Math.max(1, query("page", 1)) - 1) * size;
	if (paging === "offset") return query("offset", 0);
	if (paging === "link") return query("at", 0);
	const cursor = paging === "cursor" ? context.req.query("cursor") : undefined;
	if (cursor === undefined) return 0;
	const [, at] = /^at-(\d+)$/.exec(Buffer.from(cursor, "base64url").toString()) ?? [];
	return at === undefined ? null : Number(at);
}
