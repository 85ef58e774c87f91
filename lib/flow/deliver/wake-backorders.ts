/**
 * Which orders that wait for stock are looked at again. Nobody looks at them every minute: whoever changes what there is
 * (a count, a cancellation, a hold, a setting) calls this once, and one statement makes due what could go now. It asks
 * the counts only, which are never less than what is free; the claim that follows decides by what was sent since. Of
 * orders that want the same item no more are woken than the count could serve, the oldest first, so that one unit that
 * comes in wakes one order of two thousand. After a count only those are woken whose item has more now than was free
 * when they were last looked at.
 */
import type { Transaction } from "@/lib/db/transact";
import { flowJob } from "@/lib/jobs/catalogue";
import { enqueue } from "@/lib/jobs/job";
import type { FlowWork } from "../work";
import { isCalled } from "./shares/refresh-shares";

interface Asker {
	accountId: string;
	merchantId: string;
}

/** Returns how many orders became due; whoever calls starts Order Delivery then. */
export async function wakeBackorders(
	tx: Transaction,
	{ accountId, merchantId }: Asker,
	which: { connectionId?: string | undefined; risen?: boolean } = {},
): Promise<number> {
	const woken = await tx.sql(
		`with waiting as materialized (
		   select o."id", b."connectionId", b."sku", sum(b."units") as "units", max(b."available") as "available", max(b."older") as "older"
		   from "Order" o join "BackorderItem" b on b."accountId" = $1 and b."orderId" = o."id"
		   where o."accountId" = $1 and o."merchantId" = $2 and ${waitsFor("b")} and ($3::text is null or b."connectionId" = $3)
		   group by 1, 2, 3),
		 held as (
		   select w.*, coalesce(n."units", 0) as "counted", coalesce(c."options" ->> 'backorders', 'warehouse') = 'warehouse' as "unchecked",
		     coalesce((c."options" ->> 'allowPartial')::boolean, false) as "partial"
		   from waiting w join "Connection" c on c."accountId" = $1 and c."id" = w."connectionId"
		   cross join lateral (select sum(l."available") as "units" from "InventoryLevel" l
		     left join "Location" p on p."accountId" = $1 and p."connectionId" = l."connectionId" and p."externalId" = l."location"
		     where l."accountId" = $1 and l."merchantId" = $2 and l."sku" = w."sku" and l."connectionId" = w."connectionId"
		       and p."excludedAt" is null) n),
		 judged as (
		   select h.*, bool_or("unchecked") over mine
		     or (case when bool_or("partial") over mine then bool_or("counted" > 0 and "units" > "available" - "older") over mine
		           else bool_and("counted" >= "units") over mine end
		       and (not $4::boolean or bool_or("counted" > "available") over mine)) as "could"
		   from held h window mine as (partition by "id", "connectionId")),
		 queue as (
		   select "id", "connectionId", "unchecked", "counted",
		     sum("units") over (partition by "connectionId", "sku" order by "id") - "units" as "before"
		   from judged where "could"),
		 goes as (select "id", "connectionId" from queue group by 1, 2 having bool_or("unchecked") or bool_and("before" < greatest("counted", 1))),
		 locked as materialized (
		   select o."id", goes."connectionId", o."createdAt" from "Order" o join goes on o."id" = goes."id"
		   where o."accountId" = $1 and ${waitsFor("goes")} order by o."id" for update of o),
		 shares as (
		   update "OrderShare" s set "dueAt" = locked."createdAt" from locked
		   where s."accountId" = $1 and s."orderId" = locked."id" and s."connectionId" = locked."connectionId")
		 update "Order" o set "dueAt" = case when ${isCalled} then o."dueAt" else least(o."dueAt", o."createdAt") end,
		   "sharedDueAt" = case when o."splits" is null or ${isCalled} then o."sharedDueAt" else least(o."dueAt", o."createdAt") end
		 from (select distinct "id" from locked) l where o."accountId" = $1 and o."id" = l."id" returning 1`,
		[accountId, merchantId, which.connectionId ?? null, which.risen ?? false],
	);
	return woken.length;
}

/**
 * SQL over an order `o`: it waits for stock and for nothing else, at the warehouse that `at` names. An earlier part
 * without an answer comes first. Of an order that is split, each share waits for itself.
 */
const waitsFor = (at: string) => `o."backorderedAt" is not null and o."heldAt" is null and not o."sendingCanceled"
  and case when o."splits" is null then o."dueAt" is null and o."status" in ('new', 'at_wms')
    else o."status" in ('new', 'at_wms', 'error') and exists (select 1 from "OrderShare" w where w."accountId" = $1
      and w."orderId" = o."id" and w."connectionId" = ${at}."connectionId" and w."dueAt" is null) end`;

/** Goods that orders wait for have arrived at this warehouse: it is asked for its stock, which alone says what is free. */
export async function askForStock(tx: Transaction, work: FlowWork, skus: string[]): Promise<void> {
	const { accountId, merchantId } = work.scope;
	const flows = await tx.sql<{ id: string }>(
		`select f."id" from "Flow" f where f."accountId" = $1 and f."connectionId" = $2 and f."job" = 'inventory/fetch'
		   and f."mode" <> 'off' and f."pausedAt" is null and exists (
		     select 1 from "BackorderItem" b join "Order" o on o."accountId" = $1 and o."id" = b."orderId"
		     where b."accountId" = $1 and b."connectionId" = $2 and b."sku" = any($3) and ${waitsFor("b")})`,
		[accountId, work.connection.id, skus],
	);
	for (const { id } of flows)
		await enqueue(
			tx,
			flowJob("inventory/fetch"),
			{ accountId, merchantId, flowId: id, trigger: "automatic" },
			{ at: work.now() },
		);
}
