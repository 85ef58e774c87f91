import type { Order } from "@/lib/canonical/order";
import type { Transaction } from "@/lib/db/transact";
import { keepOf } from "@/lib/flow/prepare/address/kept";

/** An order that is still here takes another state and goes out with it: at once, or when its hold window ends. */
export async function writeDocument(tx: Transaction, one: [string, string], order: Order): Promise<void> {
	await tx.sql(
		`update "Order" set "document" = $3, "shipToName" = $4, "shipToCountry" = $5, "lineCount" = $6, "unitCount" = $7,
		   "status" = 'new', "problem" = null, "problemCode" = null, "updatedAt" = now(), ${keepOf("$3::jsonb")},
		   "dueAt" = case when "heldAt" is null and not "sendingCanceled" then greatest(now(), "waitsUntil") end
		 where "accountId" = $1 and "id" = $2`,
		[
			...one,
			JSON.stringify(order),
			order.shipTo.name || order.shipTo.company,
			order.shipTo.country,
			order.lines.length,
			order.lines.reduce((units, line) => units + line.quantity, 0),
		],
	);
	await tx.sql(
		`update "Delivery" set "firstTriedAt" = null where "accountId" = $1 and "orderId" = $2 and "state" <> 'sending'`,
		one,
	);
}
