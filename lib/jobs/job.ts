import type { z } from "zod";
import type { Transaction } from "@/lib/db/transact";

/** What a task may say when it ends. Anything thrown is a bug or a crash, and is retried as one. */
export type Ended = { done: true } | { again: Date; because: string } | { stop: true; because: string };

export interface Job<P extends z.ZodType = z.ZodType> {
	task: string;
	payload: P;
	/** Two waiting jobs with one key are one job. Starts with the task name. */
	key: (payload: z.output<P>) => string;
	maxAttempts: number;
	priority: number;
}

export function job<P extends z.ZodType>(definition: Job<P>): Job<P> {
	return definition;
}

/**
 * Adds a job in the transaction that changes the data: rolled back together, committed together.
 * A job that waits under the same key and this one become one, at the earlier of both times. Without a time it is due
 * now, by the database's clock.
 */
export async function enqueue<P extends z.ZodType>(
	tx: Transaction,
	definition: Job<P>,
	payload: z.input<P>,
	options: { at?: Date } = {},
): Promise<void> {
	const parsed = definition.payload.parse(payload);
	await tx.sql("select crossdock_enqueue($1, $2::json, $3, coalesce($4::timestamptz, now()), $5, $6)", [
		definition.task,
		JSON.stringify(parsed),
		definition.key(parsed),
		options.at ?? null,
		definition.maxAttempts,
		definition.priority,
	]);
}
