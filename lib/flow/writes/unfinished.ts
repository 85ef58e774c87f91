/** Writes that an earlier run left behind: cut off with its process, or waiting for another try. */
import type { Ended } from "@/lib/jobs/job";
import { lookAfterCrash } from "../run/retry";
import type { Commit, FlowWork } from "../work";

type Table = "Confirmation" | "WarehouseCancellation" | "ReceiptUpload";

/** This run is the only one of its flow: what says `sending` now was cut off with its process, and is looked for. */
export async function recoverLost(tx: Commit, work: FlowWork, table: Table): Promise<void> {
	await tx.sql(
		`update "${table}" set "state" = 'unknown', "nextTryAt" = $3
		 where "accountId" = $1 and "connectionId" = $2 and "state" = 'sending'`,
		[work.scope.accountId, work.connection.id, lookAfterCrash(work.now())],
	);
}

/** What waits brings the flow back by itself; `what` names it in the plural. */
export async function nextDue(
	tx: Commit,
	work: FlowWork,
	{ table, what }: { table: Table; what: string },
): Promise<Ended> {
	const [row] = await tx.sql<{ at: Date | null }>(
		`select min("nextTryAt") as "at" from "${table}" where "accountId" = $1 and "connectionId" = $2 and "nextTryAt" is not null`,
		[work.scope.accountId, work.connection.id],
	);
	return row?.at ? { again: row.at, because: `${what} wait for another try` } : { done: true };
}
