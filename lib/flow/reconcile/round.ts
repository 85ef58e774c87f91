/**
 * One reconciliation of one connection, from the first page to its verdict. Promise: each page's differences are
 * stored with the place where the comparison goes on, so that a round that is cut loses nothing; and a difference
 * that a whole round did not see is gone. It only compares: nothing here changes an order, a figure or a cursor.
 */
import { type DifferenceKind, fixOf, type ReconcileArea } from "@/lib/canonical/difference";
import { insertRows } from "@/lib/db/bulk";
import { newId } from "@/lib/db/ids";
import type { FlowJobName } from "@/lib/jobs/catalogue";
import { after, dayMs, hourMs } from "@/lib/time";
import { type Commit, commit, type FlowWork } from "../work";
import { judgeRound } from "./verdict";

/** How far back the other side is read. */
export const windowMs = 30 * dayMs;
/** What a function has not come to after so long is no longer "on its way". */
export const settleMs = hourMs;
/** A round that was cut so long ago says nothing about today. */
const tooOldMs = dayMs;

export interface Round {
	id: string;
	startedAt: Date;
	compared: Record<ReconcileArea, number>;
	/** The part that is under way, and where in it. */
	cursor: { phase: string; at: unknown };
}

export interface Difference {
	kind: DifferenceKind;
	/** Stable name of what differs. */
	subject: string;
	/** The same for people. */
	label: string;
	orderId?: string | null;
	sentence: string;
	facts?: Record<string, string | number | null>;
}

interface Row {
	id: string;
	startedAt: Date;
	counts: { compared: Round["compared"] };
	cursor: Round["cursor"];
}

/** The round that was cut, or a new one. */
export function openRound(work: FlowWork, firstPhase: string): Promise<Round> {
	return commit(work, async (tx) => {
		const { accountId, merchantId } = work.scope;
		const now = work.now();
		await tx.sql(
			`update "Reconciliation" set "state" = 'stopped', "endedAt" = $3
			 where "accountId" = $1 and "connectionId" = $2 and "state" = 'running' and "startedAt" < $4`,
			[accountId, work.connection.id, now, after(now, -tooOldMs)],
		);
		const [cut] = await tx.sql<Row>(
			`select "id", "startedAt", "counts", "cursor" from "Reconciliation"
			 where "accountId" = $1 and "connectionId" = $2 and "state" = 'running'`,
			[accountId, work.connection.id],
		);
		if (cut) return { id: cut.id, startedAt: cut.startedAt, compared: cut.counts.compared, cursor: cut.cursor };
		const round: Round = {
			id: newId("rcn", now.getTime()),
			startedAt: now,
			compared: { orders: 0, shipments: 0, stock: 0 },
			cursor: { phase: firstPhase, at: null },
		};
		await tx.sql(
			`insert into "Reconciliation" ("id", "accountId", "merchantId", "connectionId", "trigger", "state", "startedAt", "counts", "cursor")
			 select $3, $1, $4, $5, r."trigger", 'running', $6, $7, $8 from "Run" r where r."accountId" = $1 and r."id" = $2`,
			[accountId, work.runId, round.id, merchantId, work.connection.id, now, countsOf(round), round.cursor],
		);
		return round;
	});
}

function countsOf({ compared }: Pick<Round, "compared">) {
	return { compared, kinds: {} };
}

/** What one page of a comparison found. */
export interface Compared {
	area: ReconcileArea;
	compared: number;
	differences: Difference[];
}

/** Compares inside one transaction, and keeps what it found together with where to go on. */
export async function savePage(
	work: FlowWork,
	round: Round,
	cursor: Round["cursor"],
	compare: (tx: Commit) => Promise<Compared>,
): Promise<void> {
	round.compared = await commit(work, async (tx) => {
		const found = await compare(tx);
		const compared = { ...round.compared, [found.area]: round.compared[found.area] + found.compared };
		await noteDifferences(tx, work, round, found.differences);
		tx.count("read", found.compared);
		tx.count("unchanged", Math.max(0, found.compared - found.differences.length));
		await tx.sql(`update "Reconciliation" set "counts" = $3, "cursor" = $4 where "accountId" = $1 and "id" = $2`, [
			work.scope.accountId,
			round.id,
			countsOf({ compared }),
			cursor,
		]);
		return compared;
	});
	round.cursor = cursor;
}

