import { z } from "zod";

/** What went wrong, as the API says it. */
export interface Problem {
	sentence: string;
	/** What to do about it. */
	fix?: string;
	requestId?: string;
	/** Sentences by field name. */
	fields: Record<string, string>;
	status?: number;
}

const words = z.object({
	detail: z.string().optional().catch(undefined),
	fix: z
		.union([z.string(), z.object({ label: z.string() }).transform(({ label }) => label)])
		.optional()
		.catch(undefined),
	action: z.string().optional().catch(undefined),
	requestId: z.string().optional().catch(undefined),
	fields: z.record(z.string(), z.string()).catch({}),
});
const shape = words.extend({
	message: z.string().catch(""),
	status: z.number().optional().catch(undefined),
	data: words.optional().catch(undefined),
});

/** Reads a problem out of whatever a query threw; a lost connection has words of its own. */
export function readProblem(error: unknown): Problem {
	if (error instanceof TypeError) return { ...lost, fields: {} };
	const own = error instanceof Error && "problem" in error ? error.problem : null;
	const parsed = shape.safeParse(own ?? (error instanceof Error ? { ...error, message: error.message } : error));
	if (!parsed.success) return { sentence: "Something went wrong on our side.", fix: "Try again.", fields: {} };
	const { message, status, data, ...facts } = parsed.data;
	const fix = data?.fix ?? data?.action ?? facts.fix ?? facts.action;
	const requestId = data?.requestId ?? facts.requestId;
	return {
		sentence: data?.detail ?? facts.detail ?? (message || "Something went wrong on our side."),
		fields: { ...facts.fields, ...data?.fields },
		...(fix && { fix }),
		...(requestId && { requestId }),
		...(status !== undefined && { status }),
	};
}

const lost = {
	sentence: "Crossdock did not answer.",
	fix: "Check that this device is online, then try again. Nothing was lost.",
};
