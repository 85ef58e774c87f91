/**
 * Inventory Upload: a cart is told the figures that changed. Absolute numbers, so telling one twice is harmless;
 * each push keeps its terms, so that explaining a number is reading.
 */

import type { InventoryFigure } from "@/lib/canonical/inventory";
import { ConnectorError } from "@/lib/connectors/kit/fault";
import type { Fields, Outcome, Setter } from "@/lib/connectors/kit/types";
import { insertRows, updateRows } from "@/lib/db/bulk";
import { newId } from "@/lib/db/ids";
import type { Ended } from "@/lib/jobs/job";
import { noteFault } from "../connect/note-fault";
import { retryAfter } from "../run/retry";
import { type Commit, commit, type FlowWork, mustYield } from "../work";
import { computeFigures } from "./compute-figures";
import { noteCaution } from "./note-caution";
import { skusInTest } from "./skus-in-test";

/** So many batches are told side by side, and kept together: a partner's answer takes longer than our commit. */
const batchesAtOnce = 4;

export async function uploadInventory(work: FlowWork): Promise<Ended> {
	const setter = work.connection.connector.source?.inventory;
	if (!setter) return { stop: true, because: "this system takes no stock" };
	const only = work.connection.live ? null : await commit(work, (tx) => skusInTest(tx, work));
	if (only?.length === 0) return { stop: true, because: "the cart is in test; it is told stock once it goes live" };
	const blocked = setter.blocked?.(work.connection.context.settings) ?? null;
	if (blocked !== null) return { stop: true, because: blocked };
	await commit(work, (tx) => computeFigures(tx, work));
	await noteCaution(work, setter);
	while (!mustYield(work)) {
		const rows = await commit(work, (tx) => claim(tx, work, { limit: setter.maxBatch * batchesAtOnce, only }));
		if (rows.length === 0) break;
		const outcomes = await pushAll(work, setter, rows);
		await commit(work, (tx) => settle(tx, work, rows, outcomes));
		const fault = [...outcomes.values()].find(
			(outcome) =>
				outcome.ok === false && (outcome.error.fault.kind === "auth" || outcome.error.fault.kind === "rate-limited"),
		);
		if (fault && fault.ok === false) return noteFault(work, fault.error);
	}
	return commit(work, async (tx) => {
		const [row] = await tx.sql<{ at: Date | null }>(
			`select min("nextTryAt") as "at" from "InventoryFigure" where "accountId" = $1 and "connectionId" = $2 and "nextTryAt" is not null
			   and ($3::text[] is null or "sku" = any($3))`,
			[work.scope.accountId, work.connection.id, only],
		);
		return row?.at ? { again: row.at, because: "figures wait for another try" } : { done: true };
	});
}

interface Row {
	sku: string;
	/** What the cart calls it, where that is something else. */
	code: string | null;
	quantity: number;
	terms: unknown;
	attempts: number;
	computedAt: Date;
}

/** What was `sending` when a process died is simply sent again. A cart in test is told `only` what its test names. */
function claim(tx: Commit, work: FlowWork, { limit, only }: { limit: number; only: string[] | null }): Promise<Row[]> {
	return tx.sql<Row>(
		`update "InventoryFigure" f set "state" = 'sending', "attempts" = f."attempts" + 1
		 where f."accountId" = $1 and f."connectionId" = $2 and f."sku" = any(array(
		   select "sku" from "InventoryFigure" where "accountId" = $1 and "connectionId" = $2 and "nextTryAt" <= $3
		     and ($5::text[] is null or "sku" = any($5))
		   order by "nextTryAt" limit $4))
		 returning f."sku", f."code", f."quantity", f."terms", f."attempts", f."computedAt"`,
		[work.scope.accountId, work.connection.id, work.now(), limit, only],
	);
}

async function pushAll(
	work: FlowWork,
	setter: Setter<Fields, InventoryFigure>,
	rows: Row[],
): Promise<Map<string, Outcome>> {
	const batches: Row[][] = [];
	for (let start = 0; start < rows.length; start += setter.maxBatch)
		batches.push(rows.slice(start, start + setter.maxBatch));
	const outcomes = await Promise.all(batches.map((batch) => push(work, setter, batch)));
	return new Map(outcomes.flatMap((some) => [...some]));
}

