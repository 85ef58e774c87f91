/**
 * The work of one erasure, in small transactions that each keep how far they came: orders first, then what was said
 * in requests, then what people said. Killed anywhere, it goes on from the last commit; what it has to know meanwhile is sealed in its row.
 */
import { audit } from "@/lib/db/audit";
import { jobScope } from "@/lib/db/scope";
import { openSealed, sealed } from "@/lib/db/secrets";
import { type Transaction, transact } from "@/lib/db/transact";
import { eraseJob, type PrivacyPayload } from "@/lib/jobs/privacy";
import { countPacks, eraseExchanges, type Sought } from "./erase-exchanges";
import { eraseOrders } from "./erase-orders";
import { eraseQuotes } from "./erase-quotes";
import { belongsTo, type ShopperKey } from "./find-shopper";
import { dueOrders, mostAtOnce, planRetention } from "./plan-retention";
import { removeExports } from "./remove-exports";

interface Erasure {
	id: string;
	kind: "retention" | "shopper";
	by: ShopperKey | null;
	hint: string;
	state: "waiting" | "orders" | "exchanges" | "done";
	sealed: Buffer | null;
	cursor: string;
	total: number;
	orders: number;
	openOrders: number;
	exchanges: number;
}
export interface ErasureRun {
	signal: AbortSignal;
	now?: () => Date;
	/** Orders looked at in one transaction; packs of requests are a tenth of it. */
	batch?: number;
}

/** Works until it is done (true) or told to stop (false); whoever calls again goes on. */
export async function runErasure(payload: PrivacyPayload, run: ErasureRun): Promise<boolean> {
	const work = { ...payload, batch: run.batch ?? 200, now: run.now ?? (() => new Date()) };
	const scope = jobScope(payload.accountId, payload.merchantId, eraseJob.task);
	while (!run.signal.aborted) {
		const state = await transact(scope, (tx) => step(tx, work));
		if (state === "done") return true;
	}
	return false;
}

type Work = PrivacyPayload & { batch: number; now: () => Date };

async function step(tx: Transaction, work: Work): Promise<Erasure["state"]> {
	const [erasure] = await tx.sql<Erasure>(
		`select "id", "kind", "by", "hint", "state", "sealed", "cursor", "total", "orders", "openOrders", "exchanges" from "Erasure"
		 where "accountId" = $1 and "id" = $2 for update`,
		[work.accountId, work.id],
	);
	if (!erasure || erasure.state === "done") return "done";
	if (erasure.state === "waiting") return begin(tx, work, erasure);
	if (erasure.state === "orders") return lookAtOrders(tx, work, erasure);
	return lookAtExchanges(tx, work, erasure);
}

async function begin(tx: Transaction, work: Work, { kind }: Erasure): Promise<"orders"> {
	const [found] =
		kind === "retention"
			? [{ count: (await dueOrders(tx, work, work.now(), mostAtOnce)).length }]
			: await tx.sql<{ count: number }>(
					`select count(*)::int as "count" from "Order" where "accountId" = $1 and "merchantId" = $2`,
					[work.accountId, work.merchantId],
				);
	await tx.sql(
		`update "Erasure" set "state" = 'orders', "total" = $3, "startedAt" = $4 where "accountId" = $1 and "id" = $2`,
		[work.accountId, work.id, found?.count ?? 0, work.now()],
	);
	return "orders";
}

async function lookAtOrders(tx: Transaction, work: Work, erasure: Erasure): Promise<"orders" | "exchanges"> {
	const known = await open(tx, work, erasure);
	const next =
		erasure.kind === "retention"
			? await nextDue(tx, work, erasure)
			: await nextOfShopper(tx, work, erasure, known.value);
	const found = await eraseOrders(tx, work, next.ids, work.now());
	const waiting = erasure.kind === "shopper" ? await markOpen(tx, work, next.ids) : 0;
	const sought: Sought = {
		words: [...new Set([...known.words, ...found.words])],
		exchangeIds: [...known.exchangeIds, ...found.exchangeIds],
	};
	const [packs] = next.last ? await countPacks(tx, work) : [];
	const state = next.last ? "exchanges" : "orders";
	await tx.sql(
		`update "Erasure" set "state" = $3, "cursor" = $4, "looked" = case when $3 = 'orders' then "looked" + $5 else 0 end,
		   "total" = coalesce($6, "total"), "orders" = "orders" + $7, "openOrders" = "openOrders" + $8, "sealed" = $9
		 where "accountId" = $1 and "id" = $2`,
		[
			...[work.accountId, work.id, state, next.last ? "" : next.cursor, next.looked],
			...[packs?.count ?? null, found.count, waiting, await seal(tx, work, { value: known.value, ...sought })],
		],
	);
	return state;
}

