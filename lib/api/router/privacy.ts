import { implement } from "@orpc/server";
import { privacyContract } from "@/lib/api/contract/privacy";
import { askErasure, previewErasure } from "@/lib/services/privacy/ask-erasure";
import { askExport, downloadExport } from "@/lib/services/privacy/export-merchant";
import { readPrivacy } from "@/lib/services/privacy/read-privacy";
import { previewRetention, setRetention } from "@/lib/services/privacy/retention";
import type { RequestContext } from "../serve/context";
import { inScope } from "../serve/guards";

const api = implement(privacyContract).$context<RequestContext>().use(inScope);

export const privacyRouter = {
	get: api.get.handler(({ context }) => readPrivacy(context.scope)),
	previewRetention: api.previewRetention.handler(({ context, input }) =>
		previewRetention(context.scope, { days: input.days }),
	),
	setRetention: api.setRetention.handler(({ context, input }) => setRetention(context.scope, { days: input.days })),
	previewSource: api.previewSource.handler(({ context, input }) => previewRetention(context.scope, input)),
	setSource: api.setSource.handler(({ context, input }) => setRetention(context.scope, input)),
	previewErasure: api.previewErasure.handler(({ context, input }) => previewErasure(context.scope, input)),
	erase: api.erase.handler(({ context, input }) => askErasure(context.scope, input)),
	export: api.export.handler(({ context, input }) => askExport(context.scope, input.merchantId)),
	download: api.download.handler(({ context, input }) => downloadExport(context.scope, input.exportId)),
};
