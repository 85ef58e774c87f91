/** Remembers why a record is not an order, and which setting said so: the list of skipped orders reads it. */
import { insertRows } from "@/lib/db/bulk";
import type { Commit, FlowWork } from "../work";
import type { Accepted } from "./accept-order";
import { tenantOf } from "./store-edits";

/** What the ledger has of a record already. */
export interface Known {
	sourceId: string;
	orderId: string | null;
	fingerprint: string;
	refusal: string | null;
	recheckAt: Date | null;
}

export const keyColumns = {
	accountId: "text",
	merchantId: "text",
	connectionId: "text",
	sourceId: "text",
	orderId: "text",
	fingerprint: "text",
	refusal: "text",
	firstSeenAt: "timestamptz",
};

type Refused = Exclude<Accepted, { kind: "accept" }>;

/** Said again only when the reason changes, or when somebody had it asked for again. */
export async function noteRefusals(
	tx: Commit,
	work: FlowWork,
	refused: Refused[],
	known: ReadonlyMap<string, Known>,
): Promise<void> {
	for (const record of refused) {
		const before = known.get(record.sourceId);
		if (before?.refusal === reasonOf(record) && before.recheckAt === null && !work.only) {
			tx.count("unchanged");
			continue;
		}
		tx.count(record.kind === "skip" ? "skipped" : "failed");
		tx.record({
			subjectType: "order",
			subject: record.sourceId,
			outcome: record.kind === "skip" ? "skipped" : "failed",
			reason: reasonOf(record),
		});
	}
	await insertRows(
		tx,
		"SourceKey",
		{ ...keyColumns, number: "text", refusedBy: "text", refusedAt: "timestamptz" },
		refused.map((record) => ({
			...tenantOf(work),
			sourceId: record.sourceId,
			orderId: null,
			fingerprint: "",
			refusal: reasonOf(record),
			firstSeenAt: work.now(),
			number: record.kind === "skip" ? record.number : null,
			refusedBy: record.kind === "skip" ? record.by : "unusable",
			refusedAt: work.now(),
		})),
		`on conflict ("accountId", "connectionId", "sourceId") do update set "refusal" = excluded."refusal",
		   "number" = coalesce(excluded."number", "SourceKey"."number"), "refusedBy" = excluded."refusedBy", "recheckAt" = null,
		   "refusedAt" = case when "SourceKey"."refusal" = excluded."refusal" then "SourceKey"."refusedAt" else excluded."refusedAt" end
		 where "SourceKey"."orderId" is null`,
	);
}

function reasonOf(record: Refused): string {
	return record.kind === "skip" ? record.reason : record.problem;
}
