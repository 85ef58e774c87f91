/**
 * One request and its whole answer as text, bounded in time and size. It speaks to the connection pool directly:
 * streams, emitters and abort signals, one of each per call, would cost more than everything else that is done here.
 */
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import type { Dispatcher } from "undici";
import type { AnswerHeaders } from "./types";

const maxAnswerBytes = 10 * 1024 * 1024;

export interface Sent {
	url: URL;
	method: string;
	headers: Record<string, string>;
	body: string | undefined;
}
export interface Answer {
	status: number;
	/** By lower-case name. */
	headers: Record<string, string>;
	text: string;
}

/** More than 10 MB of answer, zipped or not. */
export class TooLargeError extends Error {}

/**
 * Rejects with the signal's reason when stopped, with a `TIMEOUT` after `answerMs` from sending to the last byte,
 * and with the pool's own error when the connection fails.
 */
export async function fetchAnswer(
	dispatcher: Dispatcher,
	sent: Sent,
	{ signal, answerMs }: { signal: AbortSignal; answerMs: number },
): Promise<Answer> {
	signal.throwIfAborted();
	const { status, headers, bytes } = await dispatch(dispatcher, sent, { signal, answerMs });
	const plain = headers["content-encoding"] === "gzip" ? await unzipped(bytes) : bytes;
	return { status, headers, text: textOf(plain, headers["content-type"] ?? "") };
}

export function answerHeaders(headers: Record<string, string>): AnswerHeaders {
	return { get: (name) => headers[name.toLowerCase()] ?? null };
}

interface Received {
	status: number;
	headers: Record<string, string>;
	bytes: Buffer;
}

function dispatch(
	dispatcher: Dispatcher,
	{ url, method, headers, body }: Sent,
	{ signal, answerMs }: { signal: AbortSignal; answerMs: number },
): Promise<Received> {
	return new Promise((resolve, reject) => {
		let controller: Dispatcher.DispatchController | undefined;
		let ended: Error | undefined;
		let head: Omit<Received, "bytes"> | undefined;
		const chunks: Buffer[] = [];
		let size = 0;
		const end = (error: Error) => {
			ended ??= error;
			leave();
			// While it waits for a connection there is nothing to cut off: it is refused when its turn comes.
			controller?.abort(ended);
			reject(ended);
		};
		const timer = setTimeout(() => end(Object.assign(new Error("no answer"), { code: "TIMEOUT" })), answerMs);
		const unlisten = onAbort(signal, end);
		const leave = () => {
			clearTimeout(timer);
			unlisten();
		};
		dispatcher.dispatch(
			{
				origin: url.origin,
				path: url.pathname + url.search,
				method,
				headers,
				body: body ?? null,
				headersTimeout: answerMs + 1000,
				bodyTimeout: answerMs + 1000,
			},
			{
				onRequestStart: (given) => {
					controller = given;
					if (ended) given.abort(ended);
				},
				onResponseStart: (_, status, raw) => {
					head = { status, headers: plainOf(raw) };
				},
				onResponseData: (_, chunk) => {
					size += chunk.length;
					if (size > maxAnswerBytes) end(new TooLargeError());
					else chunks.push(chunk);
				},
				onResponseEnd: () => {
					leave();
					if (head) resolve({ ...head, bytes: chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks) });
				},
				onResponseError: (_, error) => end(error),
			},
		);
	});
}

/** Calls in flight by the signal that stops them: one listener for all, where each would be looked for among all. */
const inFlight = new WeakMap<AbortSignal, Set<(error: Error) => void>>();

function onAbort(signal: AbortSignal, end: (error: Error) => void): () => void {
	const ends = inFlight.get(signal) ?? new Set();
	if (!inFlight.has(signal)) {
		inFlight.set(signal, ends);
		signal.addEventListener("abort", () => {
			for (const one of ends) one(signal.reason);
		});
	}
	ends.add(end);
	return () => ends.delete(end);
}

function plainOf(raw: Record<string, string | string[] | undefined>): Record<string, string> {
	const plain: Record<string, string> = {};
	for (const name in raw) {
		const value = raw[name];
		if (value !== undefined) plain[name] = Array.isArray(value) ? value.join(", ") : value;
	}
	return plain;
}

const unzip = promisify(gunzip);

async function unzipped(bytes: Buffer): Promise<Buffer> {
	try {
		return await unzip(bytes, { maxOutputLength: maxAnswerBytes });
	} catch (error) {
		const isTooLarge = error instanceof Error && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE";
		throw isTooLarge ? new TooLargeError() : error;
	}
}

/** In the charset that the answer names; UTF-8 when it names none, or one that nobody knows. */
function textOf(bytes: Buffer, contentType: string): string {
	const charset = /charset="?([\w-]+)/i.exec(contentType)?.[1]?.toLowerCase() ?? "utf-8";
	if (charset === "utf-8" || charset === "utf8") return bytes.toString("utf8");
	try {
		return new TextDecoder(charset).decode(bytes);
	} catch {
		return bytes.toString("utf8");
	}
}
