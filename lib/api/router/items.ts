import { implement } from "@orpc/server";
import { itemsContract } from "@/lib/api/contract/items";
import { importItems } from "@/lib/services/mappings/import-items";
import { readItemHealth } from "@/lib/services/mappings/item-health";
import { exportItems, listItems } from "@/lib/services/mappings/list-items";
import { previewItems, saveItems, undoItems } from "@/lib/services/mappings/save-items";
import type { RequestContext } from "../serve/context";
import { inScope } from "../serve/guards";

const api = implement(itemsContract).$context<RequestContext>().use(inScope);

export const itemsRouter = {
	list: api.list.handler(({ context, input }) => listItems(context.scope, input.merchantId, input)),
	preview: api.preview.handler(({ context, input }) => previewItems(context.scope, input.merchantId, input)),
	save: api.save.handler(({ context, input }) => saveItems(context.scope, input.merchantId, input)),
	undo: api.undo.handler(({ context, input }) => undoItems(context.scope, input.merchantId, input.changeId)),
	importFile: api.importFile.handler(({ context, input }) => importItems(context.scope, input.merchantId, input)),
	export: api.export.handler(({ context, input }) => exportItems(context.scope, input.merchantId, input)),
	health: api.health.handler(({ context, input }) => readItemHealth(context.scope, input.merchantId)),
};
