import { z } from "zod";
import { ConnectorError } from "../kit/fault";
import { short } from "../kit/faults";
import type { ErrorAnswer, Read } from "../kit/types";

/** Asks for camelCase answers with embedded children. */
export const hal = { Accept: "application/hal+json" };

const errorBody = z.object({
	ErrorCode: z.string(),
	Hint: z.string().nullish(),
	Properties: z.array(z.object({ Name: z.string(), Value: z.unknown() })).nullish(),
});

/** Error codes of 3PL Warehouse Manager, as sentences about the field they name. */
const sentences: Record<string, string> = {
	Required: "is required there",
	DoesNotExist: "is unknown there",
	Duplicate: "is in use there already",
	Incompatible: "does not fit the rest",
	ValueNotSupported: "is not supported there",
	OrderConfirmed: "shipped already",
	OrderCanceled: "was canceled already",
	InUse: "is being worked on",
};
/** Only codes and numbers are repeated to people: any other value may be a shopper's. */
const quotable = /sku|referencenum|qty|identifier|carrier|mode|country/i;

/** 400 says what is wrong with a value; 403 with an error code is the order's state, not a missing right. */
export function refusal(answer: ErrorAnswer): ConnectorError | undefined {
	if (answer.status !== 400 && answer.status !== 403) return undefined;
	const parsed = errorBody.safeParse(answer.body);
	if (!parsed.success) return undefined;
	const { ErrorCode: code, Hint: hint, Properties: properties } = parsed.data;
	const property = properties?.[0];
	const field = property?.Name ?? hint ?? "";
	const quoted = quotable.test(field) && (typeof property?.Value === "string" || typeof property?.Value === "number");
	const value = quoted ? ` "${short(String(property?.Value), 30)}"` : "";
	const what = sentences[code] ?? `was refused as ${short(code, 30)}`;
	const message = `The warehouse refused it: ${short(field, 30) || "a value"}${value} ${what}. Correct it and resend.`;
	return new ConnectorError({ kind: "permanent", code, ...(field && { field }) }, message, {
		exchangeId: answer.exchangeId,
	});
}

/** A record that does not fit, under the id found at `idPath`, with the first field that is wrong. */
export function broken(raw: unknown, error: z.ZodError, idPath: string[]): Extract<Read<never>, { ok: false }> {
	const issue = error.issues[0];
	const field = issue?.path.join(".") ?? "";
	const id = idPath.reduce<unknown>(
		(value, name) =>
			typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined,
		raw,
	);
	const sourceId = typeof id === "string" || typeof id === "number" ? String(id) : "?";
	return { ok: false, sourceId, field, problem: `${field}: ${issue?.message ?? "is not usable"}`.trim(), raw };
}
