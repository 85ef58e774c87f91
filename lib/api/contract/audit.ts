import { z } from "zod";
import { base, id, inAccount, instant, pageInput, pageOf } from "./base";
import { exportOf } from "./export";

const facts = z.record(z.string(), z.unknown()).nullable();

export const auditEntry = z.object({
	id: id("aud"),
	at: instant,
	actorType: z.string(),
	actorId: z.string(),
	/** Name or address of the person, or what else acted. */
	actor: z.string(),
	/** noun.verb in the past tense, such as merchant.renamed. */
	action: z.string(),
	subjectType: z.string(),
	subjectId: z.string(),
	merchant: z.string().nullable(),
	/** Secrets are masked. */
	before: facts,
	after: facts,
	/** The network the request came from, shortened; empty when unknown. */
	network: z.string(),
	requestId: z.string(),
});

export const auditFilters = z.object({
	/** Id of the person. */
	actor: z.string().max(60).optional(),
	action: z.string().max(100).optional(),
	/** Id, kind or the beginning of the name of the thing. */
	thing: z.string().max(200).optional(),
	from: z.iso.datetime({ offset: true }).optional(),
	/** The first moment after the span. */
	to: z.iso.datetime({ offset: true }).optional(),
});

export const auditContract = {
	list: base
		.route({ method: "GET", path: "/accounts/{accountId}/audit", summary: "Who did what", tags: ["Audit log"] })
		.meta({ permission: "audit:read" })
		.input(inAccount.extend({ ...auditFilters.shape, ...pageInput }))
		.output(pageOf(auditEntry)),
	choices: base
		.route({
			method: "GET",
			path: "/accounts/{accountId}/audit/choices",
			summary: "What the audit log can be filtered by",
			tags: ["Audit log"],
		})
		.meta({ permission: "audit:read" })
		.input(inAccount)
		.output(
			z.object({ actions: z.array(z.string()), actors: z.array(z.object({ id: z.string(), name: z.string() })) }),
		),
	export: exportOf("/accounts/{accountId}/audit", "The audit log", "Audit log")
		.meta({ permission: "audit:read" })
		.input(inAccount.extend(auditFilters.shape)),
};
