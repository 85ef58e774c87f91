import { z } from "zod";
import { type DifferenceKind, differenceKindNames, reconcileAreas } from "@/lib/canonical/difference";
import { base, id, inAccount, instant, pageInput, pageOf } from "./base";
import { exportOf } from "./export";

const kind = z.enum(differenceKindNames as [DifferenceKind, ...DifferenceKind[]]);
const byArea = z.object(
	Object.fromEntries(reconcileAreas.map((area) => [area, z.int()])) as Record<
		(typeof reconcileAreas)[number],
		z.ZodInt
	>,
);

export const reconciliation = z.object({
	id: id("rcn"),
	trigger: z.enum(["schedule", "automatic", "person", "retry", "hint"]),
	/** running: also one that was cut, and goes on with the next run. */
	state: z.enum(["running", "done", "stopped"]),
	startedAt: instant,
	endedAt: instant.nullable(),
	/** How many were compared. */
	compared: byArea,
	/** How many differed, by kind; filled when it is done. */
	kinds: z.partialRecord(kind, z.int()),
});

export const difference = z.object({
	id: id("dif"),
	kind,
	/** An order's number or a SKU. */
	label: z.string(),
	order: z.object({ id: id("ord") }).nullable(),
	sentence: z.string(),
	/** In how many reconciliations in a row it was seen. */
	rounds: z.int(),
	firstSeenAt: instant,
	lastSeenAt: instant,
	/** When its button was pressed last. */
	fixAskedAt: instant.nullable(),
	goneAt: instant.nullable(),
});

const one = inAccount.extend({ connectionId: id("con") });
const path = "/accounts/{accountId}/connections/{connectionId}";
const tags = ["Reconciliation"];

const filters = { kind: kind.optional(), show: z.enum(["open", "gone"]).default("open") };

export const reconcileContract = {
	get: base
		.route({
			method: "GET",
			path: `${path}/reconciliation`,
			summary: "How far both sides of a connection agree, now and in the last 30 days",
			tags,
		})
		.meta({ permission: "connections:read" })
		.input(one)
		.output(
			z.object({
				/** The function that compares; null where the system has nothing to compare. */
				flowId: id("flo").nullable(),
				running: reconciliation.nullable(),
				/** Newest first, those that ended. */
				history: z.array(reconciliation),
				/** What differs now, and how many of each were asked to be mended since they were last seen. */
				open: z.array(z.object({ kind, count: z.int(), asked: z.int() })),
			}),
		),
	differences: base
		.route({ method: "GET", path: `${path}/differences`, summary: "What differs, or differed", tags })
		.meta({ permission: "orders:read" })
		.input(one.extend({ ...pageInput, ...filters }))
		.output(pageOf(difference)),
	exportDifferences: exportOf(`${path}/differences`, "What differs, or differed,", "Reconciliation")
		.meta({ permission: "orders:read" })
		.input(one.extend(filters)),
	fix: base
		.route({
			method: "POST",
			path: `${path}/differences/fix`,
			summary: "Mend one difference, or up to 200 of a kind; the next reconciliation says whether it helped",
			tags,
		})
		.meta({ permission: "orders:write" })
		.input(one.extend({ kind, differenceId: id("dif").optional() }))
		/** `left`: those that were not asked, and why the first of them could not be. */
		.output(z.object({ asked: z.int(), left: z.int(), problem: z.string().nullable() })),
};
