/** One request and its answer as it is kept: masked already, and cut so that it stays small. */
import type { Masker } from "./mask";

export interface RecordedExchange {
	id: string;
	at: Date;
	durationMs: number;
	method: string;
	url: string;
	requestHeaders: Record<string, string>;
	requestBody: string;
	/** Absent when no answer came. */
	status?: number;
	answerHeaders: Record<string, string>;
	answerBody: string;
	error?: string;
	truncated: boolean;
}

/** Takes exchanges as they happen. `nextId` names one before it is sent, so that errors can point to it. */
export interface Recorder {
	nextId(): string;
	record(exchange: RecordedExchange): void;
}

/** Longest body that is kept, in characters. */
export const maxBody = 32_768;

export function memoryRecorder(): Recorder & { exchanges: RecordedExchange[] } {
	const exchanges: RecordedExchange[] = [];
	let count = 0;
	return { exchanges, nextId: () => `xch_${++count}`, record: (exchange) => void exchanges.push(exchange) };
}

interface Seen {
	exchangeId: string;
	at: Date;
	startedMs: number;
	method: string;
	url: URL;
	headers: Record<string, string>;
	body: string | undefined;
	/** What `body` and `text` were made from, or were read as: they need not be read once more. */
	data?: unknown;
	answer: { status?: number; headers?: Record<string, string>; text?: string; data?: unknown; error?: string };
}

/** Masks what was seen and hands it over. */
export function recordExchange({ recorder, masker }: { recorder: Recorder; masker: Masker }, seen: Seen): void {
	const { status, headers, text = "", data, error } = seen.answer;
	const body = seen.body ?? "";
	recorder.record({
		id: seen.exchangeId,
		at: seen.at,
		durationMs: Math.round(performance.now() - seen.startedMs),
		method: seen.method,
		url: masker.url(seen.url.href),
		requestHeaders: masker.headers(seen.headers),
		requestBody: cut(masker.body(body, seen.data)),
		...(status !== undefined && { status }),
		answerHeaders: masker.headers(headers ?? {}),
		// Very large answers are pages of records: masking them whole would cost more than keeping them is worth.
		answerBody: text.length > maxBody * 4 ? `a page of ${text.length} characters` : cut(masker.body(text, data)),
		...(error !== undefined && { error: masker.text(error) }),
		truncated: text.length > maxBody || body.length > maxBody,
	});
}

function cut(text: string): string {
	return text.length > maxBody ? text.slice(0, maxBody) : text;
}
