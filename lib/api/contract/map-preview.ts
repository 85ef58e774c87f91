import { z } from "zod";

const fieldProblems = z.array(z.object({ field: z.string(), problem: z.string() }));
/** Field maps tried on a real order: the request that would be sent, or the order that was read. */
export const mapPreview = z.discriminatedUnion("side", [
	z.object({
		side: z.literal("destination"),
		/** The order that it was tried on. */
		number: z.string(),
		method: z.string(),
		url: z.string(),
		/** Secrets are masked. */
		headers: z.record(z.string(), z.string()),
		body: z.string(),
		problems: fieldProblems,
		leftOut: z.array(z.string()),
	}),
	z.object({
		side: z.literal("source"),
		/** One record as the system gave it; null when it lists none. */
		given: z.string().nullable(),
		/** The same in our own words; null when it cannot be read. */
		read: z.string().nullable(),
		problems: fieldProblems,
	}),
]);
