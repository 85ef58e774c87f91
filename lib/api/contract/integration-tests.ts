import { z } from "zod";
import { base, id, inAccount, instant } from "./base";
import { flow } from "./connections";
import { exportOf } from "./export";

/** The five ways of data between a cart and a warehouse, in the order in which they are tested. */
export const testFlows = ["orders", "shipments", "stock", "purchaseOrders", "receipts"] as const;
export type TestFlow = (typeof testFlows)[number];
/** Those for which a person names something: an order, an item, a purchase order. */
export const namedFlows = ["orders", "stock", "purchaseOrders"] as const satisfies readonly TestFlow[];

/** One thing that must be seen to happen. Crossdock sets it; a person cannot. */
export const testTick = z.object({
	key: z.string(),
	title: z.string(),
	/** When it happened; null while it has not. */
	at: instant.nullable(),
	note: z.string(),
	/** Below the account's address. */
	place: z.string().nullable(),
	runId: id("run").nullable(),
	exchangeId: id("xch").nullable(),
});

export const testStep = z.object({
	flow: z.enum(testFlows),
	title: z.string(),
	/** What the person does now; empty once there is nothing left to do. */
	todo: z.string(),
	/** What is asked for, where something is: "Order number". */
	asks: z.string().nullable(),
	/** What was named; empty while nothing was. */
	subject: z.string(),
	namedAt: instant.nullable(),
	done: z.boolean(),
	ticks: z.array(testTick),
	/** What is missing, and what brings it. */
	waits: z
		.object({
			sentence: z.string(),
			action: z.enum(["name", "run", "send-order", "look"]).nullable(),
			/** Where to look. */
			place: z.string().nullable(),
			/** The function that brings it. */
			flow: flow.nullable(),
		})
		.nullable(),
});

const end = z.object({ id: id("con"), name: z.string(), connector: z.string() });

export const testSummary = z.object({
	id: id("tst"),
	state: z.enum(["running", "passed", "ended"]),
	source: end,
	destination: end,
	merchant: z.object({ id: id("mer"), name: z.string() }),
	startedAt: instant,
	startedBy: z.string(),
	endedAt: instant.nullable(),
	/** How many of its flows are done. */
	done: z.int(),
	of: z.int(),
});

export const testDetail = testSummary.extend({
	/** The cart has not gone live. */
	inTest: z.boolean(),
	steps: z.array(testStep),
});

export const testList = z.object({
	items: z.array(testSummary),
	/** What can be tested: the connection with each of its other side. */
	pairs: z.array(z.object({ source: end, destination: end, flows: z.array(z.enum(testFlows)) })),
});

const path = "/accounts/{accountId}/integration-tests";
const tags = ["Connections"];
const one = inAccount.extend({ testId: id("tst") });
const least = "is empty. Enter it as the system shows it.";

export const integrationTestsContract = {
	list: base
		.route({
			method: "GET",
			path: "/accounts/{accountId}/connections/{connectionId}/integration-tests",
			summary: "A connection's guided tests, newest first, and the pairs that can be tested",
			tags,
		})
		.meta({ permission: "connections:read" })
		.input(inAccount.extend({ connectionId: id("con") }))
		.output(testList),
	create: base
		.route({ method: "POST", path, successStatus: 201, summary: "Begin a guided test of a cart and a warehouse", tags })
		.meta({ permission: "connections:write" })
		.input(inAccount.extend({ sourceId: id("con"), destinationId: id("con") }))
		.output(z.object({ id: id("tst") })),
	get: base
		.route({
			method: "GET",
			path: `${path}/{testId}`,
			summary: "One guided test: what was seen, what is missing",
			tags,
		})
		.meta({ permission: "connections:read" })
		.input(one)
		.output(testDetail),
	name: base
		.route({ method: "POST", path: `${path}/{testId}/subjects`, summary: "Name what a flow is tested with", tags })
		.meta({ permission: "connections:write" })
		.input(one.extend({ flow: z.enum(namedFlows), subject: z.string().trim().min(1, least).max(100) }))
		.output(testDetail),
	sendOrder: base
		.route({
			method: "POST",
			path: `${path}/{testId}/send-order`,
			summary: "Send the named order as a test while its cart is in test",
			tags,
		})
		.meta({ permission: "orders:write" })
		.input(one)
		.output(testDetail),
	end: base
		.route({ method: "POST", path: `${path}/{testId}/end`, summary: "End a guided test as it is", tags })
		.meta({ permission: "connections:write" })
		.input(one)
		.output(testDetail),
	sendReport: base
		.route({ method: "POST", path: `${path}/{testId}/report`, summary: "Mail the report of a guided test", tags })
		.meta({ permission: "connections:write" })
		.input(one.extend({ emails: z.array(z.email("is no mail address").max(200)).min(1).max(5) }))
		.output(z.object({ mailed: z.int(), failed: z.int() })),
	export: exportOf(`${path}/{testId}`, "The report of a guided test", "Connections")
		.meta({ permission: "connections:read" })
		.input(one),
};
