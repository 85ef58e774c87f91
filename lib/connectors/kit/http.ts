/**
 * The one HTTP client: limited, authorized, recorded, and with a fault for everything that can go wrong.
 * A call is sent again only where that changes nothing: reads after a passing failure, and any call that was
 * answered 401, because it was not carried out. Redirects are not followed: they could lead anywhere.
 */
import { Agent, type Dispatcher } from "undici";
import { judge, parseBody, tooLarge } from "./answer";
import { ConnectorError } from "./fault";
import { type Call as FaultyCall, faultOfFailure } from "./faults";
import { type Answer, answerHeaders, fetchAnswer, TooLargeError } from "./fetch-answer";
import type { Guard } from "./guard";
import type { Limiter } from "./limiter";
import type { Masker } from "./mask";
import { type Recorder, recordExchange } from "./record";
import type { Http, Method, Reply, RequestOptions } from "./types";

export interface HttpParts {
	system: string;
	baseUrl: string;
	limiter: Limiter;
	recorder: Recorder;
	masker: Masker;
	signal: AbortSignal;
	now: () => Date;
	timeouts: Timeouts;
	/** Refuses private addresses before anything is sent. */
	guard?: Guard | undefined;
	authorize: () => Promise<Record<string, string>>;
	/** Called after a 401 with the headers that were refused; true when it is worth asking once more. */
	refused: (headers: Record<string, string>) => Promise<boolean>;
	dispatcher: Dispatcher;
}
export interface Timeouts {
	connectMs: number;
	/** From sending to the last byte of the answer. */
	answerMs: number;
	/** Measure of the short waits before a read is tried again. */
	retryMs: number;
}
export const defaultTimeouts: Timeouts = { connectMs: 10_000, answerMs: 30_000, retryMs: 50 };

const readRetries = 2;

/** Pools of kept-alive connections, one per origin, shared by all partners with the same patience and guard. */
const agents = new Map<string, Agent>();
export function defaultDispatcher(timeouts: Timeouts, guard?: Guard): Dispatcher {
	const key = `${timeouts.connectMs} ${guard?.key ?? "open"}`;
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
			if (!(error instanceof ConnectorError)) throw parts.signal.aborted ? stopped(parts.system, error) : error;
			// What a partner says about our request may hold what we sent: our own secrets leave it here.
			error.message = parts.masker.text(error.message);
			const { fault } = error;
			if (fault.kind === "auth" && fault.reason === "expired" && !renewed && (await parts.refused(auth))) {
				renewed = true;
				continue;
			}
			if (fault.kind !== "transient" || !repeatable || retries >= readRetries || parts.signal.aborted) throw error;
			retries++;
			await pause(parts.timeouts.retryMs * 3 ** retries * (0.5 + Math.random()), parts.signal);
		}
	}
}

function isRepeatable(call: Call<unknown>): boolean {
	return call.options.repeatable ?? call.method === "GET";
}

/** Our own stop while waiting for a place: nothing had left. */
function stopped(system: string, cause: unknown): ConnectorError {
	return new ConnectorError(
		{ kind: "transient", sent: false },
		`The call to ${system} was stopped. It is made later.`,
		{
			cause,
		},
	);
}

async function exchange<T>(parts: HttpParts, call: Call<T>, auth: Record<string, string>): Promise<Reply<T>> {
	const url = urlOf(parts.baseUrl, call);
	parts.guard?.check(url);
	const body =
		call.body === undefined ? undefined : typeof call.body === "string" ? call.body : JSON.stringify(call.body);
	const headers: Record<string, string> = {
		accept: call.options.format?.accept ?? "application/json",
		"accept-encoding": "gzip",
		...(body !== undefined && { "content-type": "application/json" }),
		...call.options.headers,
		...auth,
	};
	const exchangeId = parts.recorder.nextId();
	const about: FaultyCall = { system: parts.system, repeatable: isRepeatable(call), exchangeId, now: parts.now() };
	const sent = { url, method: call.method, headers, body };
	const kept = { ...sent, exchangeId, at: about.now, startedMs: performance.now(), data: call.body };
	let answer: Answer;
	try {
		answer = await fetchAnswer(parts.dispatcher, sent, { signal: parts.signal, answerMs: parts.timeouts.answerMs });
	} catch (error) {
		const fault =
			error instanceof TooLargeError
				? tooLarge(about)
				: faultOfFailure({ ...about, error, aborted: parts.signal.aborted });
		recordExchange(parts, { ...kept, answer: { error: fault.message } });
		throw fault;
	}
	const parsed = parseBody(answer.text, call.options.format);
	recordExchange(parts, { ...kept, answer: { ...answer, data: parsed.ok ? parsed.value : undefined } });
	const hadToken = Object.keys(auth).some((name) => name.toLowerCase() === "authorization");
	return judge(call.options, {
		...about,
		...answer,
		headers: answerHeaders(answer.headers),
		body: parsed,
		hadToken,
	});
}

function urlOf(baseUrl: string, call: Call<unknown>): URL {
	const url = new URL(/^https?:/.test(call.path) ? call.path : baseUrl.replace(/\/$/, "") + call.path);
	for (const [name, value] of Object.entries(call.options.query ?? {}))
		if (value !== undefined) url.searchParams.set(name, String(value));
	return url;
}

/** Waits, or ends early when the signal does. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
	return new Promise((resolve) => {
		const end = () => {
			clearTimeout(timer);
			signal.removeEventListener("abort", end);
			resolve();
		};
		const timer = setTimeout(end, ms);
		signal.addEventListener("abort", end, { once: true });
	});
}
