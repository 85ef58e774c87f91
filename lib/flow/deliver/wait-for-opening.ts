import { destinationOptions } from "@/lib/canonical/connection-options";
import { waitsForOpening } from "../prepare/working-hours";
import type { Commit, FlowWork } from "../work";

/** When the warehouse next opens; null while it works, or where nothing waits for its hours. */
export function closedUntil(work: FlowWork): Date | null {
	return waitsForOpening(work.now(), destinationOptions.parse(work.connection.options));
}

/**
 * Outside the warehouse's hours what is due waits for the next opening: what rules sent here, and everything where this
 * is the merchant's only warehouse. What a person sent now does not wait, nor what may be there already.
 */
export async function waitForOpening(tx: Commit, work: FlowWork, until: Date): Promise<void> {
	const { accountId, merchantId } = work.scope;
	await tx.sql(
		`update "Order" o set "waitsUntil" = $5, "dueAt" = $5, "waitsForOpening" = true
		 where o."accountId" = $1 and o."merchantId" = $2 and o."dueAt" <= $4 and o."status" = 'new' and o."heldAt" is null
		   and not o."sendingCanceled" and o."hurriedAt" is null
		   and (o."routedTo" = $3 or (o."routedTo" is null and not exists (select 1 from "Connection" c
		     where c."accountId" = $1 and c."merchantId" = $2 and c."side" = 'destination' and c."archivedAt" is null and c."id" <> $3)))
		   and not exists (select 1 from "Delivery" d where d."accountId" = $1 and d."orderId" = o."id"
		     and d."state" in ('sending', 'unknown', 'accepted'))`,
		[accountId, merchantId, work.connection.id, work.now(), until],
	);
}
