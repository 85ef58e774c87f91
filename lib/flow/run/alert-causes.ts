/**
 * Every kind of cause that an alert may have, by the word its key begins with: which orders wait on it, and when it is
 * gone. One table for the orders an alert lists and for closing it, so that the two never disagree.
 */
import { costlyKinds } from "@/lib/canonical/difference";
import { expectingStates } from "@/lib/canonical/purchase-order";
import type { Transaction } from "@/lib/db/transact";

interface CauseKind {
	/** SQL over the alert `a` and an order `o` of its account: does the order wait on it? Null where no order does. */
	orders: string | null;
	/** SQL over `a`: is the cause still there? Absent: as long as an order waits. */
	holds?: string;
	/** The watchdog itself closes what it opened: only it knows what it saw. */
	watched?: true;
	/** What a person can do for all the orders at once. */
	retry?: "resend" | "resend-tracking";
}

const second = `split_part(a."cause", ':', 2)`;
const ofMerchant = `o."merchantId" = a."merchantId"`;
const waitsForWarehouse = `o."status" = 'new' and o."heldAt" is null and not o."sendingCanceled"`;
const untold = `exists (select 1 from "Confirmation" c where c."accountId" = o."accountId" and c."orderId" = o."id"
  and c."connectionId" = a."connectionId" and c."state" not in ('accepted', 'canceled')`;

const expecting = expectingStates.map((state) => `'${state}'`).join(", ");

/** What at least two reconciliations in a row have seen, and what costs money while it lasts. */
const lastingDifference = `r."accountId" = a."accountId" and r."connectionId" = a."connectionId" and r."goneAt" is null
  and r."rounds" >= 2 and r."kind" in (${costlyKinds.map((kind) => `'${kind}'`).join(", ")})`;

