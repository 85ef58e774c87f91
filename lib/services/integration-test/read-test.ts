import type { z } from "zod";
import type { TestFlow, testDetail, testStep } from "@/lib/api/contract/integration-tests";
import type { Scope } from "@/lib/db/scope";
import { type Transaction, transact } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import { type FlowJobName, flowJobs } from "@/lib/jobs/catalogue";
import { type FlowView, readFlows } from "../flows/read-flows";
import type { Hint } from "./evidence";
import { type SummaryRow, summaryOf, summarySql } from "./list-tests";
import { type Looked, look } from "./look-again";
import { plans } from "./plan";
import { isDone, type Steps, stepOf } from "./steps";

export type TestDetail = z.input<typeof testDetail>;
type StepView = z.input<typeof testStep>;

/** One guided test as it stands now. Throws `not-found`. */
export function readTest(scope: Scope, testId: string): Promise<TestDetail> {
	return transact(scope, (tx) => readTestIn(tx, scope, testId));
}

/** The same within a transaction that changed it. */
export async function readTestIn(tx: Transaction, scope: Scope, testId: string): Promise<TestDetail> {
	const [row] = await tx.sql<SummaryRow>(`${summarySql} where t."accountId" = $1 and t."id" = $2`, [
		scope.accountId,
		testId,
	]);
	if (!row) throw new AppError("not-found", { thing: "test" });
	const looked = await look(tx, row);
	const flows = {
		source: await readFlows(tx, scope, { connectionId: row.sourceId }),
		destination: await readFlows(tx, scope, { connectionId: row.destinationId }),
	};
	const functionOf = (job: FlowJobName) => flows[flowJobs[job].side].find((flow) => flow.job === job) ?? null;
	return {
		...summaryOf(row, looked.steps),
		inTest: row.inTest,
		steps: row.flows.map((flow) => stepView(row, looked, flow, functionOf)),
	};
}

function stepView(
	row: SummaryRow,
	{ steps, hints }: Looked,
	flow: TestFlow,
	functionOf: (job: FlowJobName) => FlowView | null,
): StepView {
	const plan = plans[flow];
	const { ticks } = stepOf(steps, flow);
	const { subject, namedAt } = stepOf(steps, plan.subjectOf);
	const names = { source: row.sourceName, destination: row.destinationName, subject };
	const done = isDone(steps, flow);
	const missing = plan.ticks.find(({ key }) => !ticks[key]);
	const first = plan.ticks[0].key === missing?.key;
	return {
		...{ flow, title: plan.title, asks: plan.asks, subject, namedAt, done },
		todo: first && !row.endedAt ? plan.todo(names) : "",
		ticks: plan.ticks.map(({ key, title }) => {
			const { at = null, note = "", place = null, runId = null, exchangeId = null } = ticks[key] ?? {};
			return { key, title: title(names), at, note, place, runId, exchangeId };
		}),
		waits:
			missing && !row.endedAt
				? waitsOf({ subject, asks: plan.asks, hint: hints[flow] ?? ahead(steps, flow), of: functionOf(missing.job) })
				: null,
	};
}

/** What comes back cannot be seen before what went out has arrived. */
function ahead(steps: Steps, flow: TestFlow): Hint | null {
	const { subjectOf } = plans[flow];
	if (subjectOf === flow || stepOf(steps, subjectOf).ticks.arrived) return null;
	return { sentence: `First comes “${plans[subjectOf].title}”.`, action: null, place: null };
}

function waitsOf(about: {
	subject: string;
	asks: string | null;
	hint: Hint | null;
	of: FlowView | null;
}): StepView["waits"] {
	const { subject, asks, hint, of } = about;
	if (subject === "" && asks) return { sentence: `${asks} is not named yet.`, action: "name", place: null, flow: null };
	if (hint) return { ...hint, flow: null };
	if (!of) return { sentence: "The connection lacks the function for it.", action: "look", place: null, flow: null };
	if (of.pausedAt)
		return {
			sentence: `${of.title} is paused. Resume it on the connection's page.`,
			action: null,
			place: null,
			flow: of,
		};
	return { sentence: `${of.title} brings it.`, action: "run", place: null, flow: of };
}
