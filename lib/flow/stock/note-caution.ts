/** Warns while a source says that it should be told less often, and it is told more often than once a day. */
import type { Fields, InventoryRules } from "@/lib/connectors/kit/types";
import { causeHolds } from "../run/alert-causes";
import { raiseAlerts } from "../run/alerts";
import { commit, type FlowWork } from "../work";

const word = "held-stock";

export async function noteCaution(work: FlowWork, rules: InventoryRules<Fields>): Promise<void> {
	if (!rules.caution) return;
	const { id, name, context } = work.connection;
	const cause = `held-stock:${id}`;
	const often = await commit(work, (tx) =>
		tx.sql(`select 1 from (select $1::text as "accountId", $2::text as "connectionId") a where ${causeHolds(word)}`, [
			work.scope.accountId,
			id,
		]),
	);
	const problem = often.length > 0 ? await rules.caution(context) : null;
	await commit(work, async (tx) => {
		if (problem !== null) {
			const facts = { connection: name, problem };
			await raiseAlerts(tx, work.scope, [{ cause, code: word, facts, connectionId: id }], work.now(), "stated");
			return;
		}
		await tx.sql(
			`update "Alert" set "resolvedAt" = $3 where "accountId" = $1 and "cause" = $2 and "resolvedAt" is null`,
			[work.scope.accountId, cause, work.now()],
		);
	});
}
