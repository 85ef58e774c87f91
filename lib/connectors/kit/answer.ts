/**
 * What an answer means: its text as data that fits the agreed shape; and a fault
 * for everything else. After a write whose answer cannot be read the outcome is unknown, so the flow looks first.
 */
import type { z } from "zod";
import { ConnectorError, type Fault } from "./fault";
import { type Call, faultOfStatus, short } from "./faults";
import type { AnswerHeaders, BodyFormat, ErrorAnswer, Reply, RequestOptions } from "./types";

export interface Answered extends Call {
	status: number;
	headers: AnswerHeaders;
	text: string;
	body: Parsed;
	hadToken: boolean;
}

/** The reply, or the fault it stands for. The connector's own reading of an error comes before the default table. */
export function judge<T>(options: RequestOptions<T>, answer: Answered): Reply<T> {
	const { system, status, headers, exchangeId, body } = answer;
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
		const format = options.format?.name ?? "JSON";
		const message = `${system} sent an answer that is not ${format}. Check its address; we try again.`;
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

/** A body read in its format. */
export type Parsed = { ok: true; value: unknown } | { ok: false };

export function parseBody(text: string, format?: BodyFormat): Parsed {
	if (text === "") return { ok: true, value: null };
	try {
		return { ok: true, value: format ? format.parse(text) : JSON.parse(text) };
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

/** An answer beyond what is read. After a write its outcome is unknown. */
export function tooLarge({ system, repeatable, exchangeId }: Call): ConnectorError {
	const fault: Fault = repeatable ? { kind: "permanent", code: "answer-too-large" } : { kind: "transient", sent: true };
	return new ConnectorError(fault, `${system} sent more than 10 MB at once. Ask for less per page.`, { exchangeId });
}
