import { z } from "zod";

/** What was found out about an order that somebody misses. */
export const missingOrder = z.object({
	verdict: z.enum(["here", "removed", "unknown", "left-out", "unusable", "coming", "not-connected"]),
	/** What is so, and why. */
	sentence: z.string(),
	/** Below the account's address: where it is, or where the setting is that leaves it out. */
	path: z.string().nullable(),
	pathLabel: z.string(),
	/** Set when pulling it now would load it. */
	sourceId: z.string().nullable(),
});
