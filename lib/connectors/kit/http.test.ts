import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { createContext } from "./context";
import { defineConnector, field } from "./define";
import { ConnectorError, type Fault } from "./fault";
import { createGuard, type Guard } from "./guard";
import { memoryRecorder } from "./record";
import { type RunningSandbox, startSandboxServer } from "./sandbox-server";
import { memoryTokenStore, type TokenStore } from "./token";
import type { RequestOptions } from "./types";

let server: RunningSandbox;
let renewals = 0;
let accepted = "token-1-abcdefgh";
let writes = 0;

const settings = z.object({
	url: field(z.string(), { label: "Address", section: "Access" }),
	user: field(z.string(), { label: "User", section: "Access" }),
	secret: field(z.string(), { label: "Secret", section: "Access", secret: true }),
});
const connector = defineConnector({
	key: "test",
	name: "Test System",
	about: "A system that exists only in this test.",
	status: "sandbox",
	settings,
	baseUrl: ({ url }) => url,
	async authorize(context) {
		const token = await context.token(async () => {
			renewals++;
			return { value: accepted, expiresAt: new Date(Date.now() + 600_000) };
		});
		return { Authorization: `Bearer ${token.value}` };
	},
	limits: { requests: 1000, perSeconds: 1, concurrent: 10 },
	check: async () => ({ ok: true, as: "test" }),
});

beforeAll(async () => {
	server = await startSandboxServer((app) => {
		app.get("/zipped", () => new Response(gzipSync('{"a":"é"}'), { headers: { "content-encoding": "gzip" } }));
		app.get("/bomb", () => {
			const zeros = gzipSync(Buffer.alloc(60 * 1024 * 1024, 32));
			return new Response(zeros, { headers: { "content-encoding": "gzip" } });
		});
		app.get("/latin", () => {
			const body = Buffer.from('{"a":"é"}', "latin1");
			return new Response(body, { headers: { "content-type": "application/json; charset=iso-8859-1" } });
		});
		app.get("/moved", (context) => context.redirect("http://169.254.169.254/latest"));
		app.get("/echo", (context) =>
			context.json({ a: context.req.header("authorization"), b: context.req.query("email") }),
		);
		app.get("/quote", (context) => context.json({ message: `no right for ${context.req.header("x-secret")}` }, 400));
		app.get("/shape", (context) => context.json({ list: [{ a: "x" }, { a: 7 }] }));
		app.get("/private", (context) =>
			context.req.header("authorization") === `Bearer ${accepted}`
				? context.json({ a: "in" })
				: context.text("no", 401),
		);
		app.post("/private", (context) => {
			if (context.req.header("authorization") !== `Bearer ${accepted}`) return context.text("no", 401);
			writes++;
			return context.json({ a: "written" });
		});
	});
});
afterAll(() => server.close());
beforeEach(() => {
	server.faults.clear();
	accepted = "token-1-abcdefgh";
	renewals = 0;
	writes = 0;
});

const recorder = memoryRecorder();
const loose: RequestOptions<unknown> = { schema: z.unknown() };
const withA: RequestOptions<{ a: string }> = { schema: z.object({ a: z.string() }) };
function open(more: { url?: string; tokens?: TokenStore; signal?: AbortSignal; guard?: Guard } = {}) {
	return createContext({
		connector,
		settings: { url: more.url ?? server.url, user: "ann", secret: 'se"cret/value' },
		key: `http-${Math.random()}`,
		recorder,
		tokens: more.tokens ?? memoryTokenStore(),
		signal: more.signal ?? new AbortController().signal,
		log: { info: () => {}, warn: () => {} },
		timeouts: { answerMs: 60_000, retryMs: 1 },
		...(more.guard && { guard: more.guard }),
	});
}
async function faultOf(work: Promise<unknown>): Promise<Fault & { message: string }> {
	const error: unknown = await work.catch((reason) => reason);
	if (!(error instanceof ConnectorError)) throw new Error("a ConnectorError was expected", { cause: error });
	return { ...error.fault, message: error.message };
}

describe("an answer", () => {
	it("may be zipped, or in another charset", async () => {
		expect((await open().http.get("/zipped", withA)).data).toEqual({ a: "é" });
		expect((await open().http.get("/latin", withA)).data).toEqual({ a: "é" });
	});

	it("may not be larger than 10 MB, however small it is on its way", async () => {
		expect(await faultOf(open().http.get("/bomb", loose))).toMatchObject({
			kind: "permanent",
			code: "answer-too-large",
		});
	});

	it("that points elsewhere is not followed", async () => {
		expect(await faultOf(open().http.get("/moved", loose))).toMatchObject({ kind: "permanent", code: "redirected" });
	});

	it("in another shape names the field", async () => {
		const schema = z.object({ list: z.array(z.object({ a: z.string() })) });
		expect(await faultOf(open().http.get("/shape", { schema }))).toMatchObject({
			code: "unknown-answer",
			field: "list.1.a",
		});
	});
});

