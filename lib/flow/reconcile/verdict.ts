/** What a whole round means: differences it did not see are gone, and costly ones that last are an alert. */
import { costlyKinds, type DifferenceKind, differenceKinds } from "@/lib/canonical/difference";
import type { Transaction } from "@/lib/db/transact";
import { raiseAlerts } from "../run/alerts";
import type { FlowWork } from "../work";

export async function judgeRound(
	tx: Transaction,
	work: FlowWork,
	round: { id: string; compared: object },
): Promise<void> {
	const { accountId } = work.scope;
	const connectionId = work.connection.id;
	await tx.sql(
		`update "ReconciliationDifference" set "goneAt" = $3
		 where "accountId" = $1 and "connectionId" = $2 and "goneAt" is null and "lastRoundId" <> $4`,
		[accountId, connectionId, work.now(), round.id],
	);
	const kinds = await tx.sql<{ kind: DifferenceKind; count: number; lasting: number }>(
		`select "kind", count(*)::int as "count", count(*) filter (where "rounds" >= 2)::int as "lasting" from "ReconciliationDifference"
		 where "accountId" = $1 and "connectionId" = $2 and "goneAt" is null group by 1 order by 1`,
		[accountId, connectionId],
	);
	const counts = { compared: round.compared, kinds: Object.fromEntries(kinds.map(({ kind, count }) => [kind, count])) };
	await tx.sql(
		`update "Reconciliation" set "state" = 'done', "endedAt" = $3, "counts" = $4 where "accountId" = $1 and "id" = $2`,
		[accountId, round.id, work.now(), counts],
	);
	const lasting = kinds.filter(({ kind, lasting: number }) => costlyKinds.includes(kind) && number > 0);
	const cause = `reconcile:${connectionId}`;
	if (lasting.length === 0) {
		await tx.sql(
			`update "Alert" set "resolvedAt" = $3 where "accountId" = $1 and "cause" = $2 and "resolvedAt" is null`,
			[accountId, cause, work.now()],
		);
		return;
	}
	const count = lasting.reduce((sum, one) => sum + one.lasting, 0);
	const problem = lasting.map((one) => `${one.lasting} ${differenceKinds[one.kind].title.toLowerCase()}`).join(", ");
	const facts = { system: work.connection.name, subject: count === 1 ? "one order" : `${count} orders`, problem };
	const alert = { cause, code: "differences" as const, facts, connectionId, count };
	await raiseAlerts(tx, work.scope, [alert], work.now(), "stated");
}
