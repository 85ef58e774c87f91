import pg from "pg";
import type { DifferenceKind } from "@/lib/canonical/difference";
import { performRun } from "@/lib/flow/run/perform-run";
import { flowPayload } from "@/lib/jobs/catalogue";
import { fixDifferences } from "@/lib/services/reconcile/fix-differences";
import { hourMs } from "@/lib/time";
import type { testDatabase } from "./database";
import type { TestJourney } from "./journey";
import { runFlow } from "./tenant";

/** Reconciliations of a test's journey, and what they found. */
export function testRounds(database: ReturnType<typeof testDatabase>, journey: TestJourney) {
	/** Two hours from now: whatever is on its way should have arrived by then. */
	const later = () => new Date(Date.now() + 2 * hourMs);
	const open = () =>
		journey.tenant.sql<{ kind: DifferenceKind; label: string; sentence: string; id: string; rounds: number }>(
			`select "id", "kind", "label", "sentence", "rounds" from "ReconciliationDifference" where "goneAt" is null order by "kind", "label"`,
		);
	return {
		ofCart: (more: { now?: () => Date } = {}) =>
			runFlow(journey.tenant, journey.cart, "orders/reconcile", { now: later, ...more }),
		ofWarehouse: () => runFlow(journey.tenant, journey.wms, "warehouse/reconcile", { now: later }),
		open,
		found: async () => (await open()).map(({ kind, label }) => [kind, label]),
		/** Presses the button of all open differences of a kind, and does what the workers would. */
		fix: async (connection: { id: string }, kind: DifferenceKind) => {
			const fixed = await fixDifferences(journey.tenant.scope, connection.id, { kind });
			await work(database.url(), journey.tenant.accountId);
			return fixed;
		},
		/** An order that the warehouse has. */
		atWarehouse: async () => {
			const placed = journey.place();
			await journey.download();
			await journey.deliver();
			return placed;
		},
	};
}

async function work(databaseUrl: string, accountId: string): Promise<void> {
	const client = new pg.Client(databaseUrl);
	await client.connect();
	try {
		for (let round = 0; round < 5; round++) {
			const { rows } = await client.query(
				`delete from graphile_worker."_private_jobs" where "payload" ->> 'accountId' = $1 and "payload" ->> 'flowId' is not null returning "payload"`,
				[accountId],
			);
			// What a person asked for comes before what goes out by itself.
			for (const { payload } of rows.sort((a, b) => (a.payload.only ? 0 : 1) - (b.payload.only ? 0 : 1)))
				await performRun(flowPayload.parse(payload), { id: "wrk_test", signal: new AbortController().signal });
		}
	} finally {
		await client.end();
	}
}
