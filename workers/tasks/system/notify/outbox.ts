/** What every sender of mails needs: taking what is due for a while, and noting what became of it. */
import { systemTransaction } from "@/lib/db/system";
import type { Transaction } from "@/lib/db/transact";
import { nextTry } from "@/lib/flow/run/retry";
import { after, dayMs, minuteMs } from "@/lib/time";

/** Taken for so long: a worker that dies while it sends leaves the rest to the next one. */
export const takenMs = 5 * minuteMs;
const giveUpMs = 3 * dayMs;

export interface Taken {
	id: string;
	tries: number;
	createdAt: Date;
}

/** Rows whose person left the account meanwhile are not sent. */
export async function dropOfStrangers(tx: Transaction, now: Date): Promise<void> {
	await tx.sql(
		`delete from "Notification" n where n."dueAt" <= $1 and not exists (
		   select 1 from "Membership" s where s."accountId" = n."accountId" and s."userId" = n."userId"
		     and (s."merchantId" is null or s."merchantId" = n."merchantId")
		     and (not s."chosenOnly" or n."merchantId" is null or n."merchantId" = any(s."chosenMerchantIds")))`,
		[now],
	);
}

export function noteSent(rows: Taken[], now: Date): Promise<unknown> {
	return systemTransaction((tx) =>
		tx.sql(`update "Notification" set "sentAt" = $2, "dueAt" = null, "lastError" = null where "id" = any($1)`, [
			rows.map(({ id }) => id),
			now,
		]),
	);
}

/** Tried again after the waits of the retry table, for three days. */
export async function noteFailed(rows: Taken[], now: Date, error: unknown): Promise<void> {
	await systemTransaction(async (tx) => {
		for (const { id, tries, createdAt } of rows) {
			const over = now > after(createdAt, giveUpMs);
			await tx.sql(`update "Notification" set "dueAt" = $2, "failedAt" = $3, "lastError" = $4 where "id" = $1`, [
				id,
				over ? null : nextTry(now, tries),
				over ? now : null,
				wordsOf(error),
			]);
		}
	});
}

/** What the mail server said by number: its words may hold the address. */
function wordsOf(error: unknown): string {
	if (error instanceof Error && "responseCode" in error && typeof error.responseCode === "number")
		return `The mail server refused it (${error.responseCode}).`;
	if (error instanceof Error && error.message.startsWith("SMTP_URL")) return "No mail server is set up.";
	return "The mail server could not be reached.";
}
