/** The settings that every REST connection begins with, by the name they have on screen. */
import { afterEach, describe, expect, it } from "vitest";
import { restSource } from "../../rest-source";
import { checkSettings } from "../form";
import { type Echo, startEcho } from "./echo";
import { faultOf, openOn, promised } from "./support";

const given = { baseUrl: "http://127.0.0.1:1", secret: "sandbox-token-0123456789" };
const orders = promised(restSource.source?.orders);
let echo: Echo;
afterEach(() => echo?.close());

const open = (settings: object = {}) => openOn(restSource, { ...given, baseUrl: echo.url, ...settings });
const headersOf = async (settings: object) => restSource.authorize?.(openOn(restSource, { ...given, ...settings }));
const problemsOf = (settings: object) => {
	const check = checkSettings(restSource, { ...given, ...settings });
	return check.ok ? {} : check.problems;
};
const order = (n: number, more: object = {}) => ({
	...{ id: `O${n}`, order_number: `N${n}`, created_at: `2026-03-02T10:0${n}:00`, updated_at: `2026-03-02T10:0${n}:00` },
	...{ ship_to: { name: "Ann", address1: "1 Main St", country: "US" }, items: [{ sku: "TEE", quantity: 1 }], ...more },
});
/** Asks for orders since a time, of a server that lists these. */
async function read(answer: unknown, settings: object = {}) {
	await echo?.close();
	echo = await startEcho({ "GET /orders": answer });
	const records: unknown[] = [];
	const from = new Date("2026-03-02T10:00:00Z");
	for await (const page of orders.read(open(settings), { cursor: null, from })) records.push(...page.records);
	return { records, queries: echo.asked.map(({ query }) => query) };
}
const first = async (settings: object) => (await read({ data: [] }, settings)).queries[0];

describe("access", () => {
	it("Address: every path is added to it, and it holds no query of its own", async () => {
		expect((await read({ data: [] })).queries).toHaveLength(1);
		expect(echo.asked[0]?.path).toBe("/orders");
		expect(problemsOf({ baseUrl: "https://x.example/?key=1" }).baseUrl).toMatch(/must hold no user, password/);
	});
	it("How we prove who we are: nothing, a pair, a token, or a key", async () => {
		expect(await headersOf({ authScheme: "none" })).toEqual({});
		expect(await headersOf({ authScheme: "basic", user: "u" })).toEqual({
			Authorization: `Basic ${btoa(`u:${given.secret}`)}`,
		});
		expect(await headersOf({})).toEqual({ Authorization: `Bearer ${given.secret}` });
		expect(await headersOf({ authScheme: "header" })).toEqual({ "X-API-Key": given.secret });
		expect(await headersOf({ authScheme: "query" })).toEqual({});
	});
	it("User name or client ID: needed where a pair is sent", () => {
		expect(problemsOf({ authScheme: "basic" })).toHaveProperty("user");
		expect(problemsOf({ authScheme: "basic", user: "u" })).toEqual({});
	});
	it("Password, token, key or client secret: needed wherever somebody is named", () => {
		expect(problemsOf({ secret: "" })).toHaveProperty("secret");
		expect(problemsOf({ secret: "", authScheme: "none" })).toEqual({});
	});
	it("Name of the key: another header carries it, but none of ours", async () => {
		expect(await headersOf({ authScheme: "header", keyName: "X-Shop" })).toEqual({ "X-Shop": given.secret });
		expect(problemsOf({ authScheme: "header", keyName: "Host" })).toHaveProperty("keyName");
	});
	it("Address of tokens: a token is asked for there, and sent", async () => {
		echo = await startEcho({ "POST /token": { access_token: "made-token" } });
		const settings = { authScheme: "oauth", user: "u", tokenUrl: `${echo.url}/token` };
		expect(await restSource.authorize?.(open(settings))).toEqual({ Authorization: "Bearer made-token" });
		expect(problemsOf({ authScheme: "oauth", user: "u" })).toHaveProperty("tokenUrl");
	});
	it("Scope of the token: is asked for where it is set", async () => {
		echo = await startEcho({ "POST /token": { access_token: "made-token" } });
		const settings = { authScheme: "oauth", user: "u", tokenUrl: `${echo.url}/token` };
		await restSource.authorize?.(open(settings));
		await restSource.authorize?.(open({ ...settings, scope: "orders/read" }));
		expect(echo.asked.map(({ body }) => new URLSearchParams(String(body)).get("scope"))).toEqual([null, "orders/read"]);
	});
	it('Path that "Test connection" reads: the first list by default', async () => {
		echo = await startEcho({ "GET /orders": { data: [] }, "GET /me": { name: "House Shop" } });
		await restSource.check(open());
		await restSource.check(open({ checkPath: "/me" }));
		expect(echo.asked.map(({ path }) => path)).toEqual(["/orders", "/me"]);
	});
	it("Where that answer holds the account's name: it says who we are", async () => {
		echo = await startEcho({ "GET /me": { name: "House Shop", shop: { title: "Ann's" } } });
		expect(await restSource.check(open({ checkPath: "/me" }))).toEqual({ ok: true, as: "House Shop" });
		const named = await restSource.check(open({ checkPath: "/me", nameAt: "shop.title" }));
		expect(named).toEqual({ ok: true, as: "Ann's" });
	});
});

