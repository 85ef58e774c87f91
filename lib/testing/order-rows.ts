import { newId } from "@/lib/db/ids";
import { systemPool } from "@/lib/db/pools";
import type { Things } from "./things";

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

type Owner = Pick<Things, "accountId" | "merchantId" | "connectionId" | "orderId">;

/** The warehouse canceled the order, and its cart refused to hear of it. */
export async function insertRefusedCancellation(owner: Owner, problem: string): Promise<void> {
	await systemPool().query(
		`insert into "WarehouseCancellation" ("id", "accountId", "merchantId", "orderId", "deliveryId", "connectionId", "key", "canceledAt", "state", "problem", "createdAt")
		 values ($1, $2, $3, $4, 'dlv_1', $5, 'k', now(), 'refused', $6, now())`,
		[newId("wcn"), owner.accountId, owner.merchantId, owner.orderId, owner.connectionId, problem],
	);
}

/** Two comparisons in a row did not find the order at the warehouse. */
export async function insertDifference(owner: Owner): Promise<void> {
	await systemPool().query(
		`insert into "ReconciliationDifference" ("id", "accountId", "merchantId", "connectionId", "kind", "subject", "label", "orderId", "sentence", "rounds", "lastRoundId", "firstSeenAt", "lastSeenAt")
		 values ($1, $2, $3, $4, 'missing-there', '1001', '1001', $5, 'It is not there.', 2, 'rcn_test', now(), now())`,
		[newId("dif"), owner.accountId, owner.merchantId, owner.connectionId, owner.orderId],
	);
}

/** The order's delivery shipped, and its cart refused to hear of it. */
export async function insertUntoldShipment(owner: Owner, problem: string): Promise<void> {
	const shipmentId = newId("shp");
	await systemPool().query(
		`insert into "Shipment" ("id", "accountId", "merchantId", "orderId", "deliveryId", "connectionId", "externalId", "carrier", "service", "shippedAt", "document", "createdAt")
		 select $1, "accountId", "merchantId", "orderId", "id", "connectionId", 's-1', '', '', now(), '{}', now() from "Delivery" where "orderId" = $2`,
		[shipmentId, owner.orderId],
	);
	await systemPool().query(
		`insert into "Confirmation" ("id", "accountId", "merchantId", "orderId", "shipmentId", "connectionId", "key", "state", "attempts", "problem", "document", "existed", "createdAt")
		 values ($1, $2, $3, $4, $5, $6, 's-1', 'refused', 1, $7, '{}', false, now())`,
		[newId("cfm"), owner.accountId, owner.merchantId, owner.orderId, shipmentId, owner.connectionId, problem],
	);
}
