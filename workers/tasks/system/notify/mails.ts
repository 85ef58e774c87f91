/** Mails of their own: one alert, at once. */
import { systemTransaction } from "@/lib/db/system";
import type { Transaction } from "@/lib/db/transact";
import { env } from "@/lib/env";
import type { ErrorCodeInfo } from "@/lib/errors/code-info";
import { errorCodes } from "@/lib/errors/codes";
import { type Mail, sendMail } from "@/lib/mail";
import { after } from "@/lib/time";
import { dropOfStrangers, noteFailed, noteSent, type Taken, takenMs } from "./outbox";
import { personalWords, withoutPersonal } from "./plain-sentence";

interface Due extends Taken {
	accountId: string;
	alertId: string;
	kind: string;
	email: string;
	account: string;
	merchant: string | null;
	cause: string;
	code: string;
	sentence: string;
}

export async function sendMailsAtOnce(now: Date, signal: AbortSignal): Promise<{ sent: number; failed: number }> {
	const total = { sent: 0, failed: 0 };
	while (!signal.aborted) {
		const due = await systemTransaction((tx) => take(tx, now));
		if (due.length === 0) return total;
		for (const row of due) {
			try {
				await sendMail(mailOf(row));
				await noteSent([row], now);
				total.sent++;
			} catch (error) {
				await noteFailed([row], now, error);
				total.failed++;
			}
		}
		// With the retry table scaled to nothing a refused mail would be due at once, for ever.
		if (total.failed > 0) return total;
	}
	return total;
}

/** Takes some, and drops those that are no news any more. */
async function take(tx: Transaction, now: Date): Promise<Due[]> {
	await dropOfStrangers(tx, now);
	await tx.sql(
		`delete from "Notification" n using "Alert" a where n."dueAt" <= $1 and not n."digest" and a."accountId" = n."accountId"
		   and a."id" = n."alertId" and (a."resolvedAt" is not null or a."snoozedUntil" > $1)`,
		[now],
	);
	const due = await tx.sql<Due>(
		`with due as (select "id" from "Notification" where "dueAt" <= $1 and not "digest" order by "dueAt", "id" limit 20 for update skip locked),
		 taken as (update "Notification" n set "dueAt" = $2, "tries" = "tries" + 1 from due where n."id" = due."id" returning n.*)
		 select t."id", t."tries", t."createdAt", t."accountId", t."alertId", t."kind", u."email", acc."name" as "account",
		   m."name" as "merchant", a."cause", a."code", a."sentence"
		 from taken t join "User" u on u."id" = t."userId" join "Account" acc on acc."id" = t."accountId"
		 join "Alert" a on a."accountId" = t."accountId" and a."id" = t."alertId"
		 left join "Merchant" m on m."accountId" = a."accountId" and m."id" = a."merchantId" order by t."id"`,
		[now, after(now, takenMs)],
	);
	for (const row of due)
		row.sentence = withoutPersonal(row.sentence, await personalWords(tx, { id: row.alertId, cause: row.cause }));
	return due;
}

function mailOf(row: Due): Mail {
	const info: ErrorCodeInfo =
		Object.entries<ErrorCodeInfo>(errorCodes).find(([code]) => code === row.code)?.[1] ?? errorCodes.unexpected;
	const at = row.merchant ? `${row.merchant}, at ${row.account}` : row.account;
	const first = row.kind === "assigned" ? [`Somebody asked you to look after this alert of ${at}:`] : [`For ${at}:`];
	return {
		to: row.email,
		subject: subjectOf(row.sentence, row.account),
		intro: [...first, row.sentence, `${info.meaning} What to do: ${info.action}`],
		button: { label: "Open the alert", href: `${env().APP_URL}/${row.accountId}/alerts/${row.alertId}` },
		outro: [howToChange(row.accountId)],
		messageId: `<${row.id}@crossdock>`,
	};
}

/** As one line that a list of mails can show. */
function subjectOf(sentence: string, account: string): string {
	const line = sentence.replace(/\s+/g, " ");
	return `${line.length > 120 ? `${line.slice(0, 119)}…` : line} (${account})`;
}

export function howToChange(accountId: string): string {
	return `You get this mail because your settings ask for it. To change that, or to stop it: ${env().APP_URL}/${accountId}/settings/notifications`;
}
