import { implement } from "@orpc/server";
import { filtersContract } from "@/lib/api/contract/filters";
import { askAgain } from "@/lib/services/filters/ask-again";
import { exportItemFilter, importItemFilter } from "@/lib/services/filters/import-item-filter";
import { listSkipped } from "@/lib/services/filters/list-skipped";
import { previewFilters } from "@/lib/services/filters/preview-filters";
import { readFilters } from "@/lib/services/filters/read-filters";
import { restoreFilters, saveFilters } from "@/lib/services/filters/save-filters";
import type { RequestContext } from "../serve/context";
import { inScope } from "../serve/guards";

const api = implement(filtersContract).$context<RequestContext>().use(inScope);

export const filtersRouter = {
	get: api.get.handler(({ context, input }) => readFilters(context.scope, input.connectionId)),
	preview: api.preview.handler(({ context, input }) =>
		previewFilters(context.scope, input.connectionId, input.filters),
	),
	save: api.save.handler(({ context, input }) => saveFilters(context.scope, input.connectionId, input)),
	restore: api.restore.handler(({ context, input }) =>
		restoreFilters(context.scope, input.connectionId, input.version),
	),
	importItems: api.importItems.handler(({ context, input }) =>
		importItemFilter(context.scope, input.connectionId, input),
	),
	exportItems: api.exportItems.handler(({ context, input }) => exportItemFilter(context.scope, input.connectionId)),
	skipped: api.skipped.handler(({ context, input }) => listSkipped(context.scope, input.connectionId, input)),
	askAgain: api.askAgain.handler(({ context, input }) => askAgain(context.scope, input.connectionId)),
};
