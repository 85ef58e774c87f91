import type { z } from "zod";
import type { backorder } from "@/lib/api/contract/backorders";
import { expectingStates } from "@/lib/canonical/purchase-order";
import type { OrderStatus } from "@/lib/canonical/status";
import type { Scope } from "@/lib/db/scope";
import { transact } from "@/lib/db/transact";
import { shortOf, type Wait, waitWords } from "@/lib/flow/deliver/allocate";
import { Conditions, cutPage, type Page, type PageInput } from "../page";

type Backorder = z.input<typeof backorder>;

interface Row {
	id: string;
	number: string;
	status: OrderStatus;
	heldAt: Date | null;
	sendingCanceled: boolean;
	merchantId: string;
	merchantName: string;
	createdAt: Date;
	backorderedAt: Date;
	lines: Backorder["lines"] | null;
	waits: Wait[] | null;
	incoming: { sku: string; units: number; expectedAt: string | null }[] | null;
}

/** Orders that wait for stock, the one that is next in line first. */
export async function listBackorders(
	scope: Scope,
	filters: PageInput & { merchantId?: string | undefined },
): Promise<Page<Backorder>> {
	const conditions = new Conditions();
	conditions.add(`o."accountId" = ?`, scope.accountId);
	conditions.plain(`o."backorderedAt" is not null and o."status" in ('new', 'at_wms')`);
	conditions.add(`o."merchantId" = ?`, scope.merchantId ?? filters.merchantId);
	conditions.add(`o."id" > ?`, filters.after);
	const states = expectingStates.map((state) => `'${state}'`).join(", ");
	const rows = await transact(scope, (tx) =>
		tx.sql<Row>(
			`with page as materialized (
			   select o.* from "Order" o where ${conditions.where} order by o."id" limit ${filters.limit + 1})
			 select o."id", o."number", o."status", o."heldAt", o."sendingCanceled", o."merchantId", m."name" as "merchantName", o."createdAt",
			   o."backorderedAt",
			   (select json_agg(json_build_object('sku', l."sku", 'ordered', l."quantity", 'sent', l."quantity" - l."waitingQuantity",
			      'waiting', l."waitingQuantity") order by l."position") from "OrderLine" l
			    where l."accountId" = $1 and l."orderId" = o."id" and l."waitingQuantity" > 0) as "lines",
			   (select json_agg(to_json(b) order by b."sku") from "BackorderItem" b where b."accountId" = $1 and b."orderId" = o."id") as "waits",
			   (select json_agg(i) from (
			      select p."sku", sum(p."expectedQuantity" - p."receivedQuantity")::int as "units", min(coalesce(p."expectedAt", h."expectedAt")) as "expectedAt"
			      from "PurchaseOrderLine" p join "PurchaseOrder" h on h."accountId" = $1 and h."id" = p."purchaseOrderId"
			      where p."accountId" = $1 and p."merchantId" = o."merchantId" and h."state" in (${states}) and p."expectedQuantity" > p."receivedQuantity"
			        and p."sku" in (select b."sku" from "BackorderItem" b where b."accountId" = $1 and b."orderId" = o."id")
			      group by p."sku" order by p."sku") i) as "incoming"
			 from page o join "Merchant" m on m."accountId" = $1 and m."id" = o."merchantId" order by o."id"`,
			conditions.values,
		),
	);
	return cutPage(rows, filters.limit, { key: (row) => row.id, item: shown });
}

function shown({ merchantId, merchantName, heldAt, waits, incoming, lines, ...row }: Row): Backorder {
	return {
		...row,
		held: heldAt !== null,
		merchant: { id: merchantId, name: merchantName },
		lines: lines ?? [],
		waitsFor: shortOf(waits ?? []).map(waitWords),
		incoming: (incoming ?? []).map(({ expectedAt, ...one }) => ({
			...one,
			expectedAt: expectedAt === null ? null : new Date(expectedAt),
		})),
	};
}
