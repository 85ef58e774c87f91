import { implement } from "@orpc/server";
import { backordersContract } from "@/lib/api/contract/backorders";
import { closeShipped } from "@/lib/services/orders/close-shipped";
import { listBackorders } from "@/lib/services/orders/list-backorders";
import { sendAvailable, sendInFull } from "@/lib/services/orders/send-backorder";
import type { RequestContext } from "../serve/context";
import { inScope } from "../serve/guards";

const api = implement(backordersContract).$context<RequestContext>().use(inScope);

export const backordersRouter = {
	list: api.list.handler(({ context, input }) => listBackorders(context.scope, input)),
	sendAvailable: api.sendAvailable.handler(({ context, input }) => sendAvailable(context.scope, input.orderId)),
	sendInFull: api.sendInFull.handler(({ context, input }) => sendInFull(context.scope, input.orderId)),
	closeShipped: api.closeShipped.handler(({ context, input }) => closeShipped(context.scope, input.orderId)),
};
