import { z } from "zod";
import { runCounts } from "@/lib/canonical/connection-options";
import { runStates } from "@/lib/canonical/status";
import { flowJobNames, triggers } from "@/lib/jobs/catalogue";
import { base, id, inAccount, instant, pageInput, pageOf } from "./base";
import { exportOf } from "./export";

export const runState = z.enum(runStates);

export const runSummary = z.object({
	id: id("run"),
	job: z.enum(flowJobNames),
	title: z.string(),
	connection: z.object({ id: id("con"), name: z.string() }),
	merchant: z.object({ id: id("mer"), name: z.string() }),
	trigger: z.enum(triggers),
	state: runState,
	startedAt: instant,
	endedAt: instant.nullable(),
	counts: runCounts,
	message: z.string().nullable(),
	againAt: instant.nullable(),
});

export const runDetail = runSummary.extend({
	flowId: id("flo"),
	actor: z.string().nullable(),
	cancelAskedAt: instant.nullable(),
	/** Where the read began and ended, as the connector keeps it. */
	cursorBefore: z.unknown(),
	cursorAfter: z.unknown(),
	outcomes: z.array(z.object({ outcome: z.string(), count: z.int() })),
	exchanges: z.int(),
});

const record = z.object({
	id: id("rec"),
	at: instant,
	subjectType: z.string(),
	subject: z.string(),
	orderId: id("ord").nullable(),
	outcome: z.string(),
	reason: z.string().nullable(),
	exchangeId: id("xch").nullable(),
});

export const exchangeSummary = z.object({
	id: id("xch"),
	at: instant,
	method: z.string(),
	url: z.string(),
	status: z.int().nullable(),
	durationMs: z.int(),
	error: z.string().nullable(),
});

export const exchangeDetail = exchangeSummary.extend({
	runId: id("run").nullable(),
	connection: z.object({ id: id("con"), name: z.string() }),
	truncated: z.boolean(),
	requestHeaders: z.record(z.string(), z.string()),
	requestBody: z.string(),
	answerHeaders: z.record(z.string(), z.string()),
	answerBody: z.string(),
	/** The same request for a terminal, secrets masked. */
	curl: z.string(),
});

const tags = ["Runs"];
const one = inAccount.extend({ runId: id("run") });
const filters = {
	merchantId: id("mer").optional(),
	connectionId: id("con").optional(),
	job: z.enum(flowJobNames).optional(),
	state: runState.optional(),
	/** Leaves out runs that found nothing to do. */
	busy: z.boolean().optional(),
};
const recordFilters = { outcome: z.string().max(20).optional() };

export const runsContract = {
	list: base
		.route({ method: "GET", path: "/accounts/{accountId}/runs", summary: "List runs, newest first", tags })
		.meta({ permission: "runs:read" })
		.input(inAccount.extend({ ...pageInput, ...filters }))
		.output(pageOf(runSummary)),
	export: exportOf("/accounts/{accountId}/runs", "Runs", "Runs")
		.meta({ permission: "runs:read" })
		.input(inAccount.extend(filters)),
	exportRecords: exportOf("/accounts/{accountId}/runs/{runId}/records", "What a run did, record by record,", "Runs")
		.meta({ permission: "runs:read" })
		.input(one.extend(recordFilters)),
	get: base
		.route({ method: "GET", path: "/accounts/{accountId}/runs/{runId}", summary: "One run", tags })
		.meta({ permission: "runs:read" })
		.input(one)
		.output(runDetail),
	records: base
		.route({
			method: "GET",
			path: "/accounts/{accountId}/runs/{runId}/records",
			summary: "What a run did, record by record",
			tags,
		})
		.meta({ permission: "runs:read" })
		.input(one.extend({ ...pageInput, ...recordFilters }))
		.output(pageOf(record)),
	exchanges: base
		.route({
			method: "GET",
			path: "/accounts/{accountId}/runs/{runId}/exchanges",
			summary: "The requests a run made",
			tags,
		})
		.meta({ permission: "runs:read" })
		.input(one.extend(pageInput))
		.output(pageOf(exchangeSummary)),
	exchange: base
		.route({
			method: "GET",
			path: "/accounts/{accountId}/exchanges/{exchangeId}",
			summary: "One request and its answer, secrets masked",
			tags,
		})
		.meta({ permission: "runs:read" })
		.input(inAccount.extend({ exchangeId: id("xch") }))
		.output(exchangeDetail),
	stop: base
		.route({
			method: "POST",
			path: "/accounts/{accountId}/runs/{runId}/stop",
			summary: "Ask a run to stop after its current page",
			tags,
		})
		.meta({ permission: "runs:write" })
		.input(one)
		.output(z.object({ cancelAskedAt: instant })),
};
