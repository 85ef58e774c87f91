import type { Scope } from "@/lib/db/scope";
import type { Transaction } from "@/lib/db/transact";
import { flowJobs, isFlowJob } from "@/lib/jobs/catalogue";

export interface Happening {
	at: Date;
	text: string;
	/** Below the account's address. */
	path: string;
}

interface Row {
	id: string;
	at: Date;
	kind: "run" | "person";
	what: string;
	who: string;
	subject: string;
	subjectId: string;
}

/** What happened while nobody looked: runs with trouble, and what people did. Newest first. */
export async function readHappenings(
	tx: Transaction,
	scope: Scope,
	merchantId: string | undefined,
): Promise<Happening[]> {
	const rows = await tx.sql<Row>(
		`(select r."id", coalesce(r."endedAt", r."startedAt") as "at", 'run' as "kind", r."job" as "what", c."name" as "who",
		    coalesce(r."message", '') as "subject", r."id" as "subjectId"
		  from "Run" r join "Connection" c on c."accountId" = r."accountId" and c."id" = r."connectionId"
		  where r."accountId" = $1 and ($2::text is null or r."merchantId" = $2) and r."state" in ('done_with_problems', 'failed', 'stopped')
		  order by r."id" desc limit 8)
		 union all
		 (select a."id", a."at", 'person', a."action", a."actorName", coalesce(a."after" ->> 'name', a."before" ->> 'name', ''), a."subjectId"
		  from "AuditEntry" a where a."accountId" = $1 and ($2::text is null or a."merchantId" = $2) and a."actorType" = 'user'
		  order by a."id" desc limit 8)
		 order by "at" desc limit 8`,
		[scope.accountId, merchantId ?? null],
	);
	return rows.map((row) => ({ at: row.at, ...(row.kind === "run" ? runWords(row) : personWords(row)) }));
}

function runWords({ what, who, subject, subjectId }: Row): { text: string; path: string } {
	const title = isFlowJob(what) ? flowJobs[what].title : what;
	return { text: `${title} of ${who} had trouble${subject ? `: ${subject}` : "."}`, path: `runs/${subjectId}` };
}

function personWords({ what, who, subject, subjectId }: Row): { text: string; path: string } {
	const [noun = "", verb = ""] = what.split(".");
	const words = verb.replaceAll("-", " ");
	return {
		text: `${who || "Somebody"}: ${noun} ${words}${subject ? ` (${subject})` : ""}`,
		path: paths[noun]?.(subjectId) ?? "",
	};
}

const paths: Record<string, (id: string) => string> = {
	order: (id) => `orders/${id}`,
	connection: (id) => `connections/${id}`,
	run: (id) => `runs/${id}`,
	merchant: () => "merchants",
	credential: () => "settings",
};
