/**
 * The one HTTP client: limited, authorized, recorded, and with a fault for everything that can go wrong.
 * A call is sent again only where that changes nothing: reads after a passing failure, and any call that was
 * answered 401, because it was not carried out.
 */
import { Agent, type Dispatcher, request } from "undici";
import type { z } from "zod";
import { ConnectorError } from "./fault";
import { faultOfFailure, faultOfStatus, short } from "./faults";
import type { Guard } from "./guard";
import type { Limiter } from "./limiter";
import type { Masker } from "./mask";
import { maxBody, type Recorder } from "./record";
import type { ErrorAnswer, Http, Method, Reply, RequestOptions } from "./types";

export interface HttpParts {
	system: string;
	baseUrl: string;
	limiter: Limiter;
	recorder: Recorder;
	masker: Masker;
	signal: AbortSignal;
	now: () => Date;
	timeouts: Timeouts;
	authorize: () => Promise<Record<string, string>>;
	/** Called after a 401 with the headers that were refused; true when it is worth asking once more. */
	refused: (headers: Record<string, string>) => Promise<boolean>;
	dispatcher: Dispatcher;
	/** Refuses addresses that must not be called. */
	guard: Guard | undefined;
}
export interface Timeouts {
	connectMs: number;
	answerMs: number;
}
export const defaultTimeouts: Timeouts = { connectMs: 10_000, answerMs: 30_000 };

const maxAnswerBytes = 10 * 1024 * 1024;
const readRetries = 2;

/** One pool of kept-alive connections for all partners with the same patience. */
const agents = new Map<string, Agent>();
export function defaultDispatcher(timeouts: Timeouts, guard?: Guard): Dispatcher {
	const key = `${timeouts.connectMs} ${guard?.key ?? "unguarded"}`;
	let agent = agents.get(key);
	if (!agent) {
		agent = new Agent({
			connect: { timeout: timeouts.connectMs, ...(guard && { lookup: guard.lookup }) },
			keepAliveTimeout: 10_000,
			pipelining: 1,
			connections: 64,
		});
		agents.set(key, agent);
	}
	return agent;
}

export function createHttp(parts: HttpParts): Http {
	const call = <T>(method: "GET" | Method, path: string, body: unknown, options: RequestOptions<T>) =>
		withRetries(parts, { method, path, body, options });
	return { get: (path, options) => call("GET", path, undefined, options), send: call };
}

interface Call<T> {
	method: "GET" | Method;
	path: string;
	body: unknown;
	options: RequestOptions<T>;
}

async function withRetries<T>(parts: HttpParts, call: Call<T>): Promise<Reply<T>> {
	const repeatable = isRepeatable(call);
	let renewed = false;
	for (let retries = 0; ; ) {
		// The token is fetched outside the limited place: fetching it takes a place of its own.
		const auth = call.options.authorized === false ? {} : await parts.authorize();
		try {
			return await parts.limiter.run(parts.signal, () => exchange(parts, call, auth));
		} catch (error) {
			if (!(error instanceof ConnectorError)) throw error;
			const { fault } = error;
			if (fault.kind === "auth" && fault.reason === "expired" && !renewed && (await parts.refused(auth))) {
				renewed = true;
				continue;
			}
			if (fault.kind !== "transient" || !repeatable || retries >= readRetries || parts.signal.aborted) throw error;
			retries++;
			await new Promise((resolve) => setTimeout(resolve, 50 * 3 ** retries * (0.5 + Math.random())));
		}
	}
}

function isRepeatable(call: Call<unknown>): boolean {
	return call.options.repeatable ?? call.method === "GET";
}

async function exchange<T>(parts: HttpParts, call: Call<T>, auth: Record<string, string>): Promise<Reply<T>> {
	const url = urlOf(parts.baseUrl, call);
	parts.guard?.check(url);
	const body =
		call.body === undefined ? undefined : typeof call.body === "string" ? call.body : JSON.stringify(call.body);
	const headers: Record<string, string> = {
		accept: "application/json",
		...(body !== undefined && { "content-type": "application/json" }),
		...call.options.headers,
		...auth,
	};
	const exchangeId = parts.recorder.nextId();
	const about = { system: parts.system, repeatable: isRepeatable(call), exchangeId, now: parts.now() };
	const startedMs = performance.now();
	const keep = (answer: { status?: number; headers?: Headers; text?: string; error?: string }) =>
		recordExchange(parts, {
			exchangeId,
			at: about.now,
			startedMs,
			method: call.method,
			url,
			headers,
			body: body ?? "",
			answer,
		});
	let status: number;
	let answerHeaders: Headers;
	let text: string;
	try {
		const timeout = AbortSignal.timeout(parts.timeouts.answerMs);
		const reply = await request(url, {
			method: call.method,
			headers,
			body: body ?? null,
			dispatcher: parts.dispatcher,
			signal: AbortSignal.any([parts.signal, timeout]),
			headersTimeout: parts.timeouts.answerMs,
			bodyTimeout: parts.timeouts.answerMs,
		});
		status = reply.statusCode;
		answerHeaders = headersOf(reply.headers);
		text = await readCapped(reply.body, parts.system, exchangeId);
	} catch (error) {
		const fault = faultOfFailure({ ...about, error: parts.signal.aborted ? error : asTimeout(error) });
		keep({ error: fault.message });
		throw fault;
	}
	keep({ status, headers: answerHeaders, text });
	return judge(call, { ...about, status, headers: answerHeaders, text, hadToken: "authorization" in lowered(auth) });
}

