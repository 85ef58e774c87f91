/** What the verbs that save many rows at once, of item codes and of stock rules, share. */
import { z } from "zod";

/** What saving one row does. */
export const rowEffect = z.object({
	/** Line of the file, or place in the list, from 1. */
	line: z.int(),
	effect: z.enum(["new", "change", "same", "remove", "refused"]),
	code: z.string(),
	/** In words: what it was and becomes, or why it cannot be. */
	sentence: z.string(),
});

/** What a person is shown before anything is saved. */
export const dryRun = z.object({
	effects: z.array(rowEffect),
	/** Rows by effect; `effects` holds the first 500 only, refused ones first. */
	counts: z.object({ new: z.int(), change: z.int(), same: z.int(), remove: z.int(), refused: z.int() }),
});

/** A CSV file, and whether it is saved at once. */
export const csvFile = z.object({
	text: z.string().max(1_000_000),
	/** False: only say what it would do. */
	apply: z.boolean().default(false),
});

/** The rows that cannot be used, as CSV with the reason in the last column; null where all can. */
export const refusedFile = z.string().nullable();
