import { implement } from "@orpc/server";
import { purchaseOrdersContract } from "@/lib/api/contract/purchase-orders";
import { cancelPurchaseSending } from "@/lib/services/purchase-orders/cancel-sending";
import { dealWithPurchaseOrder } from "@/lib/services/purchase-orders/deal-with";
import { enablePurchaseSending } from "@/lib/services/purchase-orders/enable-sending";
import { listPurchaseOrders } from "@/lib/services/purchase-orders/list-purchase-orders";
import { readPurchaseOrder } from "@/lib/services/purchase-orders/read-purchase-order";
import { resendPurchaseOrder } from "@/lib/services/purchase-orders/resend-purchase-order";
import { resendReceipts } from "@/lib/services/purchase-orders/resend-receipts";
import type { RequestContext } from "../serve/context";
import { inScope } from "../serve/guards";

const api = implement(purchaseOrdersContract).$context<RequestContext>().use(inScope);

export const purchaseOrdersRouter = {
	list: api.list.handler(({ context, input }) => listPurchaseOrders(context.scope, input)),
	get: api.get.handler(({ context, input }) => readPurchaseOrder(context.scope, input.purchaseOrderId)),
	resend: api.resend.handler(({ context, input }) => resendPurchaseOrder(context.scope, input.purchaseOrderId)),
	cancelSending: api.cancelSending.handler(({ context, input }) =>
		cancelPurchaseSending(context.scope, input.purchaseOrderId),
	),
	enableSending: api.enableSending.handler(({ context, input }) =>
		enablePurchaseSending(context.scope, input.purchaseOrderId),
	),
	dealWith: api.dealWith.handler(({ context, input }) => dealWithPurchaseOrder(context.scope, input.purchaseOrderId)),
	resendReceipts: api.resendReceipts.handler(({ context, input }) =>
		resendReceipts(context.scope, input.purchaseOrderId),
	),
};
