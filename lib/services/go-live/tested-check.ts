import type { Scope } from "@/lib/db/scope";
import type { Transaction } from "@/lib/db/transact";
import type { TestRow } from "../integration-test/evidence";
import { progressOf } from "../integration-test/look-again";
import { stepsOf } from "../integration-test/steps";
import type { End, Gate } from "./read-gate";

export type LastTest = Pick<TestRow, "id" | "state" | "flows" | "steps">;

/** The newest guided test of a cart and a warehouse. */
export async function readLastTest(
	tx: Transaction,
	scope: Scope,
	cartId: string,
	warehouseId: string,
): Promise<LastTest | null> {
	const [test] = await tx.sql<LastTest>(
		`select "id", "state", "flows", "steps" from "IntegrationTest" where "accountId" = $1 and "sourceId" = $2 and "destinationId" = $3
		 order by "id" desc limit 1`,
		[scope.accountId, cartId, warehouseId],
	);
	return test ?? null;
}

/** Whether the two were seen to work together. Going live without is a person's choice. */
export function testedCheck(cart: End, warehouse: End, test: LastTest | null): Gate["checks"][number] {
	const place = `connections/${cart.id}/test${test ? `?test=${test.id}` : ""}`;
	if (!test)
		return {
			...{ key: "tested", state: "look", title: "The two were not tested together" },
			detail: `A guided test sends one order from ${cart.name} to ${warehouse.name} and watches what comes back.`,
			fix: { label: "Test the integration", place },
		};
	const { done, of } = progressOf(test, stepsOf(test.steps));
	if (test.state === "passed")
		return {
			...{ key: "tested", state: "ok", title: "The integration was tested" },
			detail: `All ${of} flows between ${cart.name} and ${warehouse.name} were seen from end to end.`,
			fix: null,
		};
	return {
		...{ key: "tested", state: "look", title: `The integration is tested in part: ${done} of ${of} flows` },
		detail:
			test.state === "running" ? "The guided test is under way." : "The last guided test was ended before the rest.",
		fix: { label: "Open the test", place },
	};
}
