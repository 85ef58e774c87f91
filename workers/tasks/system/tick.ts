/**
 * The clock: once a minute, flows whose time has come are enqueued. The next time is set in the transaction that
 * enqueues, so a missed minute is not made up and a crash repeats nothing. Rows another worker holds are skipped.
 */
import { updateRows } from "@/lib/db/bulk";
import { systemTransaction } from "@/lib/db/system";
import type { Transaction } from "@/lib/db/transact";
import { nextRun, type Schedule } from "@/lib/flow/schedule/next-run";
import { enqueueMany } from "./enqueue-many";

interface DueFlow extends Schedule {
	accountId: string;
	merchantId: string;
	job: string;
}

/** Enqueues everything due, in batches; returns how many flows. */
export async function tick(now: Date, batch = 5000): Promise<number> {
	for (let total = 0; ; ) {
		const count = await systemTransaction((tx) => enqueueDue(tx, now, batch));
		total += count;
		if (count < batch) return total;
	}
}

async function enqueueDue(tx: Transaction, now: Date, batch: number): Promise<number> {
	const due = await tx.sql<DueFlow>(
		`select "id", "accountId", "merchantId", "job", "mode", "everyMinutes", "dailyAt", "timeZone" from "Flow"
		 where "nextRunAt" <= $1 and "pausedAt" is null order by "nextRunAt" limit $2 for update skip locked`,
		[now, batch],
	);
	if (due.length === 0) return 0;
	await updateRows(
		tx,
		"Flow",
		{ id: "text", at: "timestamptz" },
		due.map((flow) => ({ id: flow.id, at: nextRun(flow, now) })),
		{ key: "id", set: `"nextRunAt" = given."at"`, where: `"Flow"."id" = given."id"` },
	);
	await enqueueMany(tx, due, { trigger: "schedule", at: now });
	return due.length;
}