describe("a call", () => {
	it("that changes nothing is tried three times, one that might is not", async () => {
		const down = { match: () => true, fault: { kind: "status", status: 503, when: "before" } as const };
		server.faults.add({ ...down, times: 2 });
		expect((await open().http.get("/private", withA)).data).toEqual({ a: "in" });
		server.faults.add({ ...down, times: 2 });
		expect(await faultOf(open().http.send("POST", "/private", {}, withA))).toMatchObject({
			kind: "transient",
			sent: true,
		});
		expect(writes).toBe(0);
		server.faults.clear();
		server.faults.add({ ...down, times: 2 });
		await open().http.send("POST", "/private", {}, { ...withA, repeatable: true });
		expect(writes).toBe(1);
	});

	it("answered 401 is made once more with a new token, also a write", async () => {
		const context = open();
		await context.http.get("/private", withA);
		accepted = "token-2-abcdefgh";
		expect((await context.http.send("POST", "/private", {}, withA)).data).toEqual({ a: "written" });
		expect({ renewals, writes }).toEqual({ renewals: 2, writes: 1 });
	});

	it("answered 401 twice says that access is refused", async () => {
		server.faults.add({ match: () => true, fault: { kind: "status", status: 401, when: "before" }, times: 9 });
		expect(await faultOf(open().http.get("/private", withA))).toMatchObject({ kind: "auth" });
		expect(renewals).toBe(2);
	});

	it("that learns late of an ended token does not drop its successor", async () => {
		const tokens = memoryTokenStore();
		const context = open({ tokens });
		await context.http.get("/private", withA);
		accepted = "token-2-abcdefgh";
		server.faults.add({ match: () => true, fault: { kind: "delay", ms: 40, when: "before" } });
		const [slow, quick] = [context.http.get("/private", withA), context.http.get("/private", withA)];
		expect([(await slow).data, (await quick).data]).toEqual([{ a: "in" }, { a: "in" }]);
		expect(renewals).toBe(2);
	});

	it("stopped while it waits was not sent; stopped on its way it may have been", async () => {
		const stop = new AbortController();
		const context = open({ signal: stop.signal });
		await context.http.get("/private", withA);
		server.faults.add({ match: () => true, fault: { kind: "delay", ms: 600_000, when: "before" }, times: 99 });
		const calls = Array.from({ length: 12 }, () => faultOf(context.http.send("POST", "/private", {}, withA)));
		const before = server.calls();
		while (server.calls() < before + 10) await new Promise((resolve) => setTimeout(resolve, 5));
		stop.abort();
		const faults = await Promise.all(calls);
		expect(faults.filter((fault) => fault.kind === "transient" && fault.sent)).toHaveLength(10);
		expect(faults.filter((fault) => fault.kind === "transient" && !fault.sent)).toHaveLength(2);
	});

	it("into a private network is refused before it is made, unless its host is allowed", async () => {
		const before = server.calls();
		expect(await faultOf(open({ guard: createGuard([]) }).http.get("/private", withA))).toMatchObject({
			code: "address-refused",
		});
		const url = server.url.replace("127.0.0.1", "localhost");
		expect(await faultOf(open({ url, guard: createGuard([]) }).http.get("/private", withA))).toMatchObject({
			code: "address-refused",
		});
		expect(server.calls()).toBe(before);
		await open({ guard: createGuard(["127.0.0.1"]) }).http.get("/private", withA);
	});
});

describe("what is kept of a call", () => {
	it("holds neither secret, token nor mail address, wherever they turn up", async () => {
		const secret = 'se"cret/value';
		recorder.exchanges.length = 0;
		await open().http.get("/echo", { ...loose, query: { email: "ann@example.test", page: 2 } });
		const basic = `Basic ${Buffer.from(`ann:${secret}`).toString("base64")}`;
		const fault = await faultOf(open().http.get("/quote", { ...loose, headers: { "x-secret": basic } }));
		const kept = JSON.stringify(recorder.exchanges) + fault.message;
		for (const hidden of ["token-1", "ann@example.test", "cret/value", Buffer.from(`ann:${secret}`).toString("base64")])
			expect(kept).not.toContain(hidden);
		expect(kept).toContain("page=2");
		expect(recorder.exchanges[0]).toMatchObject({ method: "GET", status: 200, truncated: false });
	});

	it("is named by the fault it led to, also without an answer", async () => {
		const error = await open({ url: "http://127.0.0.1:9" })
			.http.get("/x", loose)
			.catch((reason) => reason);
		const kept = recorder.exchanges.find(({ id }) => id === error.exchangeId);
		expect(kept).toMatchObject({ error: expect.stringContaining("Check its address") });
		expect(kept).not.toHaveProperty("status");
	});
});
