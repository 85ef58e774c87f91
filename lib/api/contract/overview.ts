import { z } from "zod";
import { orderStatuses } from "@/lib/canonical/status";
import { alertView } from "./alerts";
import { base, id, inAccount, instant } from "./base";
import { connectionSummary } from "./connections";
import { exportOf } from "./export";

const lateOrders = z.object({
	merchant: z.object({ id: id("mer"), name: z.string() }),
	since: instant,
	orders: z.int(),
	/** The one that waits longest. */
	orderId: id("ord"),
});

export const overview = z.object({
	/** Every open order by status; of what is over, the last day. */
	byStatus: z.record(z.enum(orderStatuses), z.int()),
	held: z.int(),
	/** Orders of which something waits for stock. */
	backordered: z.int(),
	/** day: 24 hours by the hour. hour: the last hour by five minutes, the view of an account that has just begun. */
	span: z.enum(["hour", "day"]),
	/** Oldest first. */
	moments: z.array(
		z.object({ at: instant, loaded: z.int(), delivered: z.int(), shipped: z.int(), confirmed: z.int() }),
	),
	alerts: z.array(alertView),
	openAlerts: z.int(),
	connections: z.array(
		connectionSummary
			.pick({
				id: true,
				name: true,
				side: true,
				state: true,
				inTest: true,
				merchant: true,
				lastRunAt: true,
				nextRunAt: true,
			})
			.extend({
				connector: z.string(),
				/** Records handled in each of the last 24 hours, oldest first. */
				activity: z.array(z.int()),
				/** Since when its oldest open work waits. */
				lateSince: instant.nullable(),
				waiting: z.int(),
			}),
	),
	/** Per merchant: the orders that wait for the warehouse. */
	late: z.array(lateOrders),
	/** Per merchant: the orders that left, and whose cart does not know all of it yet. */
	untold: z.array(lateOrders),
	/** Functions whose runs failed in the last day, or ended with problems: the newest of them first. */
	failed: z.array(
		z.object({
			title: z.string(),
			connection: z.object({ id: id("con"), name: z.string() }),
			runs: z.int(),
			at: instant,
			runId: id("run"),
		}),
	),
	recent: z.array(z.object({ at: instant, text: z.string(), path: z.string() })),
});

export const overviewContract = {
	get: base
		.route({
			method: "GET",
			path: "/accounts/{accountId}/overview",
			summary: "Is anything stuck, is it flowing, how late",
			tags: ["Overview"],
		})
		.meta({ permission: "orders:read" })
		.input(inAccount.extend({ merchantId: id("mer").optional(), span: z.enum(["hour", "day"]).optional() }))
		.output(overview),
	export: exportOf("/accounts/{accountId}/overview", "How late each connection is,", "Overview")
		.meta({ permission: "orders:read" })
		.input(inAccount.extend({ merchantId: id("mer").optional() })),
};
