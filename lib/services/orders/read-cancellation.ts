import type { z } from "zod";
import type { orderDetail } from "@/lib/api/contract/orders";
import type { Transaction } from "@/lib/db/transact";

export type WarehouseCancellation = NonNullable<z.input<typeof orderDetail>["warehouseCancellation"]>;
export type CancellationRow = WarehouseCancellation & { id: string; createdAt: Date; runId: string | null };

/** The newest cancellation of an order by a warehouse, if there is one that still says something about it. */
export async function readCancellation(
	tx: Transaction,
	accountId: string,
	order: { id: string; status: string },
): Promise<CancellationRow | null> {
	const [row] = await tx.sql<CancellationRow>(
		`select w."id", w."createdAt", w."runId", c."name" as "warehouse", w."canceledAt", w."canceledBy" as "by", w."reason", w."partly",
		   w."state", w."problem"
		 from "WarehouseCancellation" w
		 join "Delivery" d on d."accountId" = w."accountId" and d."id" = w."deliveryId"
		 join "Connection" c on c."accountId" = w."accountId" and c."id" = d."connectionId"
		 where w."accountId" = $1 and w."orderId" = $2 order by w."id" desc limit 1`,
		[accountId, order.id],
	);
	return row && (row.partly || order.status === "canceled") ? row : null;
}

/** Without what only the journey needs. */
export function shownCancellation(row: CancellationRow | null): WarehouseCancellation | null {
	if (!row) return null;
	const { warehouse, canceledAt, by, reason, partly, state, problem } = row;
	return { warehouse, canceledAt, by, reason, partly, state, problem };
}
