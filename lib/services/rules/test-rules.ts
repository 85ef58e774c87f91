/** Rules tried on the merchant's orders beside those that are published. Changes nothing. */
import type { z } from "zod";
import type { rulesContract } from "@/lib/api/contract/rules";
import { orderOf } from "@/lib/canonical/order";
import { noRuling, type Ruling } from "@/lib/canonical/rule";
import type { Scope } from "@/lib/db/scope";
import { type Transaction, transact } from "@/lib/db/transact";
import { rulingWords } from "@/lib/flow/prepare/rules/apply-ruling";
import { evaluateRules } from "@/lib/flow/prepare/rules/evaluate";
import { explainTrace } from "@/lib/flow/prepare/rules/explain";
import { factsOf } from "@/lib/flow/prepare/rules/facts";
import { type AskedOrder, loadStock } from "@/lib/flow/prepare/rules/load";
import { checkRules } from "./check-rules";
import { readPlaces } from "./places";
import { readDraft } from "./read-rules";

type Tested = z.input<NonNullable<(typeof rulesContract.test)["~orpc"]["outputSchema"]>>;
interface Asked {
	rules?: readonly unknown[] | undefined;
	last: number;
	after: number;
	limit: number;
}
type TestedOrder = AskedOrder & { number: string; placedAt: Date };

/** What the draft, or rules that are given, would have made of the last orders. Stock is as it is now. */
export function testRules(scope: Scope, merchantId: string, asked: Asked): Promise<Tested> {
	return transact(scope, async (tx) => {
		const places = await readPlaces(tx, scope, merchantId);
		const draft = await readDraft(tx, scope, merchantId);
		const rules = checkRules(asked.rules ?? draft.rules, places);
		const orders = await readOrders(tx, scope, merchantId, { most: asked.last, where: "true" });
		const stockOf = await loadStock(
			tx,
			{ accountId: scope.accountId, merchantId },
			[...rules, ...draft.publishedRules],
			orders,
		);
		const changed = orders.flatMap((one) => {
			const facts = factsOf(one.order, one.connectionId, stockOf(one.id));
			const before = evaluateRules(draft.publishedRules, facts).result;
			const trace = evaluateRules(rules, facts);
			return withoutNames(before) === withoutNames(trace.result) ? [] : [{ one, before, trace }];
		});
		const shown = changed.slice(asked.after, asked.after + asked.limit);
		const end = asked.after + shown.length;
		return {
			tested: orders.length,
			changed: changed.length,
			orders: shown.map(({ one, before, trace }) => ({
				...{ id: one.id, number: one.number, placedAt: one.placedAt },
				before: rulingWords(before, places.nameOf),
				after: rulingWords(trace.result, places.nameOf),
				trace: explainTrace(rules, trace, places.nameOf),
			})),
			next: end < changed.length ? end : null,
		};
	});
}

/** A rule that is only called otherwise changes no order. */
function withoutNames(result: Ruling): string {
	return JSON.stringify(result, (key, value) => (key === "by" ? undefined : value));
}

const mostWaiting = 2000;
const waits = `o."status" in ('new', 'error') and not exists (select 1 from "Delivery" d where d."accountId" = o."accountId"
  and d."orderId" = o."id" and d."state" in ('sending', 'unknown', 'accepted'))`;

/** What publishing the draft would mean for the orders that wait; of the first 2,000 of them. */
export function countWaiting(
	scope: Scope,
	merchantId: string,
): Promise<{ waiting: number; affected: number; decided: number }> {
	return transact(scope, async (tx) => {
		await readPlaces(tx, scope, merchantId);
		const { rules } = await readDraft(tx, scope, merchantId);
		const orders = await readOrders(tx, scope, merchantId, {
			most: mostWaiting,
			where: `o."ruledAt" is null and ${waits}`,
		});
		const stockOf = await loadStock(tx, { accountId: scope.accountId, merchantId }, rules, orders);
		const nothing = JSON.stringify(noRuling);
		const affected = orders.filter(
			({ id, order, connectionId }) =>
				JSON.stringify(evaluateRules(rules, factsOf(order, connectionId, stockOf(id))).result) !== nothing,
		);
		const [row] = await tx.sql<{ decided: number }>(
			`select count(*)::int as "decided" from "Order" o where o."accountId" = $1 and o."merchantId" = $2 and o."ruledAt" is not null and ${waits}`,
			[scope.accountId, merchantId],
		);
		return { waiting: orders.length, affected: affected.length, decided: row?.decided ?? 0 };
	});
}

/** The newest first; an order whose shopper was forgotten says nothing any more. */
async function readOrders(
	tx: Transaction,
	scope: Scope,
	merchantId: string,
	{ most, where }: { most: number; where: string },
): Promise<TestedOrder[]> {
	const rows = await tx.sql<Omit<TestedOrder, "order"> & { document: unknown }>(
		`select o."id", o."number", o."placedAt", o."connectionId", o."document", c."options" from "Order" o
		 join "Connection" c on c."accountId" = o."accountId" and c."id" = o."connectionId"
		 where o."accountId" = $1 and o."merchantId" = $2 and o."erasedAt" is null and (${where}) order by o."id" desc limit $3`,
		[scope.accountId, merchantId, most],
	);
	return rows.map(({ document, ...row }) => ({ ...row, order: orderOf(document) }));
}
