import { z } from "zod";
import { shareStates } from "@/lib/canonical/state-words";
import { writeStates } from "@/lib/canonical/status";
import { id, instant } from "./base";

/** One delivery of an order to a warehouse. */
export const orderDelivery = z.object({
	id: id("dlv"),
	connection: z.object({ id: id("con"), name: z.string() }),
	/** 1, and more where the order goes to the warehouse bit by bit. */
	part: z.int(),
	number: z.string(),
	state: z.enum(writeStates),
	externalId: z.string().nullable(),
	shipMethod: z.string(),
	cancelState: z.string(),
	/** A person said that the warehouse has it. */
	byHand: z.boolean(),
	/** When the warehouse works on it, by its days and hours; null where they are not known. */
	worksOn: instant.nullable(),
	/** What became of the order on its way to being sent: each step, in order, and what it changed. */
	steps: z.array(z.object({ step: z.string(), note: z.string(), ok: z.boolean() })),
});

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
