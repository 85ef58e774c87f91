import { orderOf } from "@/lib/canonical/order";
import { insertRows } from "@/lib/db/bulk";
import { lineColumns, lineRows } from "../intake/order-rows";
import type { Commit, FlowWork } from "../work";

/** A change that waited for a warehouse which then did not take the order at all: it simply replaces the order. */
export async function takeOver(tx: Commit, work: FlowWork): Promise<void> {
	const orders = await tx.sql<{ id: string; sourceDocument: unknown }>(
		`select o."id", o."sourceDocument" from "Order" o
		 where o."accountId" = $1 and o."merchantId" = $2 and o."changeState" in ('wanted', 'sending') and o."status" in ('new', 'error')
		   and not exists (select 1 from "Delivery" d where d."accountId" = $1 and d."orderId" = o."id"
		     and d."state" in ('sending', 'unknown', 'accepted'))
		 order by o."id" limit 100 for update of o skip locked`,
		[work.scope.accountId, work.scope.merchantId],
	);
	for (const { id, sourceDocument } of orders) {
		const one = [work.scope.accountId, id];
		const order = orderOf(sourceDocument);
		await tx.sql(
			`update "Order" set "document" = "sourceDocument", "sourceDocument" = null, "changeState" = null, "shipToName" = $3,
			   "shipToCountry" = $4, "lineCount" = $5, "unitCount" = $6, "status" = 'new', "problem" = null, "problemCode" = null,
			   "dueAt" = case when "sendingCanceled" or "heldAt" is not null then null else $7::timestamptz end, "updatedAt" = $7::timestamptz
			 where "accountId" = $1 and "id" = $2`,
			[
				...[...one, order.shipTo.name || order.shipTo.company, order.shipTo.country, order.lines.length],
				...[order.lines.reduce((units, line) => units + line.quantity, 0), work.now()],
			],
		);
		await tx.sql(`delete from "OrderLine" where "accountId" = $1 and "orderId" = $2`, one);
		await insertRows(tx, "OrderLine", lineColumns, lineRows(work.scope.accountId, id, order));
	}
}
