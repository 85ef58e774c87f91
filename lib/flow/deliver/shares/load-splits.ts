import type { Transaction } from "@/lib/db/transact";
import type { Asked } from "../allocate";
import type { Share, ShareDelivery } from "./share-rest";

export interface KeptShare extends Share {
	dueAt: Date | null;
	asked: Asked;
	problem: string | null;
	problemCode: string | null;
}

/** How an order is split: planned, or cut short, so that what has not left is never sent. */
export interface OrderSplit {
	state: "planned" | "cut";
	/** By their place. */
	shares: KeptShare[];
	/** Of all its warehouses. */
	deliveries: ShareDelivery[];
}

/** Of those of the orders that are split, which their reader has locked. What is not planned yet is not in it. */
export async function loadSplits(
	tx: Transaction,
	accountId: string,
	orderIds: string[],
): Promise<Map<string, OrderSplit>> {
	if (orderIds.length === 0) return new Map();
	const rows = await tx.sql<KeptRow>(
		`select s."orderId", o."splits" as "state", s."connectionId", s."place", s."units", s."dueAt", s."asked", s."problem", s."problemCode"
		 from "OrderShare" s join "Order" o on o."accountId" = $1 and o."id" = s."orderId"
		 where s."accountId" = $1 and s."orderId" = any($2) and o."splits" in ('planned', 'cut') order by s."orderId", s."place"`,
		[accountId, orderIds],
	);
	if (rows.length === 0) return new Map();
	const deliveries = await tx.sql<ShareDelivery & { orderId: string }>(
		`select d."orderId", d."connectionId", d."part", d."state", d."document", exists (select 1 from "WarehouseCancellation" v
		   where v."accountId" = $1 and v."deliveryId" = d."id") as "canceledThere"
		 from "Delivery" d where d."accountId" = $1 and d."orderId" = any($2) order by d."orderId", d."part", d."id"`,
		[accountId, rows.map(({ orderId }) => orderId)],
	);
	const splits = new Map<string, OrderSplit>();
	for (const { orderId, state, units, ...share } of rows) {
		const split = splits.get(orderId) ?? { state, shares: [], deliveries: [] };
		split.shares.push({ ...share, units: new Map(Object.entries(units)) });
		splits.set(orderId, split);
	}
	for (const { orderId, ...delivery } of deliveries) splits.get(orderId)?.deliveries.push(delivery);
	return splits;
}

interface KeptRow extends Omit<KeptShare, "units"> {
	orderId: string;
	state: OrderSplit["state"];
	units: Record<string, number>;
}
