import { implement } from "@orpc/server";
import { carriersContract, shipMethodsContract } from "@/lib/api/contract/ship-methods";
import { readCarriers, saveCarriers, tryCarrier } from "@/lib/services/mappings/carriers";
import { exportShipMethods, importShipMethods } from "@/lib/services/mappings/import-ship-methods";
import { listCarts, readShipMethods } from "@/lib/services/mappings/read-ship-methods";
import { refreshMethods } from "@/lib/services/mappings/refresh-methods";
import { previewShipMethods, saveShipMethods } from "@/lib/services/mappings/save-ship-methods";
import type { RequestContext } from "../serve/context";
import { inScope } from "../serve/guards";

const methods = implement(shipMethodsContract).$context<RequestContext>().use(inScope);
const carriers = implement(carriersContract).$context<RequestContext>().use(inScope);

export const shipMethodsRouter = {
	carts: methods.carts.handler(({ context }) => listCarts(context.scope)),
	get: methods.get.handler(({ context, input }) => readShipMethods(context.scope, input.connectionId)),
	preview: methods.preview.handler(({ context, input }) =>
		previewShipMethods(context.scope, input.connectionId, input),
	),
	save: methods.save.handler(({ context, input }) => saveShipMethods(context.scope, input.connectionId, input)),
	refresh: methods.refresh.handler(({ context, input }) => refreshMethods(context.scope, input.connectionId)),
	importFile: methods.importFile.handler(({ context, input }) =>
		importShipMethods(context.scope, input.connectionId, input),
	),
	exportFile: methods.exportFile.handler(({ context, input }) => exportShipMethods(context.scope, input.connectionId)),
};

export const carriersRouter = {
	get: carriers.get.handler(({ context, input }) => readCarriers(context.scope, input.connectionId)),
	try: carriers.try.handler(({ context, input }) => tryCarrier(context.scope, input.connectionId, input)),
	save: carriers.save.handler(({ context, input }) => saveCarriers(context.scope, input.connectionId, input.changes)),
};