interface Next {
	ids: string[];
	looked: number;
	cursor: string;
	/** Nothing follows. */
	last: boolean;
}

/** What was erased is due no longer, so no cursor is needed; more than the most is for the next round. */
async function nextDue(tx: Transaction, work: Work, { orders }: Erasure): Promise<Next> {
	const ids = await dueOrders(tx, work, work.now(), Math.min(work.batch, mostAtOnce - orders));
	return { ids, looked: ids.length, cursor: "", last: ids.length < work.batch || orders + ids.length >= mostAtOnce };
}

async function nextOfShopper(tx: Transaction, work: Work, { by, cursor }: Erasure, value: string): Promise<Next> {
	const many = work.batch * 10;
	const rows = await tx.sql<{ id: string; theirs: boolean }>(
		`select o."id", coalesce(${belongsTo(by ?? "number", "$4")}, false) as "theirs" from "Order" o
		 where o."accountId" = $1 and o."merchantId" = $2 and o."id" > $3 order by o."id" limit $5`,
		[work.accountId, work.merchantId, cursor, value, many],
	);
	const ids = rows.filter(({ theirs }) => theirs).map(({ id }) => id);
	return { ids, looked: rows.length, cursor: rows.at(-1)?.id ?? cursor, last: rows.length < many };
}

/** What is still open is needed to send the goods; it is erased when it closes. */
async function markOpen(tx: Transaction, { accountId, now }: Work, ids: string[]): Promise<number> {
	const marked = await tx.sql(
		`update "Order" set "eraseWantedAt" = $3 where "accountId" = $1 and "id" = any($2) and "erasedAt" is null returning 1`,
		[accountId, ids, now()],
	);
	return marked.length;
}

async function lookAtExchanges(tx: Transaction, work: Work, erasure: Erasure): Promise<"exchanges" | "done"> {
	const most = Math.max(1, Math.floor(work.batch / 10));
	const known = await open(tx, work, erasure);
	const nothing = known.words.length === 0 && known.exchangeIds.length === 0;
	const found = nothing
		? { looked: 0, erased: 0, cursor: "" }
		: await eraseExchanges(tx, work, known, { cursor: erasure.cursor, most });
	await tx.sql(
		`update "Erasure" set "cursor" = $3, "looked" = "looked" + $4, "exchanges" = "exchanges" + $5 where "accountId" = $1 and "id" = $2`,
		[work.accountId, work.id, found.cursor, found.looked, found.erased],
	);
	if (found.looked === most) return "exchanges";
	await eraseQuotes(tx, work, known.words);
	await end(tx, work, { ...erasure, exchanges: erasure.exchanges + found.erased });
	return "done";
}

async function end(
	tx: Transaction,
	work: Work,
	{ id, kind, by, hint, orders, openOrders, exchanges }: Erasure,
): Promise<void> {
	await tx.sql(
		`update "Erasure" set "state" = 'done', "sealed" = null, "cursor" = '', "looked" = "total", "endedAt" = $3
		 where "accountId" = $1 and "id" = $2`,
		[work.accountId, id, work.now()],
	);
	if (kind === "shopper") await removeExports(tx, work);
	await audit(tx, jobScope(work.accountId, work.merchantId, eraseJob.task), {
		action: kind === "shopper" ? "shopper.erased" : "orders.erased-by-age",
		subjectType: "erasure",
		subjectId: id,
		after: { ...(by && by !== "number" && { by, shopper: hint }), orders, openOrders, requests: exchanges },
	});
	if (kind === "retention") await planRetention(tx, work, work.now());
}

interface Known extends Sought {
	/** What the shopper is found by. */
	value: string;
}

const bindingOf = (id: string) => `erasure:${id}`;

async function open(tx: Transaction, { accountId, id }: Work, erasure: Erasure): Promise<Known> {
	const {
		value = "",
		words = "[]",
		exchangeIds = "[]",
	} = await openSealed(tx, accountId, bindingOf(id), erasure.sealed);
	return { value, words: JSON.parse(words), exchangeIds: JSON.parse(exchangeIds) };
}

function seal(tx: Transaction, { accountId, id }: Work, { value, words, exchangeIds }: Known): Promise<Buffer> {
	return sealShopper(
		tx,
		{ accountId, id },
		{ value, words: JSON.stringify(words), exchangeIds: JSON.stringify(exchangeIds) },
	);
}

/** Keeps what an erasure looks for, readable for nobody but its work. */
export function sealShopper(
	tx: Transaction,
	{ accountId, id }: { accountId: string; id: string },
	values: Record<string, string>,
): Promise<Buffer> {
	return sealed(tx, accountId, bindingOf(id), values);
}
