import { z } from "zod";
import { ConnectorError } from "../kit/fault";
import { short } from "../kit/faults";
import type { Context, ErrorAnswer, Reply } from "../kit/types";
import type { ImSettings } from "./settings";
import { failure } from "./words";

/** How long to wait after RateLimit, which names no time: the bucket has fifty calls again by then. */
const limitedMs = 30_000;

interface Call<T> {
	query?: Record<string, string | number | undefined>;
	/** Present: the call is a POST. */
	body?: unknown;
	schema: z.ZodType<T>;
	repeatable?: boolean;
}

/** One call, its envelope taken off. `success_code` alone decides: failures, too, come with HTTP 200. */
export async function call<T>(context: Context<ImSettings>, path: string, given: Call<T>): Promise<Reply<T>> {
	const { query, body, schema, repeatable } = given;
	const options = {
		schema: z.object({ success_code: z.literal(true), response: schema }),
		...(query && { query }),
		...(repeatable !== undefined && { repeatable }),
		fault: (answer: ErrorAnswer) => refusal(answer, context.now()),
	};
	const { http } = context;
	const reply = body === undefined ? await http.get(path, options) : await http.send("POST", path, body, options);
	return { ...reply, data: reply.data.response };
}

/** Path of the API's own words for the level of the key: warehouse keys read as the merchant they act for. */
export function levelPath({ settings }: Context<ImSettings>, rest: string): string {
	return `/${settings.keyLevel === "cart" ? "cart" : "merchant"}${rest}`;
}

function refusal(answer: ErrorAnswer, now: Date): ConnectorError | undefined {
	const parsed = failure.safeParse(answer.body);
	if (!parsed.success) return undefined;
	const { exchangeId } = answer;
	const said = parsed.data.message || parsed.data.status_message || parsed.data.error_code;
	if (parsed.data.error_code === "RateLimit") {
		const fault = { kind: "rate-limited" as const, retryAt: new Date(now.getTime() + limitedMs) };
		return new ConnectorError(fault, "Integration Manager asked us to slow down. We go on by ourselves.", {
			exchangeId,
		});
	}
	// Which words it uses for a wrong key is not public; all of these name the key and no order.
	if (/\bapi[ _]?(user|key)\b|credential|authenti|unauthori|access denied/i.test(said)) {
		const message = "Integration Manager does not accept the API user and key. Copy both again.";
		return new ConnectorError({ kind: "auth", reason: "invalid" }, message, { exchangeId });
	}
	// With a status of 400 and more the common table knows better what it means.
	if (answer.status >= 400) return undefined;
	const code = /duplicate/i.test(said)
		? "OrderDuplicate"
		: isMissing(said)
			? "NotFound"
			: parsed.data.error_code || "Failure";
	const message = `Integration Manager refused it: ${short(said, 80).replace(/[.!?\s]+$/, "")}. Correct it and resend.`;
	return new ConnectorError({ kind: "permanent", code }, message, { exchangeId });
}

function isMissing(said: string): boolean {
	return /not found|no such|does ?n[o']t exist|unknown (order|sku|product)|could ?n[o']t find|no order/i.test(said);
}

/** What the call finds, or null where the API says that there is none. */
export async function orNull<T>(work: Promise<T>): Promise<T | null> {
	try {
		return await work;
	} catch (error) {
		if (!(error instanceof ConnectorError) || error.fault.kind !== "permanent") throw error;
		if (error.fault.code === "NotFound" || error.fault.code === "http-404") return null;
		throw error;
	}
}
