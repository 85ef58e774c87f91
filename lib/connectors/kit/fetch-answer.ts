/**
 * One request and its whole answer as text, bounded in time and size. It speaks to the connection pool directly:
 * streams, emitters and abort signals, one of each per call, would cost more than all else that is done here.
 */
import { isUtf8 } from "node:buffer";
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
export async function fetchAnswer(dispatcher: Dispatcher, sent: Sent, limits: Limits): Promise<Answer> {
	limits.signal.throwIfAborted();
	const { status, headers, bytes } = await dispatch(dispatcher, sent, limits);
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
interface Limits {
	signal: AbortSignal;
	answerMs: number;
}

function dispatch(dispatcher: Dispatcher, sent: Sent, limits: Limits): Promise<Received> {
	return new Promise((resolve, reject) => {
		const { url, method, headers, body = null } = sent;
		const idleMs = limits.answerMs + 1000;
		dispatcher.dispatch(
			{
				origin: url.origin,
				path: url.pathname + url.search,
				method,
				headers,
				body,
				headersTimeout: idleMs,
				bodyTimeout: idleMs,
			},
			new Receiver(limits, resolve, reject),
		);
	});
}

/** What the pool tells of one call. A class, since a dozen functions made anew for each call are felt. */
class Receiver implements Dispatcher.DispatchHandler {
	private controller: Dispatcher.DispatchController | undefined;
	private ended: Error | undefined;
	private head: Omit<Received, "bytes"> | undefined;
	private readonly chunks: Buffer[] = [];
	private size = 0;
	private readonly timer: NodeJS.Timeout;
	private readonly others: Set<Receiver>;

	constructor(
		limits: Limits,
		private readonly resolve: (received: Received) => void,
		private readonly reject: (error: Error) => void,
	) {
		this.timer = setTimeout(expire, limits.answerMs, this);
		this.others = inFlightOf(limits.signal);
		this.others.add(this);
	}

	end(error: Error): void {
		this.ended ??= error;
		this.leave();
		// While it waits for a connection there is nothing to cut off: it is refused when its turn comes.
		this.controller?.abort(this.ended);
		this.reject(this.ended);
	}

	private leave(): void {
		clearTimeout(this.timer);
		this.others.delete(this);
	}

	onRequestStart(controller: Dispatcher.DispatchController): void {
		this.controller = controller;
		if (this.ended) controller.abort(this.ended);
	}

	onResponseStart(_: unknown, status: number, headers: Record<string, string | string[] | undefined>): void {
		this.head = { status, headers: plainOf(headers) };
	}

	onResponseData(_: unknown, chunk: Buffer): void {
		this.size += chunk.length;
		if (this.size > maxAnswerBytes) this.end(new TooLargeError());
		else this.chunks.push(chunk);
	}

	onResponseEnd(): void {
		this.leave();
		const [first] = this.chunks;
		const bytes = this.chunks.length === 1 && first ? first : Buffer.concat(this.chunks);
		if (this.head) this.resolve({ ...this.head, bytes });
	}

	onResponseError(_: unknown, error: Error): void {
		this.end(error);
	}
}

function expire(receiver: Receiver): void {
	receiver.end(Object.assign(new Error("no answer"), { code: "TIMEOUT" }));
}

/** Calls in flight by the signal that stops them: one listener for all, where each would be looked for among all. */
const inFlight = new WeakMap<AbortSignal, Set<Receiver>>();

function inFlightOf(signal: AbortSignal): Set<Receiver> {
	let receivers = inFlight.get(signal);
	if (!receivers) {
		const all = new Set<Receiver>();
		signal.addEventListener("abort", () => {
			for (const one of all) one.end(signal.reason);
		});
		inFlight.set(signal, all);
		receivers = all;
	}
	return receivers;
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

/**
 * In the charset that the answer names, or that the first line of its XML does; else UTF-8. XML that says UTF-8 and
 * is not comes from old carts, which write Windows-1252.
 */
function textOf(bytes: Buffer, contentType: string): string {
	const isXml = /^\s*</.test(bytes.toString("latin1", 0, 64)) && !/html/i.test(contentType);
	const named =
		/charset="?([\w-]+)/i.exec(contentType) ?? (isXml ? declared.exec(bytes.toString("latin1", 0, 200)) : null);
	const charset = named?.[1]?.toLowerCase() ?? "utf-8";
	if (charset === "utf-8" || charset === "utf8")
		return isXml && !isUtf8(bytes) ? windows1252(bytes) : bytes.toString("utf8");
	if (/^(windows-1252|cp-?1252|iso-8859-1|latin-?1|us-ascii)$/.test(charset)) return windows1252(bytes);
	try {
		return new TextDecoder(charset).decode(bytes);
	} catch {
		return bytes.toString("utf8");
	}
}

const declared = /^\s*<\?xml[^>]*?encoding=["']([\w-]+)/i;

/** The platform reads these 32 bytes as control characters. */
const above127 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

function windows1252(bytes: Buffer): string {
	return bytes.toString("latin1").replace(/[\u0080-\u009f]/g, (byte) => above127[byte.charCodeAt(0) - 128] ?? byte);
}
