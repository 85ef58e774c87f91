import { z } from "zod";

/** What a warehouse would be told beside the goods, tried on a real order or purchase order. */
export const referencePreview = z.object({
	/** Of the order that it was tried on. */
	number: z.string(),
	/** Why it would be stopped; null when it may go. */
	stop: z.string().nullable(),
	/** One of each text that is set, and of each line. */
	references: z.array(
		z.object({
			label: z.string(),
			line: z.object({ number: z.int(), sku: z.string() }).nullable(),
			told: z.string(),
			/** What is too much, where it is too long. */
			rest: z.string(),
			length: z.int(),
			most: z.int(),
			outcome: z
				.enum(["told", "cut", "stops", "empty", "withheld"])
				.describe(
					"told; cut: the rest is not told; stops: nothing is sent; empty: what the cart has; withheld: private",
				),
		}),
	),
	/** How many more of lines there are. */
	more: z.int(),
});
