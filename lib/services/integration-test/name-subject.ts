import type { namedFlows } from "@/lib/api/contract/integration-tests";
import { audit } from "@/lib/db/audit";
import type { Scope } from "@/lib/db/scope";
import { type Transaction, transact } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import type { TestRow } from "./evidence";
import { keepTicks, lockRunningTest } from "./look-again";
import { plans } from "./plan";
import { readTestIn, type TestDetail } from "./read-test";
import { renamed, stepsOf } from "./steps";
import { levelOf } from "./stock-evidence";

type Given = { flow: (typeof namedFlows)[number]; subject: string };

/** Says with which order, item or purchase order a flow is tested. Of an item, what the warehouse has now is kept. */
export function nameSubject(scope: Scope, testId: string, { flow, subject }: Given): Promise<TestDetail> {
	return transact(scope, async (tx) => {
		const test = await lockRunningTest(tx, scope, testId);
		if (!test.flows.includes(flow)) throw refused("These two systems do not have this flow in common.");
		const baseline = flow === "stock" ? await baselineOf(tx, test, subject) : null;
		const steps = renamed(stepsOf(test.steps), flow, { subject, namedAt: new Date(), baseline });
		await keepTicks(tx, { ...test, steps });
		await audit(tx, scope, {
			action: "integration-test.named",
			subjectType: "connection",
			subjectId: test.sourceId,
			merchantId: test.merchantId,
			after: { number: subject, flow: plans[flow].title },
		});
		return readTestIn(tx, scope, testId);
	});
}

async function baselineOf(tx: Transaction, test: TestRow, sku: string): Promise<number> {
	const level = await levelOf(tx, test, sku);
	if (level) return level.available;
	throw refused(
		"The warehouse has not told of this item. Run its Inventory function once, and enter the SKU as it does.",
	);
}

function refused(problem: string): AppError {
	return new AppError("bad-input", { field: "subject", problem }, { fields: { subject: problem } });
}
