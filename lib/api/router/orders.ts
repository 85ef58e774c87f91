import { implement } from "@orpc/server";
import { orderViewsContract } from "@/lib/api/contract/order-views";
import { ordersContract } from "@/lib/api/contract/orders";
import { createOrderView } from "@/lib/services/order-views/create-order-view";
import { listOrderViews } from "@/lib/services/order-views/list-order-views";
import { removeOrderView } from "@/lib/services/order-views/remove-order-view";
import { updateOrderView } from "@/lib/services/order-views/update-order-view";
import { cancelSending } from "@/lib/services/orders/cancel-sending";
import { enableSending } from "@/lib/services/orders/enable-sending";
import { explainMissing } from "@/lib/services/orders/explain-missing";
import { exportOrders } from "@/lib/services/orders/export-orders";
import { exportShipments } from "@/lib/services/orders/export-shipments";
import { findAnything } from "@/lib/services/orders/find-anything";
import { holdOrder } from "@/lib/services/orders/hold-order";
import { listOrders } from "@/lib/services/orders/list-orders";
import { listTags } from "@/lib/services/orders/list-tags";
import { pullOrderNow } from "@/lib/services/orders/pull-order-now";
import { readOrder } from "@/lib/services/orders/read-order";
import { releaseOrder } from "@/lib/services/orders/release-order";
import { resendOrder } from "@/lib/services/orders/resend-order";
import { resendTracking } from "@/lib/services/orders/resend-tracking";
import type { RequestContext } from "../serve/context";
import { inScope } from "../serve/guards";

const api = implement(ordersContract).$context<RequestContext>().use(inScope);

const views = implement(orderViewsContract).$context<RequestContext>().use(inScope);

export const ordersRouter = {
	list: api.list.handler(({ context, input }) => listOrders(context.scope, input)),
	tags: api.tags.handler(async ({ context }) => ({ items: await listTags(context.scope) })),
	export: api.export.handler(({ context, input }) => exportOrders(context.scope, input)),
	exportShipments: api.exportShipments.handler(({ context, input }) => exportShipments(context.scope, input)),
	get: api.get.handler(({ context, input }) => readOrder(context.scope, input.orderId)),
	find: api.find.handler(async ({ context, input }) => ({ items: await findAnything(context.scope, input.query) })),
	explainMissing: api.explainMissing.handler(({ context, input }) =>
		explainMissing(context.scope, input.connectionId, input.number),
	),
	pull: api.pull.handler(({ context, input }) => pullOrderNow(context.scope, input.connectionId, input.sourceId)),
	hold: api.hold.handler(({ context, input }) => holdOrder(context.scope, input.orderId, input.reason)),
	release: api.release.handler(({ context, input }) => releaseOrder(context.scope, input.orderId)),
	resend: api.resend.handler(({ context, input }) => resendOrder(context.scope, input.orderId)),
	cancelSending: api.cancelSending.handler(({ context, input }) => cancelSending(context.scope, input.orderId)),
	enableSending: api.enableSending.handler(({ context, input }) => enableSending(context.scope, input.orderId)),
	resendTracking: api.resendTracking.handler(({ context, input }) => resendTracking(context.scope, input.orderId)),
};

export const orderViewsRouter = {
	list: views.list.handler(async ({ context }) => ({ items: await listOrderViews(context.scope) })),
	create: views.create.handler(({ context, input }) => createOrderView(context.scope, input)),
	update: views.update.handler(({ context, input }) => updateOrderView(context.scope, input.viewId, input)),
	remove: views.remove.handler(({ context, input }) => removeOrderView(context.scope, input.viewId)),
};
