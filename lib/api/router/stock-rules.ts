import { implement } from "@orpc/server";
import { stockRulesContract } from "@/lib/api/contract/stock-rules";
import { importRules } from "@/lib/services/stock/import-rules";
import { exportSkuRules, listSkuRules } from "@/lib/services/stock/list-sku-rules";
import { readStockRules } from "@/lib/services/stock/read-rules";
import { previewRules, saveRules, undoRules } from "@/lib/services/stock/save-rules";
import type { RequestContext } from "../serve/context";
import { inScope } from "../serve/guards";

const api = implement(stockRulesContract).$context<RequestContext>().use(inScope);

export const stockRulesRouter = {
	read: api.read.handler(({ context, input }) => readStockRules(context.scope, input.merchantId)),
	listSkus: api.listSkus.handler(({ context, input }) => listSkuRules(context.scope, input.merchantId, input)),
	export: api.export.handler(({ context, input }) => exportSkuRules(context.scope, input.merchantId, input)),
	preview: api.preview.handler(({ context, input }) => previewRules(context.scope, input.merchantId, input)),
	save: api.save.handler(({ context, input }) => saveRules(context.scope, input.merchantId, input)),
	undo: api.undo.handler(({ context, input }) => undoRules(context.scope, input.merchantId, input.stockChangeId)),
	importFile: api.importFile.handler(({ context, input }) => importRules(context.scope, input.merchantId, input)),
};
