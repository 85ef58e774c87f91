/** Where an order is spoken of outside its own rows: the records of runs, their messages, and alerts. */
import { updateRows } from "@/lib/db/bulk";
import type { Transaction } from "@/lib/db/transact";
import type { Tenant } from "./erase-orders";
import { erased, withoutPerson, withoutWords } from "./person";

interface Spoken {
	orders: { id: string; number: string; sourceId: string }[];
	words: string[];
}

/** Returns the requests that those records point to. */
export async function eraseMentions(tx: Transaction, tenant: Tenant, spoken: Spoken): Promise<string[]> {
	const exchangeIds = await eraseRecords(tx, tenant, spoken);
	await eraseRuns(tx, tenant, spoken);
	await eraseAlerts(tx, tenant, spoken.words);
	return exchangeIds;
}

async function eraseRecords(tx: Transaction, { accountId, merchantId }: Tenant, { orders }: Spoken): Promise<string[]> {
	const reason = `"reason" = case when r."reason" is null then null else $3 end`;
	const own = await tx.sql<{ exchangeId: string | null }>(
		`update "RunRecord" r set ${reason} where r."accountId" = $1 and r."orderId" = any($2) returning r."exchangeId"`,
		[accountId, orders.map(({ id }) => id), erased],
	);
	// Before it was an order it may have been refused, and why was noted under what its source calls it.
	const before = await tx.sql<{ exchangeId: string | null }>(
		`update "RunRecord" r set ${reason} where r."accountId" = $1 and r."merchantId" = $4 and r."orderId" is null
		   and r."subjectType" = 'order' and r."subject" = any($2) returning r."exchangeId"`,
		[accountId, orders.flatMap(({ number, sourceId }) => [number, sourceId]), erased, merchantId],
	);
	return [...own, ...before].flatMap(({ exchangeId }) => (exchangeId ? [exchangeId] : []));
}

async function eraseRuns(tx: Transaction, { accountId }: Tenant, { orders, words }: Spoken): Promise<void> {
	const runs = await tx.sql<{ id: string; message: string }>(
		`select r."id", r."message" from "Run" r where r."accountId" = $1 and r."message" is not null and r."id" in (
		   select "runId" from "RunRecord" where "accountId" = $1 and "orderId" = any($2))`,
		[accountId, orders.map(({ id }) => id)],
	);
	const changed = runs
		.map(({ id, message }) => ({ id, before: message, message: withoutWords(message, words) }))
		.filter(({ before, message }) => before !== message);
	await updateRows(
		tx,
		"Run",
		{ id: "text", message: "text" },
		changed.map(({ id, message }) => ({ id, message })),
		{ key: "id", set: `"message" = given."message"`, where: `"Run"."accountId" = $2 and "Run"."id" = given."id"` },
		[accountId],
	);
}

/** An alert speaks for many orders: only the words that lead to a person are replaced. */
async function eraseAlerts(tx: Transaction, { accountId, merchantId }: Tenant, words: string[]): Promise<void> {
	const alerts = await tx.sql<{ id: string; sentence: string; facts: unknown }>(
		`select a."id", a."sentence", a."facts" from "Alert" a where a."accountId" = $1 and a."merchantId" = $2
		   and exists (select 1 from unnest($3::text[]) w where position(w in lower(a."sentence" || a."facts"::text)) > 0)`,
		[accountId, merchantId, words.flatMap((word) => [word, JSON.stringify(word).slice(1, -1)])],
	);
	await updateRows(
		tx,
		"Alert",
		{ id: "text", sentence: "text", facts: "jsonb" },
		alerts.map(({ id, sentence, facts }) => ({
			id,
			sentence: withoutWords(sentence, words),
			facts: withoutPerson(facts, words),
		})),
		{
			key: "id",
			set: `"sentence" = given."sentence", "facts" = given."facts"`,
			where: `"Alert"."accountId" = $2 and "Alert"."id" = given."id"`,
		},
		[accountId],
	);
}
