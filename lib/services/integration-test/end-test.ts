import { audit } from "@/lib/db/audit";
import type { Scope } from "@/lib/db/scope";
import { transact } from "@/lib/db/transact";
import { keepTicks, lockRunningTest, progressOf, readTestRow } from "./look-again";
import { readTestIn, type TestDetail } from "./read-test";
import { stepsOf } from "./steps";

/** Ends a test as it is: what was seen stays in its report. Throws `conflict` when it is over. */
export function endTest(scope: Scope, testId: string): Promise<TestDetail> {
	return transact(scope, async (tx) => {
		await keepTicks(tx, await lockRunningTest(tx, scope, testId));
		await tx.sql(
			`update "IntegrationTest" set "state" = 'ended', "endedAt" = now() where "accountId" = $1 and "id" = $2 and "endedAt" is null`,
			[scope.accountId, testId],
		);
		const test = await readTestRow(tx, scope, testId);
		const { done, of } = progressOf(test, stepsOf(test.steps));
		await audit(tx, scope, {
			action: "integration-test.ended",
			subjectType: "connection",
			subjectId: test.sourceId,
			merchantId: test.merchantId,
			after: { done, of },
		});
		return readTestIn(tx, scope, testId);
	});
}
