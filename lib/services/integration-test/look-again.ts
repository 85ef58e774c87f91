/** Sets the ticks that were earned, marks what was named as a test, and ends a test when nothing is missing. */
import { type TestFlow, testFlows } from "@/lib/api/contract/integration-tests";
import { jobScope, type Scope } from "@/lib/db/scope";
import { type Transaction, transact } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import { type Hint, type Seen, seenOf, type TestRow } from "./evidence";
import { isDone, type Steps, stepOf, stepsOf } from "./steps";

const columns = `"id", "accountId", "merchantId", "sourceId", "destinationId", "state", "flows", "steps", "startedAt", "startedByName", "endedAt"`;

/** Throws `not-found`. */
export async function readTestRow(
	tx: Transaction,
	scope: Scope,
	testId: string,
	lock: "for update" | "" = "",
): Promise<TestRow> {
	const [test] = await tx.sql<TestRow>(
		`select ${columns} from "IntegrationTest" where "accountId" = $1 and "id" = $2 ${lock}`,
		[scope.accountId, testId],
	);
	if (!test) throw new AppError("not-found", { thing: "test" });
	return test;
}

/** A test that is under way, for a change. Throws `conflict` when it is over. */
export async function lockRunningTest(tx: Transaction, scope: Scope, testId: string): Promise<TestRow> {
	const test = await readTestRow(tx, scope, testId, "for update");
	if (test.endedAt) throw new AppError("conflict", { problem: "This test is over. Begin another one." });
	return test;
}

export interface Looked {
	steps: Steps;
	hints: Partial<Record<TestFlow, Hint>>;
	marks: Partial<Record<TestFlow, string>>;
}

/** What is known of a test and what the rows show beside it. Writes nothing. */
export async function look(tx: Transaction, test: TestRow): Promise<Looked> {
	const steps = stepsOf(test.steps);
	const looked: Looked = { steps, hints: {}, marks: {} };
	if (test.endedAt) return looked;
	for (const flow of test.flows) {
		const seen: Seen = await seenOf(tx, test, steps, flow);
		const step = stepOf(steps, flow);
		looked.steps = { ...looked.steps, [flow]: { ...step, ticks: { ...seen.ticks, ...step.ticks } } };
		if (seen.hint) looked.hints[flow] = seen.hint;
		if (seen.thingId) looked.marks[flow] = seen.thingId;
	}
	return looked;
}

/** Keeps what is shown now. The caller holds the row. */
export async function keepTicks(tx: Transaction, test: TestRow): Promise<void> {
	const { steps, marks } = await look(tx, test);
	const passed = test.flows.length > 0 && test.flows.every((flow) => isDone(steps, flow));
	await tx.sql(
		`update "IntegrationTest" set "steps" = $3, "state" = case when $4 then 'passed' else "state" end,
		   "endedAt" = case when $4 then now() end where "accountId" = $1 and "id" = $2 and "endedAt" is null`,
		[test.accountId, test.id, JSON.stringify(steps), passed],
	);
	await mark(tx, test, "Order", marks.orders);
	await mark(tx, test, "PurchaseOrder", marks.purchaseOrders);
}

const sentOf = { Order: "deliveredAt", PurchaseOrder: "sentAt" } as const;

/** What was named by mistake and not sent is no test any more; what another test used stays that one's. */
async function mark(
	tx: Transaction,
	{ accountId, id }: TestRow,
	table: "Order" | "PurchaseOrder",
	thingId: string | undefined,
): Promise<void> {
	await tx.sql(
		`update "${table}" set "testId" = null where "accountId" = $1 and "testId" = $2 and "id" is distinct from $3 and "${sentOf[table]}" is null`,
		[accountId, id, thingId ?? null],
	);
	if (thingId)
		await tx.sql(`update "${table}" set "testId" = $2 where "accountId" = $1 and "id" = $3 and "testId" is null`, [
			...[accountId, id, thingId],
		]);
}

/** Looks at one test on its own, as the clock does. A test that ended meanwhile is left as it is. */
export async function watchTest(owner: { accountId: string; merchantId: string; id: string }): Promise<void> {
	const scope = jobScope(owner.accountId, owner.merchantId, "system/tests");
	await transact(scope, async (tx) => {
		const test = await readTestRow(tx, scope, owner.id, "for update");
		if (!test.endedAt) await keepTicks(tx, test);
	});
}

/** How many flows are done, of how many. */
export function progressOf({ flows }: Pick<TestRow, "flows">, steps: Steps): { done: number; of: number } {
	return { done: testFlows.filter((flow) => flows.includes(flow) && isDone(steps, flow)).length, of: flows.length };
}