async function push(
	work: FlowWork,
	setter: Setter<Fields, InventoryFigure>,
	rows: Row[],
): Promise<Map<string, Outcome>> {
	try {
		const outcomes = await setter.set(
			work.connection.context,
			rows.map((row) => ({
				key: row.sku,
				value: { sku: row.code ?? row.sku, quantity: row.quantity },
				attempt: row.attempts,
			})),
		);
		return new Map(outcomes.map((outcome) => [outcome.key, outcome]));
	} catch (error) {
		if (!(error instanceof ConnectorError)) throw error;
		return new Map(rows.map((row) => [row.sku, { key: row.sku, ok: false, error }]));
	}
}

async function settle(tx: Commit, work: FlowWork, rows: Row[], outcomes: Map<string, Outcome>): Promise<void> {
	const now = work.now();
	const settled = rows.map((row) => ({ row, ...judge(row, outcomes.get(row.sku), now) }));
	await updateRows(
		tx,
		"InventoryFigure",
		{ sku: "text", quantity: "int", state: "text", problem: "text", nextTryAt: "timestamptz", exchangeId: "text" },
		settled.map(({ row, state, problem, nextTryAt, exchangeId }) => ({
			sku: row.sku,
			quantity: row.quantity,
			state,
			problem,
			nextTryAt,
			exchangeId,
		})),
		{
			key: "sku",
			set: `"state" = given."state", "problem" = given."problem", "nextTryAt" = given."nextTryAt", "exchangeId" = given."exchangeId",
			      "pushed" = case when given."state" = 'pushed' then given."quantity" else "InventoryFigure"."pushed" end,
			      "pushedAt" = case when given."state" = 'pushed' then $4::timestamptz else "InventoryFigure"."pushedAt" end`,
			where: `"InventoryFigure"."accountId" = $2 and "InventoryFigure"."connectionId" = $3 and "InventoryFigure"."sku" = given."sku"
			        and "InventoryFigure"."quantity" = given."quantity"`,
		},
		[work.scope.accountId, work.connection.id, now],
	);
	await insertRows(
		tx,
		"InventoryPush",
		{
			id: "text",
			accountId: "text",
			merchantId: "text",
			connectionId: "text",
			sku: "text",
			quantity: "int",
			terms: "json",
			outcome: "text",
			message: "text",
			exchangeId: "text",
			runId: "text",
			at: "timestamptz",
		},
		settled.map(({ row, state, problem, exchangeId }) => ({
			id: newId("psh"),
			accountId: work.scope.accountId,
			merchantId: work.scope.merchantId,
			connectionId: work.connection.id,
			sku: row.sku,
			quantity: row.quantity,
			terms: row.terms,
			outcome: state,
			message: problem,
			exchangeId,
			runId: work.runId,
			at: now,
		})),
	);
	for (const { row, state, problem, exchangeId } of settled) {
		tx.count(state === "pushed" ? "updated" : state === "skipped" ? "skipped" : "failed");
		const outcome =
			state === "pushed" ? "updated" : state === "skipped" ? "skipped" : state === "refused" ? "refused" : "failed";
		tx.record({ subjectType: "sku", subject: row.sku, outcome, reason: problem ?? `told ${row.quantity}`, exchangeId });
	}
}

function judge(row: Row, outcome: Outcome | undefined, now: Date) {
	const none = { problem: null, nextTryAt: null, exchangeId: null };
	if (!outcome) return { ...none, state: "refused", problem: "the system gave no answer for this SKU" };
	if (outcome.ok === true) return { ...none, state: "pushed", exchangeId: outcome.exchangeId ?? null };
	if (outcome.ok === "skipped") return { ...none, state: "skipped", problem: outcome.reason };
	const { error } = outcome;
	const exchangeId = error.exchangeId ?? null;
	const retry = retryAfter(error.fault, { now, attempts: row.attempts, firstTriedAt: row.computedAt });
	if (retry.kind === "never") return { state: "refused", problem: error.message, nextTryAt: null, exchangeId };
	return { state: "unknown", problem: error.message, nextTryAt: retry.kind === "later" ? retry.at : now, exchangeId };
}
