import { z } from "zod";
import { ConnectorError } from "../kit/fault";
import { short } from "../kit/faults";
import type { ErrorAnswer } from "../kit/types";

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
};

/** 400 says what is wrong with a value; 403 with an error code is the order's state, not a missing right. */
export function refusal(answer: ErrorAnswer): ConnectorError | undefined {
	if (answer.status !== 400 && answer.status !== 403) return undefined;
	const parsed = errorBody.safeParse(answer.body);
	if (!parsed.success) return undefined;
	const { ErrorCode: code, Hint: hint, Properties: properties } = parsed.data;
	const property = properties?.[0];
	const field = property?.Name ?? hint ?? "";
	const value = typeof property?.Value === "string" ? ` "${short(property.Value)}"` : "";
	const message = `The warehouse refused it: ${short(field)}${value} ${sentences[code] ?? code}. Correct it and resend.`;
	return new ConnectorError({ kind: "permanent", code, ...(field && { field }) }, message, {
		exchangeId: answer.exchangeId,
	});
}