interface Answered {
	system: string;
	repeatable: boolean;
	exchangeId: string;
	now: Date;
	status: number;
	headers: Headers;
	text: string;
	hadToken: boolean;
}

function judge<T>(call: Call<T>, answer: Answered): Reply<T> {
	const { system, status, headers, exchangeId } = answer;
	const body = parseBody(answer.text);
	const errorAnswer: ErrorAnswer = {
		status,
		headers,
		body: body.ok ? body.value : answer.text.slice(0, 65_536),
		exchangeId,
	};
	if (status >= 400) {
		const detail = typeof errorAnswer.body === "string" ? errorAnswer.body : detailOf(errorAnswer.body);
		throw call.options.fault?.(errorAnswer) ?? faultOfStatus({ ...answer, detail });
	}
	if (!body.ok || status >= 300) {
		// A page of HTML or half a body instead of an answer: nothing is known about what was done.
		throw new ConnectorError(
			{ kind: "transient", sent: !answer.repeatable },
			`${system} sent an answer that is not JSON. Check its address; we try again.`,
			{ exchangeId },
		);
	}
	const judged = call.options.fault?.(errorAnswer);
	if (judged) throw judged;
	const parsed = call.options.schema.safeParse(body.value);
	if (!parsed.success) throw unfitting(answer, parsed.error);
	return { data: parsed.data, status, headers, exchangeId };
}

/** An answer of another shape than agreed. After a write its outcome is unknown; after a read it is a plain refusal. */
function unfitting(answer: Answered, error: z.ZodError): ConnectorError {
	const issue = error.issues[0];
	const field = issue?.path.join(".") ?? "";
	const message = `${answer.system} sent "${short(field)}" in a form we do not know. Tell us, with the exchange.`;
	const fault = answer.repeatable
		? ({ kind: "permanent", code: "unknown-answer", field } as const)
		: ({ kind: "transient", sent: true } as const);
	return new ConnectorError(fault, message, { exchangeId: answer.exchangeId });
}

function parseBody(text: string): { ok: true; value: unknown } | { ok: false } {
	if (text === "") return { ok: true, value: null };
	try {
		return { ok: true, value: JSON.parse(text) };
	} catch {
		return { ok: false };
	}
}

/** The sentence inside an error body, under the names that systems commonly use. */
function detailOf(body: unknown): string {
	if (typeof body !== "object" || body === null) return "";
	for (const key of ["message", "Message", "error_description", "detail", "Hint", "error", "ErrorCode"]) {
		const value = (body as Record<string, unknown>)[key];
		if (typeof value === "string" && value !== "") return value;
	}
	return "";
}

async function readCapped(body: Dispatcher.ResponseData["body"], system: string, exchangeId: string): Promise<string> {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of body) {
		size += chunk.length;
		if (size > maxAnswerBytes) {
			throw new ConnectorError(
				{ kind: "permanent", code: "answer-too-large" },
				`${system} sent more than 10 MB at once. Ask for less per page.`,
				{ exchangeId },
			);
		}
		chunks.push(chunk);
	}
	return Buffer.concat(chunks).toString("utf8");
}

function recordExchange(
	parts: HttpParts,
	seen: {
		exchangeId: string;
		at: Date;
		startedMs: number;
		method: string;
		url: string;
		headers: Record<string, string>;
		body: string;
		answer: { status?: number; headers?: Headers; text?: string; error?: string };
	},
): void {
	const { masker } = parts;
	const text = seen.answer.text ?? "";
	parts.recorder.record({
		id: seen.exchangeId,
		at: seen.at,
		durationMs: Math.round(performance.now() - seen.startedMs),
		method: seen.method,
		url: masker.url(seen.url),
		requestHeaders: masker.headers(seen.headers),
		requestBody: cut(masker.body(seen.body)),
		...(seen.answer.status !== undefined && { status: seen.answer.status }),
		answerHeaders: masker.headers(Object.fromEntries(seen.answer.headers ?? [])),
		// Very large answers are pages of records: masking them whole would cost more than keeping them is worth.
		answerBody: text.length > maxBody * 4 ? `a page of ${text.length} characters` : cut(masker.body(text)),
		...(seen.answer.error !== undefined && { error: seen.answer.error }),
		truncated: text.length > maxBody || seen.body.length > maxBody,
	});
}

function cut(text: string): string {
	return text.length > maxBody ? text.slice(0, maxBody) : text;
}

function urlOf(baseUrl: string, call: Call<unknown>): string {
	const url = new URL(/^https?:/.test(call.path) ? call.path : baseUrl.replace(/\/$/, "") + call.path);
	for (const [name, value] of Object.entries(call.options.query ?? {}))
		if (value !== undefined) url.searchParams.set(name, String(value));
	return url.href;
}

function headersOf(raw: Record<string, string | string[] | undefined>): Headers {
	const headers = new Headers();
	for (const [name, value] of Object.entries(raw))
		if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
	return headers;
}

function lowered(headers: Record<string, string>): Record<string, string> {
	return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function asTimeout(error: unknown): unknown {
	return error instanceof Error && error.name === "TimeoutError"
		? Object.assign(new Error("no answer in time"), { code: "TIMEOUT" })
		: error;
}
