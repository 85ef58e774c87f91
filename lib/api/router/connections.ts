import { implement } from "@orpc/server";
import { connectionsContract } from "@/lib/api/contract/connections";
import { archiveConnection, pauseConnection, resumeConnection } from "@/lib/services/connections/change-state";
import { createConnection } from "@/lib/services/connections/create-connection";
import { exportConnections } from "@/lib/services/connections/export-connections";
import { listChoices } from "@/lib/services/connections/list-choices";
import { listConnections } from "@/lib/services/connections/list-connections";
import { listConnectors } from "@/lib/services/connections/list-connectors";
import { previewMap } from "@/lib/services/connections/preview-map";
import { previewReferences } from "@/lib/services/connections/preview-references";
import { probeNow } from "@/lib/services/connections/probe-now";
import { readConnection } from "@/lib/services/connections/read-connection";
import { testSettings } from "@/lib/services/connections/test-settings";
import { updateConnection } from "@/lib/services/connections/update-connection";
import { runFlowNow } from "@/lib/services/flows/run-flow-now";
import { scheduleFlow } from "@/lib/services/flows/schedule-flow";
import type { RequestContext } from "../serve/context";
import { inScope } from "../serve/guards";

const api = implement(connectionsContract).$context<RequestContext>().use(inScope);

export const connectionsRouter = {
	connectors: api.connectors.handler(async () => ({ items: await listConnectors() })),
	list: api.list.handler(async ({ context, input }) => ({ items: await listConnections(context.scope, input) })),
	export: api.export.handler(({ context, input }) => exportConnections(context.scope, input)),
	get: api.get.handler(({ context, input }) => readConnection(context.scope, input.connectionId)),
	create: api.create.handler(({ context, input }) => createConnection(context.scope, input)),
	update: api.update.handler(({ context, input }) => updateConnection(context.scope, input.connectionId, input)),
	test: api.test.handler(({ context, input }) => testSettings(context.scope, input)),
	choices: api.choices.handler(async ({ context, input }) => ({ items: await listChoices(context.scope, input) })),
	preview: api.preview.handler(({ context, input }) => previewMap(context.scope, input)),
	previewReferences: api.previewReferences.handler(({ context, input }) => previewReferences(context.scope, input)),
	pause: api.pause.handler(({ context, input }) => pauseConnection(context.scope, input.connectionId)),
	resume: api.resume.handler(({ context, input }) => resumeConnection(context.scope, input.connectionId)),
	probe: api.probe.handler(({ context, input }) => probeNow(context.scope, input.connectionId)),
	archive: api.archive.handler(({ context, input }) => archiveConnection(context.scope, input.connectionId)),
	schedule: api.schedule.handler(({ context, input }) => scheduleFlow(context.scope, input.flowId, input)),
	runNow: api.runNow.handler(({ context, input }) => runFlowNow(context.scope, input.flowId)),
};
