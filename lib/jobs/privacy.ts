import { z } from "zod";
import { job } from "./job";

/** What both carry: ids only. Whom it is about is in the row, sealed. */
const payload = z.object({ accountId: z.string(), merchantId: z.string(), id: z.string() });
export type PrivacyPayload = z.output<typeof payload>;

/** Replaces personal data of one merchant's shoppers; goes on where it was cut. */
export const eraseJob = job({
	task: "privacy/erase",
	payload,
	key: ({ id }) => `privacy/erase:${id}`,
	maxAttempts: 25,
	priority: 5,
});

/** Writes the file of one merchant's data; goes on where it was cut. */
export const exportJob = job({
	task: "privacy/export",
	payload,
	key: ({ id }) => `privacy/export:${id}`,
	maxAttempts: 25,
	priority: 5,
});

export const privacyPayload = payload;
