import { implement } from "@orpc/server";
import { rulesContract } from "@/lib/api/contract/rules";
import { publishRules, restoreVersion } from "@/lib/services/rules/publish-rules";
import { readRules } from "@/lib/services/rules/read-rules";
import { listVersions, readVersion } from "@/lib/services/rules/read-versions";
import { saveDraft } from "@/lib/services/rules/save-draft";
import { countWaiting, testRules } from "@/lib/services/rules/test-rules";
import type { RequestContext } from "../serve/context";
import { inScope } from "../serve/guards";

const api = implement(rulesContract).$context<RequestContext>().use(inScope);

export const rulesRouter = {
	get: api.get.handler(({ context, input }) => readRules(context.scope, input.merchantId)),
	saveDraft: api.saveDraft.handler(({ context, input }) => saveDraft(context.scope, input.merchantId, input)),
	test: api.test.handler(({ context, input }) => testRules(context.scope, input.merchantId, input)),
	waiting: api.waiting.handler(({ context, input }) => countWaiting(context.scope, input.merchantId)),
	publish: api.publish.handler(({ context, input }) => publishRules(context.scope, input.merchantId, input)),
	versions: api.versions.handler(({ context, input }) => listVersions(context.scope, input.merchantId)),
	version: api.version.handler(({ context, input }) => readVersion(context.scope, input.merchantId, input.versionId)),
	restore: api.restore.handler(({ context, input }) =>
		restoreVersion(context.scope, input.merchantId, input.versionId),
	),
};
