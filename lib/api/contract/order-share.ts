import { z } from "zod";
import { shareStates } from "@/lib/canonical/state-words";
import { id, instant } from "./base";

/** What one of several warehouses is to send of an order. */
export const orderShare = z.object({
	connection: z.object({ id: id("con"), name: z.string() }),
	/** Under which it is known there: 1001, 1001-2. */
	numbers: z.array(z.string()),
	lines: z.array(z.object({ sku: z.string(), quantity: z.int() })),
	/** Of those, what is still to be sent. */
	rest: z.array(z.object({ sku: z.string(), quantity: z.int() })),
	/** Why the plan gave it these. */
	reason: z.string(),
	state: z.enum(shareStates),
	waitsFor: z.array(z.string()),
	problem: z.string().nullable(),
	nextTryAt: instant.nullable(),
});
