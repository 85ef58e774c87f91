/** Looks at the guided tests that are under way, so that a tick is set whether or not somebody watches. */
import { systemTransaction } from "@/lib/db/system";
import { watchTest } from "@/lib/services/integration-test/look-again";

/** Returns how many were looked at. */
export async function watchTests(signal: AbortSignal): Promise<number> {
	const tests = await systemTransaction((tx) =>
		tx.sql<{ id: string; accountId: string; merchantId: string }>(
			`select "id", "accountId", "merchantId" from "IntegrationTest" where "endedAt" is null order by "id"`,
		),
	);
	for (const test of tests) {
		if (signal.aborted) break;
		await watchTest(test);
	}
	return tests.length;
}
