import { z } from "zod";
import { connectionStates } from "@/lib/canonical/status";
import { flowJobNames } from "@/lib/jobs/catalogue";
import { base, id, inAccount, instant, nameOf } from "./base";
import { exportOf } from "./export";
import { formField } from "./form-field";
import { mapPreview } from "./map-preview";
import { referencePreview } from "./reference-preview";
import { runSummary } from "./runs";

export const side = z.enum(["source", "destination"]);
export const connectionState = z.enum(connectionStates);

export const connectorCard = z.object({
	key: z.string(),
	name: z.string(),
	about: z.string(),
	status: z.string(),
	docs: z.string().optional(),
	roles: z.array(side),
	functions: z.array(z.string()),
	/** The sides whose field maps can be tried on a real order. */
	previews: z.array(side),
	fields: z.array(formField),
	/** What its README says must be done first, in Markdown. */
	guide: z.string(),
	/** The common options of each side it can take, as form fields. */
	options: z.object({ source: z.array(formField), destination: z.array(formField) }),
});

export const flow = z.object({
	id: id("flo"),
	job: z.enum(flowJobNames),
	title: z.string(),
	fastestMinutes: z.int(),
	automaticOffered: z.boolean(),
	mode: z.enum(["off", "automatic", "every", "daily"]),
	everyMinutes: z.int().nullable(),
	/** Minutes after midnight in `timeZone`. */
	dailyAt: z.int().nullable(),
	timeZone: z.string(),
	pausedAt: instant.nullable(),
	nextRunAt: instant.nullable(),
	lastRun: runSummary.nullable(),
});

export const connectionSummary = z.object({
	id: id("con"),
	name: z.string(),
	side,
	connector: z.object({ key: z.string(), name: z.string() }),
	merchant: z.object({ id: id("mer"), name: z.string() }),
	state: connectionState,
	stateReason: z.string(),
	/** An order source in test: its orders load and wait until it goes live. */
	inTest: z.boolean(),
	throttledUntil: instant.nullable(),
	/** Since when the system does not answer, and when it is asked again. */
	outageSince: instant.nullable(),
	probeAt: instant.nullable(),
	lastRunAt: instant.nullable(),
	nextRunAt: instant.nullable(),
	openAlerts: z.int(),
	/** The last runs of all its functions, oldest first. */
	recent: z.array(runSummary),
});

const values = z.record(z.string(), z.unknown());

export const connectionDetail = connectionSummary.extend({
	checkedAt: instant.nullable(),
	checkedAs: z.string(),
	createdAt: instant,
	credential: z.object({ id: id("cre"), name: z.string() }).nullable(),
	/** Settings without secrets. */
	values,
	secretsSet: z.array(z.string()),
	options: values,
	card: connectorCard,
	flows: z.array(flow),
	/** Where the other system may post events, and when it last did; null when it cannot. */
	events: z.object({ url: z.string(), lastReceivedAt: instant.nullable() }).nullable(),
	/** What stands at the other side of Crossdock for this merchant. */
	partners: z.array(z.object({ id: id("con"), name: z.string(), connector: z.string(), side, state: connectionState })),
});

export const checked = z.discriminatedUnion("ok", [
	z.object({ ok: z.literal(true), as: z.string() }),
	z.object({ ok: z.literal(false), fix: z.string(), field: z.string().nullable() }),
]);

const one = inAccount.extend({ connectionId: id("con") });
const path = "/accounts/{accountId}/connections";
const tags = ["Connections"];
const name = nameOf("a connection");

const given = {
	/** Account-level settings kept once for all merchants; without it they are asked here. */
	credentialId: id("cre").nullable().optional(),
	values: values.default({}),
	options: values.default({}),
};

export const schedule = z
	.discriminatedUnion("mode", [
		z.object({ mode: z.literal("off") }),
		z.object({ mode: z.literal("automatic") }),
		z.object({ mode: z.literal("every"), everyMinutes: z.int().min(1).max(10_080) }),
		z.object({ mode: z.literal("daily"), dailyAt: z.int().min(0).max(1439) }),
	])
	.describe("off, automatic, every (minutes) or daily (minutes after midnight)");