async function noteDifferences(tx: Commit, work: FlowWork, round: Round, found: Difference[]): Promise<void> {
	const unique = [...new Map(found.map((one) => [`${one.kind} ${one.subject}`, one])).values()];
	const now = work.now();
	await insertRows(
		tx,
		"ReconciliationDifference",
		differenceColumns,
		unique.map(({ kind, subject, label, orderId, sentence, facts }) => ({
			id: newId("dif"),
			...{ accountId: work.scope.accountId, merchantId: work.scope.merchantId, connectionId: work.connection.id },
			...{ kind, subject, label, orderId: orderId ?? null, sentence, facts: facts ?? {} },
			...{ rounds: 1, lastRoundId: round.id, firstSeenAt: now, lastSeenAt: now },
		})),
		`on conflict ("accountId", "connectionId", "kind", "subject") where "goneAt" is null do update
		 set "sentence" = excluded."sentence", "label" = excluded."label", "orderId" = excluded."orderId", "facts" = excluded."facts",
		   "lastSeenAt" = excluded."lastSeenAt", "lastRoundId" = excluded."lastRoundId",
		   "rounds" = "ReconciliationDifference"."rounds" + case when "ReconciliationDifference"."lastRoundId" = excluded."lastRoundId" then 0 else 1 end`,
	);
	for (const { kind, label, orderId, sentence } of unique)
		tx.record({
			subjectType: kind === "stock" ? "sku" : kind === "shipped-there" ? "shipment" : "order",
			subject: label,
			orderId: orderId ?? null,
			outcome: "differs",
			reason: fixOf(kind) ? `${sentence} The connection's page has the button that mends it.` : sentence,
		});
}

const differenceColumns = {
	id: "text",
	accountId: "text",
	merchantId: "text",
	connectionId: "text",
	kind: "text",
	subject: "text",
	label: "text",
	orderId: "text",
	sentence: "text",
	facts: "jsonb",
	rounds: "int",
	lastRoundId: "text",
	firstSeenAt: "timestamptz",
	lastSeenAt: "timestamptz",
};

/** The next part of the round begins. */
export function beginPhase(work: FlowWork, round: Round, phase: string): Promise<void> {
	return savePage(work, round, { phase, at: null }, async () => ({ area: "orders", compared: 0, differences: [] }));
}

/** The whole round is done: what it did not see is gone, and what has lasted raises or closes the alert. */
export function finishRound(work: FlowWork, round: Round): Promise<void> {
	return commit(work, (tx) => judgeRound(tx, work, round));
}

/** A person stopped it: what it saw stays, and nothing is said about the rest. */
export function stopRound(work: FlowWork, round: Round): Promise<unknown> {
	return commit(work, (tx) =>
		tx.sql(
			`update "Reconciliation" set "state" = 'stopped', "endedAt" = $3 where "accountId" = $1 and "id" = $2 and "state" = 'running'`,
			[work.scope.accountId, round.id, work.now()],
		),
	);
}

/**
 * The moment up to which a function should have seen everything: its last run, but never longer ago than an hour, so
 * that one that does not run at all hides nothing. What is younger is on its way, not a difference.
 */
export function settledBefore(work: FlowWork, job: FlowJobName): Promise<Date> {
	return commit(work, async (tx) => {
		const [flow] = await tx.sql<{ at: Date | null }>(
			`select r."startedAt" as "at" from "Flow" f join "Run" r on r."accountId" = f."accountId" and r."id" = f."lastRunId"
			 where f."accountId" = $1 and f."connectionId" = $2 and f."job" = $3 and r."state" in ('done', 'done_with_problems')`,
			[work.scope.accountId, work.connection.id, job],
		);
		const latest = after(work.now(), -settleMs);
		return flow?.at && flow.at > latest ? flow.at : latest;
	});
}
