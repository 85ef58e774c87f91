/**
 * Tells people and programs what happened to alerts. What is to be told is written down first, in the transaction
 * that marks the event as seen; only then is it sent. So a crash loses nothing, and repeats at most what it was sending.
 */
import { systemTransaction } from "@/lib/db/system";
import { resolveGoneCauses } from "@/lib/flow/run/alert-causes";
import { sendDigests } from "./notify/digests";
import { sendMailsAtOnce } from "./notify/mails";
import { planBatch } from "./notify/plan";
import { sendWebhooks } from "./notify/webhooks";

export async function notify(
	now: Date,
	signal: AbortSignal = new AbortController().signal,
): Promise<{ mails: number; webhooks: number; failed: number }> {
	await systemTransaction(async (tx) => {
		await resolveGoneCauses(tx, now);
		// Whose time is over is an open alert again, and is told as one.
		await tx.sql(
			`update "Alert" set "snoozedUntil" = null, "snoozedCount" = null where "snoozedUntil" <= $1 and "resolvedAt" is null`,
			[now],
		);
	});
	while (!signal.aborted && (await planBatch(now)));
	const mails = await sendMailsAtOnce(now, signal);
	const digests = await sendDigests(now, signal);
	const webhooks = await sendWebhooks(now, signal);
	return {
		mails: mails.sent + digests.sent,
		webhooks: webhooks.sent,
		failed: mails.failed + digests.failed + webhooks.failed,
	};
}
