/** Which function of the journey each job is: the only table from job names to code. */
import type { FlowJobName } from "@/lib/jobs/catalogue";
import type { Ended } from "@/lib/jobs/job";
import { fetchCancellations } from "../cancel/fetch-cancellations";
import { uploadCancellations } from "../cancel/upload-cancellations";
import { fetchShipments } from "../confirm/fetch-shipments";
import { uploadShipments } from "../confirm/upload-shipments";
import { deliverOrders } from "../deliver/deliver-orders";
import { deliverPurchaseOrders } from "../inbound/deliver-purchase-orders";
import { downloadPurchaseOrders } from "../inbound/download-purchase-orders";
import { fetchReceipts } from "../inbound/fetch-receipts";
import { uploadReceipts } from "../inbound/upload-receipts";
import { cancelOrder, cancelOrders } from "../intake/cancel-orders";
import { downloadOrders } from "../intake/download-orders";
import { pullOrder } from "../intake/pull-order";
import { exportProducts } from "../products/export-products";
import { fetchProducts } from "../products/fetch-products";
import { reconcileDestination } from "../reconcile/reconcile-destination";
import { reconcileSource } from "../reconcile/reconcile-source";
import { fetchInventory } from "../stock/fetch-inventory";
import { uploadInventory } from "../stock/upload-inventory";
import type { FlowWork } from "../work";

export const flows: Record<FlowJobName, (work: FlowWork) => Promise<Ended>> = {
	"orders/download": (work) => (work.only ? pullOrder(work, work.only) : downloadOrders(work)),
	"orders/cancel": (work) => (work.only ? cancelOrder(work, work.only) : cancelOrders(work)),
	"orders/deliver": deliverOrders,
	"cancels/fetch": fetchCancellations,
	"cancels/upload": uploadCancellations,
	"shipments/fetch": fetchShipments,
	"shipments/upload": uploadShipments,
	"inventory/fetch": fetchInventory,
	"inventory/upload": uploadInventory,
	"products/fetch": fetchProducts,
	"products/export": exportProducts,
	"purchase-orders/download": downloadPurchaseOrders,
	"purchase-orders/deliver": deliverPurchaseOrders,
	"receipts/fetch": fetchReceipts,
	"receipts/upload": uploadReceipts,
	"orders/reconcile": reconcileSource,
	"warehouse/reconcile": reconcileDestination,
};
