/** How a test is kept: by flow what was named, and the evidence of each tick. Once seen, a tick stays. */
import { z } from "zod";
import { type TestFlow, testFlows } from "@/lib/api/contract/integration-tests";
import { plans } from "./plan";

/** The row that shows that it happened. Ids, times and words of ours; nothing of a shopper. */
const evidence = z.object({
	at: z.coerce.date(),
	id: z.string(),
	note: z.string().default(""),
	place: z.string().nullable().default(null),
	runId: z.string().nullable().default(null),
	exchangeId: z.string().nullable().default(null),
});
export type Evidence = z.output<typeof evidence>;
export type Ticks = Record<string, Evidence>;

const step = z.object({
	subject: z.string().default(""),
	namedAt: z.coerce.date().nullable().default(null),
	/** Of stock: what the warehouse had when the item was named. */
	baseline: z.number().nullable().default(null),
	ticks: z.record(z.string(), evidence).default({}),
});
export type Step = z.output<typeof step>;
const stepsSchema = z.partialRecord(z.enum(testFlows), step);
export type Steps = z.output<typeof stepsSchema>;

const none: Step = { subject: "", namedAt: null, baseline: null, ticks: {} };

export function stepsOf(kept: unknown): Steps {
	return stepsSchema.parse(kept);
}

export function stepOf(steps: Steps, flow: TestFlow): Step {
	return steps[flow] ?? none;
}

export function isDone(steps: Steps, flow: TestFlow): boolean {
	const { ticks } = stepOf(steps, flow);
	return plans[flow].ticks.every(({ key }) => ticks[key]);
}

/** Another subject for a flow: what was seen of the one before counts no more, nor what came back of it. */
export function renamed(steps: Steps, flow: TestFlow, given: Omit<Step, "ticks">): Steps {
	const kept = Object.entries(steps).filter(
		([name]) => !testFlows.some((f) => f === name && plans[f].subjectOf === flow),
	);
	return { ...Object.fromEntries(kept), [flow]: { ...given, ticks: {} } };
}
