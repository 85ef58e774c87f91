import { implement } from "@orpc/server";
import { reconcileContract } from "@/lib/api/contract/reconcile";
import { exportDifferences } from "@/lib/services/reconcile/export-differences";
import { fixDifferences } from "@/lib/services/reconcile/fix-differences";
import { listDifferences } from "@/lib/services/reconcile/list-differences";
import { readReconciliation } from "@/lib/services/reconcile/read-reconciliation";
import type { RequestContext } from "../serve/context";
import { inScope } from "../serve/guards";

const api = implement(reconcileContract).$context<RequestContext>().use(inScope);

export const reconcileRouter = {
	get: api.get.handler(({ context, input }) => readReconciliation(context.scope, input.connectionId)),
	differences: api.differences.handler(({ context, input }) =>
		listDifferences(context.scope, input.connectionId, input),
	),
	exportDifferences: api.exportDifferences.handler(({ context, input }) =>
		exportDifferences(context.scope, input.connectionId, input),
	),
	fix: api.fix.handler(({ context, input }) => fixDifferences(context.scope, input.connectionId, input)),
};
