/** One mail with all that gathered for a person in an account: what is new, and what is over. */
import { systemTransaction } from "@/lib/db/system";
import type { Transaction } from "@/lib/db/transact";
import { env } from "@/lib/env";
import { type Mail, sendMail } from "@/lib/mail";
import { after } from "@/lib/time";
import { howToChange } from "./mails";
import { dropOfStrangers, noteFailed, noteSent, type Taken, takenMs } from "./outbox";
import { personalWords, withoutPersonal } from "./plain-sentence";

interface Line extends Taken {
	accountId: string;
	userId: string;
	alertId: string;
	kind: string;
	email: string;
	account: string;
	merchant: string | null;
	cause: string;
	sentence: string;
	count: number;
}

const mostLines = 50;

export async function sendDigests(now: Date, signal: AbortSignal): Promise<{ sent: number; failed: number }> {
	const total = { sent: 0, failed: 0 };
	while (!signal.aborted) {
		const lines = await systemTransaction((tx) => take(tx, now));
		const [first] = lines;
		if (!first) return total;
		try {
			await sendMail(digestOf(first, lines));
			await noteSent(lines, now);
			total.sent++;
		} catch (error) {
			await noteFailed(lines, now, error);
			total.failed++;
			// The next person's would fail as well, more often than not: the next minute tries again.
			return total;
		}
	}
	return total;
}

/** Takes all that is due for one person in one account; what was opened and is over is left out. */
async function take(tx: Transaction, now: Date): Promise<Line[]> {
	await dropOfStrangers(tx, now);
	await tx.sql(
		`delete from "Notification" n using "Alert" a where n."dueAt" <= $1 and n."digest" and n."kind" <> 'resolved'
		   and a."accountId" = n."accountId" and a."id" = n."alertId" and (a."resolvedAt" is not null or a."snoozedUntil" > $1)`,
		[now],
	);
	const lines = await tx.sql<Line>(
		`with one as (select "accountId", "userId" from "Notification" where "dueAt" <= $1 and "digest" order by "dueAt", "id" limit 1 for update skip locked),
		 due as (select n."id" from "Notification" n join one on one."accountId" = n."accountId" and one."userId" = n."userId"
		   where n."dueAt" <= $1 and n."digest" for update of n skip locked),
		 taken as (update "Notification" n set "dueAt" = $2, "tries" = "tries" + 1 from due where n."id" = due."id" returning n.*)
		 select t."id", t."tries", t."createdAt", t."accountId", t."userId", t."alertId", t."kind", u."email", acc."name" as "account",
		   m."name" as "merchant", a."cause", a."sentence", a."count"
		 from taken t join "User" u on u."id" = t."userId" join "Account" acc on acc."id" = t."accountId"
		 join "Alert" a on a."accountId" = t."accountId" and a."id" = t."alertId"
		 left join "Merchant" m on m."accountId" = a."accountId" and m."id" = a."merchantId" order by t."id"`,
		[now, after(now, takenMs)],
	);
	for (const line of lines.slice(0, mostLines))
		line.sentence = withoutPersonal(line.sentence, await personalWords(tx, { id: line.alertId, cause: line.cause }));
	return lines;
}

function digestOf(first: Line, lines: Line[]): Mail {
	const isNews = ({ kind }: Line) => kind !== "resolved";
	const news = lines.filter(isNews);
	const over = lines.filter((line) => !isNews(line));
	return {
		to: first.email,
		subject: `${[words(news.length, "new"), words(over.length, "resolved")].filter(Boolean).join(", ")} (${first.account})`,
		intro: [
			`What happened at ${first.account} since the mail before:`,
			...lines.slice(0, mostLines).map(lineOf),
			...(lines.length > mostLines ? [`And ${lines.length - mostLines} more.`] : []),
		],
		button: { label: "Open the alerts", href: `${env().APP_URL}/${first.accountId}/alerts` },
		outro: [howToChange(first.accountId)],
		messageId: `<${first.id}@crossdock>`,
	};
}

function lineOf({ kind, sentence, merchant, count }: Line): string {
	const about = [merchant, count > 1 && `${count} times`].filter(Boolean).join(", ");
	return `${kind === "resolved" ? "Resolved: " : ""}${sentence}${about ? ` (${about})` : ""}`;
}

function words(count: number, what: string): string {
	return count === 0 ? "" : `${count} ${what} alert${count === 1 ? "" : "s"}`;
}
