import { ruleList, ruleTrace } from "@/lib/canonical/rule";
import type { Transaction } from "@/lib/db/transact";
import { rulingWords } from "@/lib/flow/prepare/rules/apply-ruling";
import { explainTrace } from "@/lib/flow/prepare/rules/explain";
import type { OrderDetail } from "@/lib/services/orders/read-order";

/** What rules decided about an order, explained from the version that decided and the facts it looked at. */
export async function readRuling(
	tx: Transaction,
	accountId: string,
	order: { id: string; merchantId: string; erasedAt: Date | null },
): Promise<OrderDetail["rules"]> {
	const [row] = await tx.sql<{
		number: number;
		rules: unknown;
		decidedAt: Date;
		facts: unknown;
		outcomes: unknown;
		result: unknown;
	}>(
		`select v."number", v."rules", r."decidedAt", r."facts", r."outcomes", r."result" from "OrderRuling" r
		 join "RuleVersion" v on v."accountId" = r."accountId" and v."id" = r."versionId"
		 where r."accountId" = $1 and r."orderId" = $2`,
		[accountId, order.id],
	);
	if (!row) return null;
	const places = await tx.sql<{ id: string; name: string }>(
		`select "id", "name" from "Connection" where "accountId" = $1 and "merchantId" = $2`,
		[accountId, order.merchantId],
	);
	const names = new Map(places.map(({ id, name }) => [id, name]));
	const nameOf = (id: string) => names.get(id) ?? "a connection that is gone";
	const trace = ruleTrace.parse({ facts: row.facts, outcomes: row.outcomes, result: row.result });
	return {
		version: row.number,
		at: row.decidedAt,
		did: rulingWords(trace.result, nameOf),
		trace: order.erasedAt ? null : explainTrace(ruleList.parse(row.rules), trace, nameOf),
	};
}
