import { implement } from "@orpc/server";
import { integrationTestsContract } from "@/lib/api/contract/integration-tests";
import { mustBeWithin } from "@/lib/auth/limits";
import { endTest } from "@/lib/services/integration-test/end-test";
import { listTests } from "@/lib/services/integration-test/list-tests";
import { nameSubject } from "@/lib/services/integration-test/name-subject";
import { readTest } from "@/lib/services/integration-test/read-test";
import { exportTest, sendReport } from "@/lib/services/integration-test/report";
import { sendTestOrder } from "@/lib/services/integration-test/send-test-order";
import { startTest } from "@/lib/services/integration-test/start-test";
import type { RequestContext } from "../serve/context";
import { inScope } from "../serve/guards";

const api = implement(integrationTestsContract).$context<RequestContext>().use(inScope);

export const integrationTestsRouter = {
	list: api.list.handler(({ context, input }) => listTests(context.scope, input.connectionId)),
	create: api.create.handler(({ context, input }) => startTest(context.scope, input)),
	get: api.get.handler(({ context, input }) => readTest(context.scope, input.testId)),
	name: api.name.handler(({ context, input }) => nameSubject(context.scope, input.testId, input)),
	sendOrder: api.sendOrder.handler(({ context, input }) => sendTestOrder(context.scope, input.testId)),
	end: api.end.handler(({ context, input }) => endTest(context.scope, input.testId)),
	sendReport: api.sendReport.handler(async ({ context, input }) => {
		for (const _ of input.emails) await mustBeWithin("report", input.accountId);
		return sendReport(context.scope, input.testId, input.emails);
	}),
	export: api.export.handler(({ context, input }) => exportTest(context.scope, input.testId)),
};
