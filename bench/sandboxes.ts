/**
 * Both partners in processes of their own, so that what is measured does not share its event loop with them. The
 * processes live through a part; each round gets an empty shop and an empty warehouse inside them.
 */
import { z } from "zod";
import { startChild } from "./child";

/** What the bench asks of a partner's process. */
export const question = z.discriminatedUnion("ask", [
	z.object({ ask: z.literal("open") }),
	/** The shop is given so many paid orders of two lines. */
	z.object({ ask: z.literal("place"), orders: z.int() }),
	/** The warehouse packs all that is open, one box per order. */
	z.object({ ask: z.literal("ship") }),
	/** So many products exist; in the warehouse each has stock. */
	z.object({ ask: z.literal("stock"), skus: z.int() }),
	/** The stock of every so-manieth product changes. */
	z.object({ ask: z.literal("move"), everyNth: z.int() }),
	z.object({ ask: z.literal("count") }),
]);
export type Question = z.output<typeof question>;

const opened = z.object({ settings: z.record(z.string(), z.unknown()) });
const counted = z.object({ calls: z.int(), done: z.int() });

export interface Partner {
	open(): Promise<Record<string, unknown>>;
	tell(question: Question): Promise<void>;
	/** Calls since it was opened, and how many orders have been through it: confirmed, or taken in. */
	count(): Promise<{ calls: number; done: number }>;
	stop(): Promise<void>;
}

export async function startPartner(which: "shop" | "warehouse"): Promise<Partner> {
	const child = startChild(["--import", "tsx", "bench/sandbox-process.ts", which]);
	await child.ready;
	return {
		open: async () => opened.parse(await child.ask({ ask: "open" })).settings,
		tell: async (told) => void (await child.ask(told)),
		count: async () => counted.parse(await child.ask({ ask: "count" })),
		stop: child.stop,
	};
}
