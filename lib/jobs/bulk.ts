import { z } from "zod";
import { job } from "./job";

export const bulkPayload = z.object({ accountId: z.string(), id: z.string() });
export type BulkPayload = z.output<typeof bulkPayload>;

/** Does one verb to many orders, step by step; goes on where it was cut. */
export const bulkJob = job({
	task: "orders/bulk",
	payload: bulkPayload,
	key: ({ id }) => `orders/bulk:${id}`,
	maxAttempts: 25,
	priority: 0,
});
