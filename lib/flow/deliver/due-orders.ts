/** Which orders are to be sent here and now, and what was sent of them before. */
import type { Commit, FlowWork } from "../work";
import type { Asked } from "./allocate";
import type { Decisions, JustDecided } from "./decide-orders";
import type { DraftRow } from "./draft";
import { leftToOthers } from "./wait-for-opening";

export interface DueRow extends DraftRow {
	status: string;
	/** Some or all of it waited for stock. */
	backordered: boolean;
	asked: Asked;
	/** Rules decided on it in this very claim: what they read and said. */
	just: JustDecided | undefined;
	/** Of this warehouse, by their part. */
	deliveries: DueDelivery[];
}
export interface DueDelivery {
	id: string;
	orderId: string;
	part: number;
	key: string;
	state: string;
	document: unknown;
	attempts: number;
	firstTriedAt: Date | null;
	cancelState: string;
}

/**
 * SQL over "Order": there is something to send, and this connection (`$3`) may send it. What one warehouse has, or may
 * have, no other gets, nor what rules sent elsewhere. An order that is at the warehouse is due when a further part of it is.
 */
export const mayGo = `"status" in ('new', 'at_wms') and not "sendingCanceled" and "heldAt" is null and not exists (
  select 1 from "Delivery" x where x."accountId" = "Order"."accountId" and x."orderId" = "Order"."id"
    and x."connectionId" <> $3 and x."state" in ('sending', 'unknown', 'accepted'))
  and ("routedTo" is null or "routedTo" = $3)`;

/**
 * Locks up to `limit` orders, those that are due longest first. Where there are rules, what they did not decide on waits
 * for them; `closed`: what any warehouse may take is left to one that is open. What was sent of the orders is read once they are locked.
 */
export async function lockDue(
	tx: Commit,
	work: FlowWork,
	{ limit, decisions: { hasRules, goingOn }, closed }: { limit: number; decisions: Decisions; closed: boolean },
): Promise<DueRow[]> {
	const { accountId, merchantId } = work.scope;
	const locked = await tx.sql<{ id: string }>(
		`select "id" from "Order" where "accountId" = $1 and "merchantId" = $2 and "dueAt" <= $4 and ${mayGo}
		   and ("ruledAt" is not null or "status" = 'at_wms' or not $6::boolean or "id" = any($7))
		   and not ($8::boolean and ${leftToOthers})
		 order by "dueAt", "id" limit $5 for update skip locked`,
		[accountId, merchantId, work.connection.id, work.now(), limit, hasRules, [...goingOn.keys()], closed],
	);
	if (locked.length === 0) return [];
	const ids = locked.map(({ id }) => id);
	const orders = await tx.sql<Omit<DueRow, "deliveries" | "just">>(
		`select o."id", o."number", o."status", case when j."id" is null then o."document" end as "document", o."connectionId", c."options", o."backorderedAt" is not null as "backordered",
		   o."addressKeptAt" is not null as "addressKept", o."backorderAsked" as "asked",
		   case when j."id" is null then (select r."result" from "OrderRuling" r where r."accountId" = $1 and r."orderId" = o."id") end as "ruling",
		   (select json_agg(json_build_object('id', l."id", 'sourceLineId', l."sourceLineId", 'sku', l."sku", 'filtered', l."filtered", 'leftOut', l."leftOut"))
		    from "OrderLine" l where l."accountId" = $1 and l."orderId" = o."id") as "lines"
		 from "Order" o join "Connection" c on c."accountId" = $1 and c."id" = o."connectionId"
		 left join unnest($3::text[]) as j("id") on j."id" = o."id"
		 where o."accountId" = $1 and o."id" = any($2) order by o."id"`,
		[accountId, ids, [...goingOn.keys()]],
	);
	const deliveries = await tx.sql<DueDelivery>(
		`select "id", "orderId", "part", "key", "state", "document", "attempts", "firstTriedAt", "cancelState" from "Delivery"
		 where "accountId" = $1 and "orderId" = any($2) and "connectionId" = $3 order by "orderId", "part"`,
		[accountId, ids, work.connection.id],
	);
	const byOrder = new Map<string, DueDelivery[]>();
	for (const delivery of deliveries)
		byOrder.set(delivery.orderId, [...(byOrder.get(delivery.orderId) ?? []), delivery]);
	const optionsOf = new Map(orders.map(({ connectionId, options }) => [connectionId, options]));
	return orders.map((order) => {
		const just = goingOn.get(order.id);
		return {
			...order,
			...{ just, document: just ? just.document : order.document },
			// The same object for each order of a cart, so that it is parsed once.
			options: optionsOf.get(order.connectionId),
			deliveries: byOrder.get(order.id) ?? [],
		};
	});
}
