import { implement } from "@orpc/server";
import { bulkContract } from "@/lib/api/contract/bulk";
import { orderChangesContract } from "@/lib/api/contract/order-changes";
import { previewBulk } from "@/lib/services/bulk/preview-bulk";
import { readBulk } from "@/lib/services/bulk/read-bulk";
import { startBulk } from "@/lib/services/bulk/start-bulk";
import { stopBulk } from "@/lib/services/bulk/stop-bulk";
import { undoBulk } from "@/lib/services/bulk/undo-bulk";
import { acceptAddress } from "@/lib/services/orders/accept-address";
import { dealWithCancellation } from "@/lib/services/orders/deal-with-cancellation";
import { dealWithChange } from "@/lib/services/orders/deal-with-change";
import { editOrder } from "@/lib/services/orders/edit-order";
import { keepAddress, undoKeepAddress } from "@/lib/services/orders/keep-address";
import { markDelivered } from "@/lib/services/orders/mark-delivered";
import { undoEdit } from "@/lib/services/orders/undo-edit";
import { undoMark } from "@/lib/services/orders/undo-mark";
import type { RequestContext } from "../serve/context";
import { inScope } from "../serve/guards";

const changes = implement(orderChangesContract).$context<RequestContext>().use(inScope);

export const orderChangesRouter = {
	edit: changes.edit.handler(({ context, input }) => editOrder(context.scope, input.orderId, input)),
	undoEdit: changes.undoEdit.handler(({ context, input }) => undoEdit(context.scope, input.orderId)),
	acceptAddress: changes.acceptAddress.handler(({ context, input }) =>
		acceptAddress(context.scope, input.orderId, input.seen),
	),
	keepAddress: changes.keepAddress.handler(({ context, input }) => keepAddress(context.scope, input.orderId)),
	undoKeepAddress: changes.undoKeepAddress.handler(({ context, input }) =>
		undoKeepAddress(context.scope, input.orderId),
	),
	markDelivered: changes.markDelivered.handler(({ context, input }) =>
		markDelivered(context.scope, input.orderId, input),
	),
	undoMark: changes.undoMark.handler(({ context, input }) => undoMark(context.scope, input.orderId)),
	dealWithChange: changes.dealWithChange.handler(({ context, input }) => dealWithChange(context.scope, input.orderId)),
	dealWithCancellation: changes.dealWithCancellation.handler(({ context, input }) =>
		dealWithCancellation(context.scope, input.orderId),
	),
};

const bulk = implement(bulkContract).$context<RequestContext>().use(inScope);

export const bulkRouter = {
	preview: bulk.preview.handler(({ context, input }) => previewBulk(context.scope, input)),
	start: bulk.start.handler(({ context, input }) => startBulk(context.scope, input)),
	get: bulk.get.handler(({ context, input }) => readBulk(context.scope, input.bulkId)),
	stop: bulk.stop.handler(({ context, input }) => stopBulk(context.scope, input.bulkId)),
	undo: bulk.undo.handler(({ context, input }) => undoBulk(context.scope, input.bulkId)),
};