describe("lists", () => {
	it("How lists are paged: all at once, by number, by offset, by cursor or by link", async () => {
		const since = { updated_since: expect.any(String) };
		expect(await first({ pagingKind: "none" })).toEqual({ status: "paid", ...since });
		expect(await first({})).toEqual({ status: "paid", page: "1", limit: "100", ...since });
		expect(await first({ pagingKind: "offset", pageName: "offset" })).toMatchObject({ offset: "0" });
		for (const pagingKind of ["cursor", "link"]) expect(await first({ pagingKind })).not.toHaveProperty("page");
	});
	it("Query name of the page, offset or cursor: page by default", async () => {
		expect(await first({ pageName: "p" })).toMatchObject({ p: "1" });
	});
	it("Number of the first page: 1 by default, or 0", async () => {
		expect(await first({ firstPage: 0 })).toMatchObject({ page: "0" });
	});
	it("Where the next cursor or link stands: next by default, or a path", async () => {
		const answer = ({ query }: { query: Record<string, string> }) =>
			query.cursor ? { data: [order(2)] } : { data: [order(1)], next: "A", paging: { after: "B" } };
		const cursors = async (more: object) =>
			(await read(answer, { pagingKind: "cursor", pageName: "cursor", ...more })).queries.map(({ cursor }) => cursor);
		expect(await cursors({})).toEqual([undefined, "A"]);
		expect(await cursors({ nextAt: "paging.after" })).toEqual([undefined, "B"]);
	});
	it("Query name of the page size: limit by default; a dash leaves it to the system", async () => {
		expect(await first({ sizeName: "per_page" })).toMatchObject({ per_page: "100" });
		expect(await first({ sizeName: "-" })).not.toHaveProperty("limit");
	});
	it("Records per page: 100 by default", async () => {
		expect(await first({ pageSize: 7 })).toMatchObject({ limit: "7" });
		expect(problemsOf({ pageSize: 0 })).toHaveProperty("pageSize");
	});
	it('Query name of "changed since": updated_since by default; with a dash everything is read', async () => {
		expect(await first({ sinceName: "changed" })).toMatchObject({ changed: "2026-03-02T10:00:00.000Z" });
		expect(await first({ sinceName: "-" })).toEqual({ status: "paid", page: "1", limit: "100" });
	});
	it('Form of "changed since": ISO 8601 by default, seconds, or the system\'s own wall clock', async () => {
		expect(await first({ sinceForm: "epoch" })).toMatchObject({ updated_since: "1772445600" });
		const local = await first({ sinceForm: "local", timeZone: "America/Denver" });
		expect(local).toMatchObject({ updated_since: "2026-03-02T03:00:00" });
	});
	it("Changes come the oldest first: then a full page goes on by time, else by number", async () => {
		const answer = ({ query }: { query: Record<string, string> }) => {
			const all = [order(1), order(2), order(3)];
			const found = all.filter((one) => Date.parse(`${one.updated_at}Z`) >= Date.parse(query.updated_since ?? ""));
			return { data: found.slice((Number(query.page) - 1) * 2, Number(query.page) * 2) };
		};
		const second = async (more: object) => (await read(answer, { pageSize: 2, ...more })).queries[1];
		expect(await second({})).toMatchObject({ page: "2", updated_since: "2026-03-02T10:00:00.000Z" });
		expect(await second({ oldestFirst: true })).toMatchObject({ page: "1", updated_since: "2026-03-02T10:01:59.000Z" });
	});
	it("Time zone of times without an offset: 10:01 in Denver is 17:01 in UTC", async () => {
		const placedAt = async (more: object = {}) =>
			(await read({ data: [order(1)] }, { pagingKind: "none", ...more })).records[0];
		expect(await placedAt()).toMatchObject({ value: { placedAt: new Date("2026-03-02T10:01:00Z") } });
		expect(await placedAt({ timeZone: "America/Denver" })).toMatchObject({
			value: { placedAt: new Date("2026-03-02T17:01:00Z") },
		});
	});
	it("Where an error stands in a good answer: a good status is good by default, and means no where it is set", async () => {
		const answer = { data: [], error: { message: "Plan ended" } };
		expect((await read(answer)).records).toEqual([]);
		const fault = await faultOf(read(answer, { errorAt: "error.message" }));
		expect(fault).toMatchObject({ kind: "permanent", message: expect.stringContaining("Plan ended") });
	});
});