export const connectionsContract = {
	connectors: base
		.route({
			method: "GET",
			path: "/accounts/{accountId}/connectors",
			summary: "List the systems that can be connected",
			tags,
		})
		.meta({ permission: "connections:read" })
		.input(inAccount)
		.output(z.object({ items: z.array(connectorCard) })),
	list: base
		.route({ method: "GET", path, summary: "List connections", tags })
		.meta({ permission: "connections:read" })
		.input(inAccount.extend({ merchantId: id("mer").optional() }))
		.output(z.object({ items: z.array(connectionSummary) })),
	export: exportOf(path, "Connections", "Connections")
		.meta({ permission: "connections:read" })
		.input(inAccount.extend({ merchantId: id("mer").optional() })),
	get: base
		.route({
			method: "GET",
			path: `${path}/{connectionId}`,
			summary: "One connection with its settings and schedules",
			tags,
		})
		.meta({ permission: "connections:read" })
		.input(one)
		.output(connectionDetail),
	create: base
		.route({ method: "POST", path, summary: "Connect a system", tags, successStatus: 201 })
		.meta({ permission: "connections:write" })
		.input(inAccount.extend({ merchantId: id("mer"), connectorKey: z.string(), side, name, ...given }))
		.output(z.object({ id: id("con"), checked })),
	update: base
		.route({ method: "PATCH", path: `${path}/{connectionId}`, summary: "Change settings; secrets left out stay", tags })
		.meta({ permission: "connections:write" })
		.input(one.extend({ name: name.optional(), ...given }))
		.output(z.object({ checked })),
	/** Asks the other system whether these settings would work; nothing is stored. */
	test: base
		.route({ method: "POST", path: `${path}/test`, summary: "Test settings before they are saved", tags })
		.meta({ permission: "connections:write" })
		.input(
			inAccount.extend({
				merchantId: id("mer"),
				connectorKey: z.string(),
				connectionId: id("con").optional(),
				...given,
			}),
		)
		.output(checked),
	choices: base
		.route({ method: "POST", path: `${path}/choices`, summary: "Ask the other system what a field may hold", tags })
		.meta({ permission: "connections:write" })
		.input(
			inAccount.extend({
				merchantId: id("mer"),
				connectorKey: z.string(),
				connectionId: id("con").optional(),
				side,
				choices: z.enum(["locations", "shipMethods"]),
				...given,
			}),
		)
		.output(z.object({ items: z.array(z.object({ value: z.string(), label: z.string() })) })),
	/** Tries field maps on a real order; nothing is stored, and the other system is at most read. */
	preview: base
		.route({ method: "POST", path: `${path}/preview`, summary: "Try field maps on a real order", tags })
		.meta({ permission: "connections:write" })
		.input(
			inAccount.extend({
				merchantId: id("mer"),
				connectorKey: z.string(),
				connectionId: id("con").optional(),
				side,
				/** Of the order that would be sent; without it the newest. */
				number: z.string().max(100).optional(),
				...given,
			}),
		)
		.output(mapPreview),
	/** Tries reference templates on a real order or purchase order; nothing is stored or sent. */
	previewReferences: base
		.route({
			method: "POST",
			path: `${path}/reference-preview`,
			summary: "Try references on a real order or purchase order",
			tags,
		})
		.meta({ permission: "connections:write" })
		.input(
			inAccount.extend({
				merchantId: id("mer"),
				connectorKey: z.string(),
				connectionId: id("con").optional(),
				about: z.enum(["order", "purchase-order"]).default("order"),
				/** Without it the newest. */
				number: z.string().max(100).optional(),
				options: values.default({}),
			}),
		)
		.output(referencePreview),
	pause: base
		.route({ method: "POST", path: `${path}/{connectionId}/pause`, summary: "Pause everything of a connection", tags })
		.meta({ permission: "connections:write" })
		.input(one)
		.output(z.object({ state: connectionState })),
	resume: base
		.route({ method: "POST", path: `${path}/{connectionId}/resume`, summary: "Resume a connection", tags })
		.meta({ permission: "connections:write" })
		.input(one)
		.output(z.object({ state: connectionState })),
	probe: base
		.route({
			method: "POST",
			path: `${path}/{connectionId}/probe`,
			summary: "Ask a system that does not answer again, now",
			tags,
		})
		.meta({ permission: "runs:write" })
		.input(one)
		.output(z.object({ queuedAt: instant })),
	archive: base
		.route({ method: "DELETE", path: `${path}/{connectionId}`, summary: "Remove a connection; its orders stay", tags })
		.meta({ permission: "connections:write" })
		.input(one)
		.output(z.object({ id: id("con") })),
	schedule: base
		.route({ method: "PATCH", path: "/accounts/{accountId}/flows/{flowId}", summary: "Set when a function runs", tags })
		.meta({ permission: "connections:write" })
		.input(inAccount.extend({ flowId: id("flo"), schedule: schedule.optional(), paused: z.boolean().optional() }))
		.output(flow),
	runNow: base
		.route({ method: "POST", path: "/accounts/{accountId}/flows/{flowId}/run", summary: "Run a function now", tags })
		.meta({ permission: "runs:write" })
		.input(inAccount.extend({ flowId: id("flo") }))
		.output(z.object({ queuedAt: instant })),
};

const credential = z.object({
	id: id("cre"),
	name: z.string(),
	connector: z.object({ key: z.string(), name: z.string() }),
	values,
	secretsSet: z.array(z.string()),
	connections: z.int(),
	updatedAt: instant,
});

export const credentialsContract = {
	list: base
		.route({
			method: "GET",
			path: "/accounts/{accountId}/credentials",
			summary: "Settings shared by all merchants of the account",
			tags,
		})
		.meta({ permission: "account:write" })
		.input(inAccount)
		.output(z.object({ items: z.array(credential) })),
	create: base
		.route({
			method: "POST",
			path: "/accounts/{accountId}/credentials",
			summary: "Keep settings for all merchants",
			tags,
			successStatus: 201,
		})
		.meta({ permission: "account:write" })
		.input(inAccount.extend({ connectorKey: z.string(), name, values }))
		.output(z.object({ id: id("cre") })),
	update: base
		.route({
			method: "PATCH",
			path: "/accounts/{accountId}/credentials/{credentialId}",
			summary: "Change shared settings",
			tags,
		})
		.meta({ permission: "account:write" })
		.input(inAccount.extend({ credentialId: id("cre"), name: name.optional(), values }))
		.output(z.object({ id: id("cre") })),
};