export const causeKinds = {
	reconnect: {
		orders: `${ofMerchant} and ((${waitsForWarehouse} and exists (select 1 from "Connection" d
		    where d."accountId" = a."accountId" and d."id" = a."connectionId" and d."side" = 'destination'))
		  or (o."status" = 'shipped' and ${untold})))`,
		holds: `exists (select 1 from "Connection" c where c."accountId" = a."accountId" and c."id" = a."connectionId"
		  and c."state" = 'needs_reconnect' and c."archivedAt" is null)`,
	},
	order: {
		orders: `${ofMerchant} and o."status" = 'error' and not o."sendingCanceled"
		  and o."problem" = a."facts" ->> 'problem' and o."problemCode" = a."code"`,
		retry: "resend",
	},
	"ship-method": {
		orders: `o."connectionId" = a."connectionId" and o."status" = 'error' and o."problemCode" = 'unmapped-ship-method'
		  and not o."sendingCanceled" and lower(btrim(coalesce(nullif(o."document" -> 'shipping' ->> 'code', ''),
		    o."document" -> 'shipping' ->> 'name', ''))) = lower(a."facts" ->> 'code')`,
	},
	tracking: {
		orders: `${ofMerchant} and o."status" in ('at_wms', 'shipped') and ${untold} and c."problem" = a."facts" ->> 'problem')`,
		holds: `exists (select 1 from "Confirmation" c where c."accountId" = a."accountId" and c."connectionId" = a."connectionId"
		  and c."state" not in ('accepted', 'canceled') and c."problem" = a."facts" ->> 'problem')`,
		retry: "resend-tracking",
	},
	"cancel-refused": {
		orders: `o."id" = ${second} and o."status" <> 'canceled' and exists (select 1 from "Delivery" d
		  where d."accountId" = o."accountId" and d."orderId" = o."id" and d."cancelState" = 'refused')`,
	},
	"changed-after-delivery": {
		orders: `o."id" = ${second} and o."changeState" = 'open' and o."status" <> 'canceled'`,
	},
	"warehouse-canceled": {
		orders: `o."id" = ${second} and exists (select 1 from "WarehouseCancellation" w
		  where w."accountId" = o."accountId" and w."orderId" = o."id" and w."state" = 'refused')`,
	},
	"over-shipped": {
		orders: `o."id" = ${second} and (exists (select 1 from "OrderLine" l
		    where l."accountId" = o."accountId" and l."orderId" = o."id" and l."shippedQuantity" > l."quantity")
		  or exists (select 1 from "Shipment" s join "ShipmentLine" l on l."accountId" = s."accountId" and l."shipmentId" = s."id"
		    where s."accountId" = o."accountId" and s."orderId" = o."id" and l."orderLineId" is null))`,
	},
	late: {
		orders: `${ofMerchant} and o."status" = split_part(a."cause", ':', 3) and o."heldAt" is null and not o."sendingCanceled"
		  and coalesce(o."waitsUntil" < now(), true) and case o."status" when 'at_wms' then o."deliveredAt" when 'shipped' then o."shippedAt" else o."createdAt" end
		    < now() - make_interval(mins => (a."facts" ->> 'restMinutes')::int)`,
		watched: true,
	},
	"no-destination": {
		orders: `${ofMerchant} and ${waitsForWarehouse}`,
		holds: `not exists (select 1 from "Connection" c where c."accountId" = a."accountId" and c."merchantId" = a."merchantId"
		    and c."side" = 'destination' and c."archivedAt" is null)
		  and exists (select 1 from "Order" o where o."accountId" = a."accountId" and ${ofMerchant} and ${waitsForWarehouse})`,
	},
	reconcile: {
		orders: `exists (select 1 from "ReconciliationDifference" r where ${lastingDifference} and r."orderId" = o."id")`,
		holds: `exists (select 1 from "ReconciliationDifference" r where ${lastingDifference})`,
	},
	purchase: {
		orders: null,
		holds: `exists (select 1 from "PurchaseOrder" p where p."accountId" = a."accountId" and p."merchantId" = a."merchantId"
		  and p."problem" = a."facts" ->> 'problem' and p."problemCode" = a."code" and p."dueAt" is null and not p."sendingCanceled"
		  and p."state" in (${expecting}))`,
	},
	receipt: {
		orders: null,
		holds: `exists (select 1 from "ReceiptUpload" u where u."accountId" = a."accountId" and u."connectionId" = a."connectionId"
		  and u."state" not in ('accepted', 'canceled') and u."problem" = a."facts" ->> 'problem')`,
	},
	"purchase-changed": {
		orders: null,
		holds: `exists (select 1 from "PurchaseOrder" p where p."accountId" = a."accountId" and p."id" = ${second} and p."changeState" = 'open')`,
	},
	"over-received": {
		orders: null,
		holds: `exists (select 1 from "PurchaseOrder" p where p."accountId" = a."accountId" and p."id" = ${second} and p."overState" = 'open')`,
	},
	oversold: {
		orders: null,
		holds: `exists (select 1 from "InventoryFigure" f join "Connection" c on c."accountId" = f."accountId" and c."id" = f."connectionId"
		  where f."accountId" = a."accountId" and f."merchantId" = a."merchantId" and f."sku" = a."facts" ->> 'sku'
		  and c."archivedAt" is null and f."terms" @> '[{"kind": "floor"}]')`,
	},
	"held-stock": {
		orders: null,
		holds: `exists (select 1 from "Flow" f join "Connection" c on c."accountId" = f."accountId" and c."id" = f."connectionId"
		  where f."accountId" = a."accountId" and f."connectionId" = a."connectionId" and f."job" = 'inventory/upload'
		  and c."archivedAt" is null and (f."mode" = 'automatic' or (f."mode" = 'every' and f."everyMinutes" < 1440)))`,
	},
	webhook: {
		orders: null,
		holds: `exists (select 1 from "WebhookEndpoint" w where w."accountId" = a."accountId" and w."id" = ${second} and w."disabledAt" is not null)`,
	},
} as const satisfies Record<string, CauseKind>;
export type CauseWord = keyof typeof causeKinds;

/** The kind of a cause's key; undefined for one this table does not know. */
export function kindOf(cause: string): CauseKind | undefined {
	return (causeKinds as Record<string, CauseKind>)[cause.split(":")[0] ?? ""];
}

/** SQL over the alert `a`: is a cause of this kind still there? */
export function causeHolds(word: CauseWord): string {
	const { orders, holds }: CauseKind = causeKinds[word];
	return holds ?? `exists (select 1 from "Order" o where o."accountId" = a."accountId" and ${orders})`;
}

/** Closes every alert whose cause is gone, in the accounts that the transaction sees. Returns how many. */
export async function resolveGoneCauses(tx: Transaction, now: Date): Promise<number> {
	let closed = 0;
	for (const [word, kind] of Object.entries<CauseKind>(causeKinds)) {
		if (kind.watched) continue;
		const rows = await tx.sql(
			`update "Alert" a set "resolvedAt" = $1
			 where a."resolvedAt" is null and a."cause" like '${word}:%' and not (${causeHolds(word as CauseWord)}) returning 1`,
			[now],
		);
		closed += rows.length;
	}
	return closed;
}
