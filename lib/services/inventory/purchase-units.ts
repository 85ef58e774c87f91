/**
 * Units of one SKU that purchase orders bring, as SQL. `$1` is the account; merchant and SKU are `$2` and `$3`, or what
 * is named for them.
 */
import { expectingStates } from "@/lib/canonical/purchase-order";
import { putAway } from "../purchase-orders/purchase-order-row";

const expecting = expectingStates.map((state) => `'${state}'`).join(", ");
interface Which {
	merchant: string;
	sku: string;
}
const given: Which = { merchant: "$2", sku: "$3" };

/** On open purchase orders `p`, and not received. */
export function expectedUnits(narrowed = "true", { merchant, sku }: Which = given): string {
	return `select sum(greatest(0, l."expectedQuantity" - l."receivedQuantity")) as "units" from "PurchaseOrderLine" l
	  join "PurchaseOrder" p on p."accountId" = l."accountId" and p."id" = l."purchaseOrderId"
	  where l."accountId" = $1 and l."merchantId" = ${merchant} and l."sku" = ${sku} and p."state" in (${expecting}) and ${narrowed}`;
}

/** On receipts `r` since the warehouse's last count, or of which it says that they are not put away. */
export function notPutAwayUnits(narrowed = "true", { merchant, sku }: Which = given): string {
	return `select sum(greatest(0, rl."quantity" - ${putAway})) as "units" from "PurchaseOrderLine" l
	  join "Receipt" r on r."accountId" = l."accountId" and r."purchaseOrderId" = l."purchaseOrderId"
	  join "ReceiptLine" rl on rl."accountId" = l."accountId" and rl."receiptId" = r."id" and rl."purchaseOrderLineId" = l."id"
	  where l."accountId" = $1 and l."merchantId" = ${merchant} and l."sku" = ${sku} and ${narrowed}`;
}
