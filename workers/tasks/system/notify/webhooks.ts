/**
 * Sends what webhooks are to be told, signed. Tried again for three days after the waits of the retry table; an address
 * that failed for so long is switched off, and an alert says so.
 */
import { fetchAnswer } from "@/lib/connectors/kit/fetch-answer";
import { defaultDispatcher, defaultTimeouts } from "@/lib/connectors/kit/http";
import { openSealed } from "@/lib/db/secrets";
import { systemTransaction } from "@/lib/db/system";
import type { Transaction } from "@/lib/db/transact";
import { raiseAlerts } from "@/lib/flow/run/alerts";
import { nextTry } from "@/lib/flow/run/retry";
import { mustBeCallable, webhookGuard } from "@/lib/services/webhooks/address";
import { type Secrets, signatureHeaders } from "@/lib/services/webhooks/sign";
import { after, dayMs, minuteMs, secondMs } from "@/lib/time";

const answerMs = 15 * secondMs;
const takenMs = 2 * minuteMs;
const giveUpMs = 3 * dayMs;
const atOnce = 10;

interface Due {
	id: string;
	accountId: string;
	endpointId: string;
	body: string;
	tries: number;
	firstTriedAt: Date;
	url: string;
	sealed: Buffer;
	secrets: Secrets;
}
/** What came back: a status, or why there was none. */
interface Outcome {
	status: number | null;
	error: string | null;
}

export async function sendWebhooks(now: Date, signal: AbortSignal): Promise<{ sent: number; failed: number }> {
	const total = { sent: 0, failed: 0 };
	while (!signal.aborted) {
		const due = await systemTransaction((tx) => take(tx, now));
		if (due.length === 0) return total;
		const outcomes = await Promise.all(due.map(async (row) => ({ row, outcome: await send(row, now, signal) })));
		for (const { row, outcome } of outcomes) {
			await systemTransaction((tx) => settle(tx, row, outcome, now));
			total[outcome.error === null ? "sent" : "failed"]++;
		}
		// What failed is due again in a minute at the earliest, or at once where waits are scaled to nothing.
		if (total.failed > 0) return total;
	}
	return total;
}

async function take(tx: Transaction, now: Date): Promise<Due[]> {
	const rows = await tx.sql<Omit<Due, "secrets">>(
		`with due as (select d."id" from "WebhookDelivery" d join "WebhookEndpoint" w on w."accountId" = d."accountId" and w."id" = d."endpointId"
		   where d."dueAt" <= $1 and w."disabledAt" is null order by d."dueAt", d."id" limit ${atOnce} for update of d skip locked),
		 taken as (update "WebhookDelivery" d set "dueAt" = $2, "tries" = d."tries" + 1, "firstTriedAt" = coalesce(d."firstTriedAt", $1)
		   from due where d."id" = due."id" returning d.*)
		 select t."id", t."accountId", t."endpointId", t."body", t."tries", t."firstTriedAt", w."url", w."sealed"
		 from taken t join "WebhookEndpoint" w on w."accountId" = t."accountId" and w."id" = t."endpointId" order by t."id"`,
		[now, after(now, takenMs)],
	);
	const due: Due[] = [];
	for (const row of rows)
		due.push({ ...row, secrets: await openSealed(tx, row.accountId, `webhook:${row.endpointId}`, row.sealed) });
	return due;
}

/** One call. Only a 2xx answer counts as taken; redirects are not followed. */
async function send(row: Due, now: Date, signal: AbortSignal): Promise<Outcome> {
	const guard = webhookGuard();
	try {
		mustBeCallable(row.url);
		const headers = {
			"content-type": "application/json",
			"user-agent": "Crossdock-Webhooks/1",
			...signatureHeaders(row.secrets, row, now),
		};
		const sent = { url: new URL(row.url), method: "POST", headers, body: row.body };
		const { status } = await fetchAnswer(defaultDispatcher(defaultTimeouts, guard), sent, { signal, answerMs });
		if (status >= 200 && status < 300) return { status, error: null };
		return { status, error: `It answered ${status}.` };
	} catch (error) {
		return { status: null, error: wordsOf(error) };
	}
}

function wordsOf(error: unknown): string {
	const code = error instanceof Error && "code" in error ? String(error.code) : "";
	if (code === "ENOTFOUND") return "There is no such host.";
	if (code === "ECONNREFUSED") return "The host refused the connection.";
	if (code === "TIMEOUT" || code.includes("TIMEOUT")) return "It did not answer in time.";
	const message = error instanceof Error ? error.message : "";
	return /private network|https:/.test(message) ? message : "The connection failed.";
}

async function settle(tx: Transaction, row: Due, { status, error }: Outcome, now: Date): Promise<void> {
	if (error === null) {
		await tx.sql(
			`update "WebhookDelivery" set "state" = 'delivered', "dueAt" = null, "deliveredAt" = $2, "lastStatus" = $3, "lastError" = null where "id" = $1`,
			[row.id, now, status],
		);
		await tx.sql(`update "WebhookEndpoint" set "failingSince" = null where "id" = $1`, [row.endpointId]);
		return;
	}
	const over = now > after(row.firstTriedAt, giveUpMs);
	await tx.sql(
		`update "WebhookDelivery" set "state" = $2, "dueAt" = $3, "lastStatus" = $4, "lastError" = $5 where "id" = $1`,
		[row.id, over ? "failed" : "waiting", over ? null : nextTry(now, row.tries), status, error],
	);
	const [endpoint] = await tx.sql<{ failingSince: Date; disabledAt: Date | null }>(
		`update "WebhookEndpoint" set "failingSince" = coalesce("failingSince", $2) where "id" = $1 returning "failingSince", "disabledAt"`,
		[row.endpointId, now],
	);
	// 410 means: never again (Standard Webhooks).
	const gone = status === 410;
	if (endpoint && !endpoint.disabledAt && (gone || now > after(endpoint.failingSince, giveUpMs)))
		await disable(
			tx,
			row,
			gone ? "it answered 410, which means that it is gone for good" : `every try failed for 3 days. ${error}`,
			now,
		);
}

async function disable(tx: Transaction, row: Due, problem: string, now: Date): Promise<void> {
	await tx.sql(`update "WebhookEndpoint" set "disabledAt" = $2, "disabledReason" = $3 where "id" = $1`, [
		row.endpointId,
		now,
		problem,
	]);
	const facts = { host: new URL(row.url).host, problem };
	const cause = { cause: `webhook:${row.endpointId}`, code: "webhook-off" as const, facts };
	await raiseAlerts(tx, { accountId: row.accountId, merchantId: null }, [cause], now);
}
