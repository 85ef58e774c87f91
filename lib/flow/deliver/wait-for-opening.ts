import { destinationOptions } from "@/lib/canonical/connection-options";
import { waitsForOpening } from "../prepare/working-hours";
import type { Commit, FlowWork } from "../work";

/** SQL over "Order": a warehouse that is closed leaves it to any other. What a person sent now is left to none. */
export const leftToOthers = `"routedTo" is null and "status" = 'new' and "hurriedAt" is null and not exists (
  select 1 from "Delivery" x where x."accountId" = "Order"."accountId" and x."orderId" = "Order"."id"
    and x."state" in ('sending', 'unknown', 'accepted'))`;

/** Until when this warehouse sends nothing that may wait; null while it is open. */
export function closedUntil(work: FlowWork): Date | null {
	return waitsForOpening(work.now(), destinationOptions.parse(work.connection.options));
}

/**
 * Outside the warehouse's hours what is due waits for the next opening: what rules sent here for that of this one, and
 * what any warehouse may take for the first that opens, unless one of them is open now. What a person sent now does not
 * wait, nor what may be there already. `until`: when this one opens.
 */
export async function waitForOpening(tx: Commit, work: FlowWork, until: Date): Promise<void> {
	const { accountId, merchantId } = work.scope;
	await tx.sql(
		`update "Order" set "waitsUntil" = opens."at", "dueAt" = opens."at", "waitsForOpening" = true
		 from (values ($3, $5::timestamptz), (null, $6)) as opens("warehouseId", "at")
		 where "accountId" = $1 and "merchantId" = $2 and "dueAt" <= $4 and "status" = 'new' and "heldAt" is null
		   and not "sendingCanceled" and "hurriedAt" is null
		   and "routedTo" is not distinct from opens."warehouseId" and opens."at" is not null
		   and not exists (select 1 from "Delivery" d where d."accountId" = $1 and d."orderId" = "Order"."id"
		     and d."state" in ('sending', 'unknown', 'accepted'))`,
		[accountId, merchantId, work.connection.id, work.now(), until, await firstOpening(tx, work, until)],
	);
}

/** When the first of the merchant's warehouses opens; null where one is open now. One that sends nothing is none. */
async function firstOpening(tx: Commit, work: FlowWork, own: Date): Promise<Date | null> {
	const others = await tx.sql<{ options: unknown }>(
		`select c."options" from "Connection" c join "Flow" f on f."accountId" = c."accountId" and f."connectionId" = c."id"
		 where c."accountId" = $1 and c."merchantId" = $2 and c."side" = 'destination' and c."archivedAt" is null and c."id" <> $3
		   and c."state" = 'active' and f."job" = 'orders/deliver' and f."mode" <> 'off' and f."pausedAt" is null`,
		[work.scope.accountId, work.scope.merchantId, work.connection.id],
	);
	let first = own;
	for (const { options } of others) {
		const opens = waitsForOpening(work.now(), destinationOptions.parse(options));
		if (!opens) return null;
		if (opens < first) first = opens;
	}
	return first;
}
