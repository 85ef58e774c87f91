/**
 * What an answer means: its bytes as text, bounded; its text as data that fits the agreed shape; and a fault
 * for everything else. After a write whose answer cannot be read the outcome is unknown, so the flow looks first.
 */
import { createGunzip, type Gunzip } from "node:zlib";
import type { Dispatcher } from "undici";
import type { z } from "zod";
import { ConnectorError, type Fault } from "./fault";
import { type Call, faultOfStatus, short } from "./faults";
import type { ErrorAnswer, Reply, RequestOptions } from "./types";

const maxAnswerBytes = 10 * 1024 * 1024;

export interface Answered extends Call {
	status: number;
	headers: Headers;
	text: string;
	hadToken: boolean;
}

/** The reply, or the fault it stands for. The connector's own reading of an error comes before the default table. */
export function judge<T>(options: RequestOptions<T>, answer: Answered): Reply<T> {
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
		throw options.fault?.(errorAnswer) ?? faultOfStatus({ ...answer, detail });
	}
	if (status >= 300) {
		const message = `${system} points to another address. Enter the address that answers by itself.`;
		throw new ConnectorError({ kind: "permanent", code: "redirected" }, message, { exchangeId });
	}
	if (!body.ok) {
		// A page of HTML or half a body instead of an answer: nothing is known about what was done.
		const message = `${system} sent an answer that is not JSON. Check its address; we try again.`;
		throw new ConnectorError({ kind: "transient", sent: !answer.repeatable }, message, { exchangeId });
	}
	const judged = options.fault?.(errorAnswer);
	if (judged) throw judged;
	const parsed = options.schema.safeParse(body.value);
	if (!parsed.success) throw unfitting(answer, parsed.error);
	return { data: parsed.data, status, headers, exchangeId };
}

/** An answer of another shape than agreed. After a write its outcome is unknown; after a read it is a plain refusal. */
function unfitting(answer: Answered, error: z.ZodError): ConnectorError {
	const field = error.issues[0]?.path.join(".") ?? "";
	const message = `${answer.system} sent "${short(field, 40)}" in a form we do not know. Tell us, with the exchange.`;
	const fault: Fault = answer.repeatable
		? { kind: "permanent", code: "unknown-answer", field }
		: { kind: "transient", sent: true };
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

/** The whole body as text, unzipped, in the charset it names. Throws when it is larger than 10 MB unzipped. */
export async function readCapped(body: Dispatcher.ResponseData["body"], headers: Headers, call: Call): Promise<string> {
	const stream = headers.get("content-encoding") === "gzip" ? unzipped(body) : body;
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of stream) {
		size += chunk.length;
		if (size > maxAnswerBytes) {
			body.destroy();
			throw tooLarge(call);
		}
		chunks.push(chunk);
	}
	const bytes = Buffer.concat(chunks);
	const charset = /charset="?([\w-]+)/i.exec(headers.get("content-type") ?? "")?.[1]?.toLowerCase() ?? "utf-8";
	return charset === "utf-8" || charset === "utf8" ? bytes.toString("utf8") : decode(bytes, charset);
}

function unzipped(body: Dispatcher.ResponseData["body"]): Gunzip {
	const gunzip = createGunzip();
	body.on("error", (error) => gunzip.destroy(error));
	return body.pipe(gunzip);
}

function decode(bytes: Buffer, charset: string): string {
	try {
		return new TextDecoder(charset).decode(bytes);
	} catch {
		return bytes.toString("utf8");
	}
}

function tooLarge({ system, repeatable, exchangeId }: Call): ConnectorError {
	const fault: Fault = repeatable ? { kind: "permanent", code: "answer-too-large" } : { kind: "transient", sent: true };
	return new ConnectorError(fault, `${system} sent more than 10 MB at once. Ask for less per page.`, { exchangeId });
}
