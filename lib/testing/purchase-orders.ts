import { newId } from "@/lib/db/ids";
import { systemPool } from "@/lib/db/pools";

interface Owner {
	accountId: string;
	merchantId: string;
	/** The source it comes from. */
	connectionId: string;
}

/** A purchase order without lines that waits for a person: it changed, and it was not sent yet. */
export async function insertPurchaseOrder({ accountId, merchantId, connectionId }: Owner): Promise<string> {
	const id = newId("pur");
	await systemPool().query(
		`insert into "PurchaseOrder" ("id", "accountId", "merchantId", "connectionId", "sourceId", "number", "kind", "state", "document", "fingerprint",
		   "sourceChangedAt", "createdAt", "updatedAt", "dueAt", "changeState")
		 values ($1, $2, $3, $4, 'src-po-1', 'PO-1', 'purchase', 'pending_delivery', '{"note": ""}', '', now(), now(), now(), now(), 'open')`,
		[id, accountId, merchantId, connectionId],
	);
	return id;
}

/** A receipt of it of which its source did not want to hear. */
export async function insertRefusedReceipt(
	owner: Owner,
	about: { purchaseOrderId: string; warehouseId: string; problem: string },
): Promise<void> {
	const { accountId, merchantId, connectionId } = owner;
	const { purchaseOrderId, warehouseId, problem } = about;
	const receiptId = newId("rct");
	await systemPool().query(
		`insert into "Receipt" ("id", "accountId", "merchantId", "purchaseOrderId", "connectionId", "externalId", "receivedAt", "document", "createdAt", "updatedAt")
		 values ($1, $2, $3, $4, $5, 'r-1', now(), '{}', now(), now())`,
		[receiptId, accountId, merchantId, purchaseOrderId, warehouseId],
	);
	await systemPool().query(
		`insert into "ReceiptUpload" ("id", "accountId", "merchantId", "purchaseOrderId", "purchaseOrderLineId", "receiptId", "lineKey", "connectionId", "key", "quantity", "state", "problem", "createdAt")
		 values ($1, $2, $3, $4, 'pol_1', $5, 'x', $6, 'r-1', 1, 'refused', $7, now())`,
		[newId("rcu"), accountId, merchantId, purchaseOrderId, receiptId, connectionId, problem],
	);
}
