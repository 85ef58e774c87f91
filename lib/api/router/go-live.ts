import { implement } from "@orpc/server";
import { goLiveContract } from "@/lib/api/contract/go-live";
import { backToTest } from "@/lib/services/go-live/back-to-test";
import { goLive } from "@/lib/services/go-live/go-live";
import { readGate } from "@/lib/services/go-live/read-gate";
import type { RequestContext } from "../serve/context";
import { inScope } from "../serve/guards";

const api = implement(goLiveContract).$context<RequestContext>().use(inScope);

export const goLiveRouter = {
	preview: api.preview.handler(({ context, input }) => readGate(context.scope, input.connectionId)),
	goLive: api.goLive.handler(({ context, input }) => goLive(context.scope, input.connectionId, input.leave)),
	backToTest: api.backToTest.handler(({ context, input }) => backToTest(context.scope, input.connectionId)),
};
