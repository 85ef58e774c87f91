/** One verb on many orders: what would happen, and then doing it step by step. */
import { z } from "zod";
import { base, id, inAccount, instant } from "./base";
import { orderFilters } from "./orders";

export const bulkVerbs = [
	"resend",
	"hold",
	"release",
	"cancel-sending",
	"enable-sending",
	"resend-tracking",
	"pull",
	"send-available",
	"send-in-full",
	"mark-delivered",
	"undo-mark-delivered",
	"set-shipping",
	"undo-set-shipping",
	"apply-rules",
] as const;
export type BulkVerb = (typeof bulkVerbs)[number];

/** The most orders of one operation. */
export const bulkMost = 10_000;

const chosen = inAccount.extend({
	verb: z.enum(bulkVerbs),
	reason: z.string().trim().max(200, "is longer than 200 characters. Shorten it.").default(""),
	/** What the orders are to be shipped by, in the words a cart would use; for set-shipping only. */
	shipping: z.string().trim().max(500, "is longer than 500 characters. Shorten it.").default(""),
	/** Either the orders themselves, */
	orderIds: z.array(id("ord")).min(1).max(1000).optional(),
	/** or all that a list narrowed so would show. */
	filter: z.object(orderFilters).optional(),
});
export type BulkChoice = Omit<z.output<typeof chosen>, "accountId">;

const orderRef = z.object({ id: id("ord"), number: z.string() });

export const bulkPreview = z.object({
	total: z.int(),
	/** Orders to which the same would happen, largest group first among those that change. */
	groups: z.array(z.object({ changes: z.boolean(), words: z.string(), count: z.int(), sample: z.array(orderRef) })),
	undoable: z.boolean(),
});

export const bulkOperation = z.object({
	id: id("blk"),
	verb: z.enum(bulkVerbs),
	state: z.enum(["waiting", "running", "done", "stopped"]),
	total: z.int(),
	done: z.int(),
	changed: z.int(),
	/** For how many there was nothing to do. */
	stayed: z.int(),
	problems: z.array(orderRef.extend({ sentence: z.string() })),
	/** Null while it runs, or when it cannot be undone or was. */
	undoable: z.boolean(),
	by: z.string(),
	createdAt: instant,
	endedAt: instant.nullable(),
});

const one = inAccount.extend({ bulkId: id("blk") });
const path = "/accounts/{accountId}/bulk-operations";
const tags = ["Orders"];
const write = { permission: "orders:write" } as const;

export const bulkContract = {
	preview: base
		.route({ method: "POST", path: `${path}/preview`, summary: "What would happen to each of many orders", tags })
		.meta(write)
		.input(chosen)
		.output(bulkPreview),
	start: base
		.route({ method: "POST", path, summary: "Do one thing to many orders", tags })
		.meta(write)
		.input(chosen)
		.output(bulkOperation),
	get: base
		.route({ method: "GET", path: `${path}/{bulkId}`, summary: "How far it is", tags })
		.meta({ permission: "orders:read" })
		.input(one)
		.output(bulkOperation),
	stop: base
		.route({ method: "POST", path: `${path}/{bulkId}/stop`, summary: "Stop after the order at hand", tags })
		.meta(write)
		.input(one)
		.output(bulkOperation),
	undo: base
		.route({ method: "POST", path: `${path}/{bulkId}/undo`, summary: "Take back what it did", tags })
		.meta(write)
		.input(one)
		.output(bulkOperation),
};
