import type { Commit, FlowWork } from "../work";

/** The items that guided tests of a cart name: all that it is told of before it goes live. */
export async function skusInTest(tx: Commit, work: FlowWork): Promise<string[]> {
	const rows = await tx.sql<{ sku: string }>(
		`select distinct "steps" -> 'stock' ->> 'subject' as "sku" from "IntegrationTest"
		 where "accountId" = $1 and "sourceId" = $2 and "endedAt" is null and "steps" -> 'stock' ->> 'subject' <> ''`,
		[work.scope.accountId, work.connection.id],
	);
	return rows.map(({ sku }) => sku);
}
