import { newId } from "@/lib/db/ids";
import { systemPool } from "@/lib/db/pools";
import type { FlowJobName } from "@/lib/jobs/catalogue";

/** A delivery of an order that the warehouse has accepted. */
export async function insertDelivery(
	{ accountId, merchantId, orderId }: { accountId: string; merchantId: string; orderId: string },
	connectionId: string,
	cancelState: string,
): Promise<void> {
	await systemPool().query(
		`insert into "Delivery" ("id", "accountId", "merchantId", "orderId", "connectionId", "key", "state", "attempts", "document", "steps", "existed", "cancelState", "cancelReason", "cancelAttempts", "createdAt")
		 values ($1, $2, $3, $4, $5, '1001', 'accepted', 1, '{}', '[]', false, $6, '', 1, now())`,
		[newId("dlv"), accountId, merchantId, orderId, connectionId, cancelState],
	);
}

/** A line of one unit, of which so many have shipped. */
export async function insertLine(
	{ accountId, orderId }: { accountId: string; orderId: string },
	shipped: number,
): Promise<void> {
	await systemPool().query(
		`insert into "OrderLine" ("id", "accountId", "orderId", "position", "sourceLineId", "sku", "name", "quantity", "shippedQuantity")
		 values ($1, $2, $3, 0, '1', 'TEE', 'Tee', 1, $4)`,
		[newId("lin"), accountId, orderId, shipped],
	);
}

/** A function of a connection in a mode; the one that is there already takes it. */
export async function insertFlow(
	{ accountId, merchantId, connectionId }: { accountId: string; merchantId: string; connectionId: string },
	job: FlowJobName,
	mode: string,
): Promise<void> {
	await systemPool().query(
		`insert into "Flow" ("id", "accountId", "merchantId", "connectionId", "job", "mode") values ($1, $2, $3, $4, $5, $6)
		 on conflict ("accountId", "connectionId", "job") do update set "mode" = excluded."mode"`,
		[newId("flo"), accountId, merchantId, connectionId, job, mode],
	);
}
