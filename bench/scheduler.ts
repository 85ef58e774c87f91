/** One tick of the clock among ten thousand connections with six schedules each, a thousand of them due. */
import { systemTransaction } from "@/lib/db/system";
import { createTestTenant } from "@/lib/testing/tenant";
import { tick } from "@/workers/tasks/system/tick";
import { median, rounded } from "./numbers";
import type { Stage } from "./stage";

const connections = 10_000;
const flowsEach = 6;
const due = 1000;
const passes = 9;

export async function measureScheduler(stage: Stage) {
	await stage.database("scheduler");
	await fill();
	const timesMs: number[] = [];
	for (let pass = 0; pass <= passes; pass++) {
		await makeDue(pass);
		const startedMs = performance.now();
		const flows = await tick(new Date());
		const tookMs = performance.now() - startedMs;
		if (flows !== due) throw new Error(`the tick found ${flows} flows due instead of ${due}`);
		// The first pass opens connections and warms caches up.
		if (pass > 0) timesMs.push(tookMs);
	}
	stage.say(
		`  ${due} of ${connections * flowsEach} flows due: ${timesMs.map((ms) => Math.round(ms)).join(", ")} ms in ${passes} passes`,
	);
	return { connections, dueMs: rounded(median(timesMs), 1) };
}

/** A hundred accounts with a hundred connections each, all scheduled every hour, none due for a while. */
async function fill(): Promise<void> {
	for (let account = 0; account < 100; account++) {
		const { accountId, merchantId } = await createTestTenant(`Merchant ${account}`);
		await systemTransaction(async (tx) => {
			await tx.sql(
				`insert into "Connection" ("id", "accountId", "merchantId", "connectorKey", "side", "name", "values", "state")
				 select 'con_' || $1 || n, $1, $2, 'vendure', 'source', 'Shop ' || n, '{}', 'active'
				 from generate_series(1, $3::int) n`,
				[accountId, merchantId, connections / 100],
			);
			await tx.sql(
				`insert into "Flow" ("id", "accountId", "merchantId", "connectionId", "job", "mode", "everyMinutes", "nextRunAt")
				 select 'flo_' || $1 || n || j."job", $1, $2, 'con_' || $1 || n, j."job", 'every', 60, now() + interval '1 day'
				 from generate_series(1, $3::int) n,
				   unnest(array['orders/download', 'orders/cancel', 'orders/deliver', 'shipments/fetch', 'shipments/upload', 'inventory/upload']) j("job")`,
				[accountId, merchantId, connections / 100],
			);
		});
	}
	await systemTransaction((tx) => tx.sql(`analyze "Flow"`)).catch(() => {});
}

/** Another thousand flows, spread over all accounts, are due; what ran before would be due in a while, and must not be. */
async function makeDue(pass: number): Promise<void> {
	await systemTransaction(async (tx) => {
		await tx.sql(
			`update "Flow" set "nextRunAt" = now() + interval '1 day' where "nextRunAt" < now() + interval '2 hours'`,
		);
		await tx.sql(
			`update "Flow" set "nextRunAt" = now() - interval '1 second' where ("accountId", "id") in (
			   select "accountId", "id" from "Flow" order by hashtext("id" || $2) limit $1)`,
			[due, String(pass)],
		);
	});
}
