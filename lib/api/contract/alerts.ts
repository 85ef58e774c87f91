import { z } from "zod";
import { alertSides } from "@/lib/canonical/alert";
import { base, id, inAccount, instant, pageInput, pageOf } from "./base";
import { exportOf } from "./export";
import { orderSummary } from "./orders";

const merchantRef = z.object({ id: id("mer"), name: z.string() }).nullable();

export const alertView = z.object({
	id: id("alr"),
	code: z.string(),
	/** Who owns the side that fails. */
	side: z.enum(alertSides),
	sentence: z.string(),
	meaning: z.string(),
	action: z.string(),
	/** Where the action leads, below the account's address. */
	path: z.string().nullable(),
	merchant: merchantRef,
	connection: z.object({ id: id("con"), name: z.string() }).nullable(),
	count: z.int(),
	firstSeenAt: instant,
	lastSeenAt: instant,
	/** Until then it is not shown among the open ones; null when it is not snoozed now. */
	snoozedUntil: instant.nullable(),
	assignee: z.object({ id: id("mem"), name: z.string() }).nullable(),
	resolvedAt: instant.nullable(),
});

export const alertEvent = z.object({
	id: z.string(),
	kind: z.enum(["opened", "joined", "woke", "resolved", "snoozed", "unsnoozed", "assigned", "commented", "retried"]),
	/** The person; empty for what happened by itself. */
	who: z.string(),
	text: z.string(),
	count: z.int(),
	at: instant,
});

export const alertDetail = alertView.extend({
	/** How many orders wait on it now. */
	waiting: z.int(),
	/** What can be done for all of them at once; null where nothing can. */
	retry: z.enum(["resend", "resend-tracking"]).nullable(),
	/** Some of them have a proposal for their address: accepting it for all of them is one step. */
	proposes: z.boolean(),
	/** The code whose mapping lets them go; null for every other cause. */
	mapping: z.object({ connectionId: id("con"), code: z.string() }).nullable(),
	/** Newest first, at most 200. */
	events: z.array(alertEvent),
});

export const alertShown = z.enum(["open", "snoozed", "resolved"]);

const path = "/accounts/{accountId}/alerts";
const tags = ["Alerts"];
const one = inAccount.extend({ alertId: id("alr") });
const done = z.object({ id: id("alr") });

const filters = {
	show: alertShown.default("open"),
	merchantId: id("mer").optional(),
	side: z.enum(alertSides).optional(),
	/** Only those that are assigned to whoever asks. */
	mine: z.boolean().default(false),
};

export const alertsContract = {
	list: base
		.route({ method: "GET", path, summary: "What needs a person, one per cause", tags })
		.meta({ permission: "alerts:read" })
		.input(inAccount.extend({ ...pageInput, ...filters }))
		/** `snoozed`: how many more are open and snoozed. */
		.output(pageOf(alertView).extend({ snoozed: z.int() })),
	export: exportOf(path, "Alerts", "Alerts").meta({ permission: "alerts:read" }).input(inAccount.extend(filters)),
	get: base
		.route({ method: "GET", path: `${path}/{alertId}`, summary: "One alert with its history", tags })
		.meta({ permission: "alerts:read" })
		.input(one)
		.output(alertDetail),
	waiting: base
		.route({ method: "GET", path: `${path}/{alertId}/orders`, summary: "The orders that wait on an alert", tags })
		.meta({ permission: "orders:read" })
		.input(one.extend(pageInput))
		.output(pageOf(orderSummary)),
	resolve: base
		.route({
			method: "POST",
			path: `${path}/{alertId}/resolve`,
			summary: "Close an alert by hand; it opens again when its cause comes back",
			tags,
		})
		.meta({ permission: "orders:write" })
		.input(one)
		.output(done),
	snooze: base
		.route({
			method: "POST",
			path: `${path}/{alertId}/snooze`,
			summary: "Put an alert aside until a moment, or take it back; it wakes by itself when its count doubles",
			tags,
		})
		.meta({ permission: "orders:write" })
		/** Null: not any more. */
		.input(one.extend({ until: z.iso.datetime({ offset: true }).nullable() }))
		.output(done),
	assign: base
		.route({ method: "POST", path: `${path}/{alertId}/assign`, summary: "Say who looks after an alert", tags })
		.meta({ permission: "orders:write" })
		/** A membership of the account; "me" for oneself, null for nobody. */
		.input(one.extend({ membershipId: id("mem").or(z.literal("me")).nullable() }))
		.output(done),
	comment: base
		.route({ method: "POST", path: `${path}/{alertId}/comments`, summary: "Comment on an alert", tags })
		.meta({ permission: "orders:write" })
		.input(
			one.extend({
				text: z
					.string()
					.trim()
					.min(1, "is empty. Type something.")
					.max(2000, "is longer than 2,000 characters. Shorten it."),
			}),
		)
		.output(done),
	retry: base
		.route({
			method: "POST",
			path: `${path}/{alertId}/retry`,
			summary: "Try again, for up to 200 of the orders that wait on it",
			tags,
		})
		.meta({ permission: "orders:write" })
		.input(one)
		/** `left`: those that wait still, because there were more or because one could not be tried. */
		.output(z.object({ tried: z.int(), left: z.int() })),
};
