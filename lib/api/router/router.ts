/** What answers each endpoint: one verb of lib/services, behind the guard that gives it its scope. */
import { implement } from "@orpc/server";
import { contract } from "@/lib/api/contract/contract";
import { createCredential, listCredentials, updateCredential } from "@/lib/services/credentials/credentials";
import { explainFigure } from "@/lib/services/inventory/explain-figure";
import { exportInventory } from "@/lib/services/inventory/export-inventory";
import { listInventory } from "@/lib/services/inventory/list-inventory";
import { createMerchant } from "@/lib/services/merchants/create-merchant";
import { exportMerchants } from "@/lib/services/merchants/export-merchants";
import { listMerchants } from "@/lib/services/merchants/list-merchants";
import { renameMerchant } from "@/lib/services/merchants/rename-merchant";
import { exportOverview } from "@/lib/services/overview/export-overview";
import { readOverview } from "@/lib/services/overview/read-overview";
import { exportProductList } from "@/lib/services/products/export-product-list";
import { fetchProductsNow } from "@/lib/services/products/fetch-now";
import { listProducts } from "@/lib/services/products/list-products";
import { exportRunRecords } from "@/lib/services/runs/export-run-records";
import { exportRuns } from "@/lib/services/runs/export-runs";
import { listRunExchanges } from "@/lib/services/runs/list-run-exchanges";
import { listRunRecords } from "@/lib/services/runs/list-run-records";
import { listRuns } from "@/lib/services/runs/list-runs";
import { readExchange } from "@/lib/services/runs/read-exchange";
import { readRun } from "@/lib/services/runs/read-run";
import { stopRun } from "@/lib/services/runs/stop-run";
import type { RequestContext } from "../serve/context";
import { inScope } from "../serve/guards";
import { accountLinksRouter, apiKeysRouter, connectRouter, shareLinksRouter } from "./access";
import { alertsRouter, notificationsRouter, watchRouter, webhooksRouter } from "./alerts";
import { backordersRouter } from "./backorders";
import { connectionsRouter } from "./connections";
import { filtersRouter } from "./filters";
import { goLiveRouter } from "./go-live";
import { integrationTestsRouter } from "./integration-tests";
import { itemsRouter } from "./items";
import { bulkRouter, orderChangesRouter } from "./order-changes";
import { ordersRouter, orderViewsRouter } from "./orders";
import { auditRouter, invitationsRouter, meRouter, peopleRouter } from "./people";
import { privacyRouter } from "./privacy";
import { purchaseOrdersRouter } from "./purchase-orders";
import { reconcileRouter } from "./reconcile";
import { rulesRouter } from "./rules";
import { secondFactorRouter } from "./second-factor";
import { carriersRouter, shipMethodsRouter } from "./ship-methods";
import { stockRulesRouter } from "./stock-rules";

const api = implement(contract).$context<RequestContext>().use(inScope);

export const router = {
	people: peopleRouter,
	me: meRouter,
	secondFactor: secondFactorRouter,
	invitations: invitationsRouter,
	overview: {
		get: api.overview.get.handler(({ context, input }) => readOverview(context.scope, input)),
		export: api.overview.export.handler(({ context, input }) => exportOverview(context.scope, input)),
	},
	orders: ordersRouter,
	orderChanges: orderChangesRouter,
	backorders: backordersRouter,
	purchaseOrders: purchaseOrdersRouter,
	orderViews: orderViewsRouter,
	bulk: bulkRouter,
	merchants: {
		list: api.merchants.list.handler(async ({ context }) => ({ items: await listMerchants(context.scope) })),
		export: api.merchants.export.handler(({ context }) => exportMerchants(context.scope)),
		create: api.merchants.create.handler(({ context, input }) => createMerchant(context.scope, input.name)),
		rename: api.merchants.rename.handler(({ context, input }) =>
			renameMerchant(context.scope, input.merchantId, input.name),
		),
	},
	connections: connectionsRouter,
	goLive: goLiveRouter,
	integrationTests: integrationTestsRouter,
	apiKeys: apiKeysRouter,
	shareLinks: shareLinksRouter,
	accountLinks: accountLinksRouter,
	connect: connectRouter,
	credentials: {
		list: api.credentials.list.handler(async ({ context }) => ({ items: await listCredentials(context.scope) })),
		create: api.credentials.create.handler(({ context, input }) => createCredential(context.scope, input)),
		update: api.credentials.update.handler(({ context, input }) =>
			updateCredential(context.scope, input.credentialId, input),
		),
	},
	reconcile: reconcileRouter,
	shipMethods: shipMethodsRouter,
	carriers: carriersRouter,
	runs: {
		list: api.runs.list.handler(({ context, input }) => listRuns(context.scope, input)),
		export: api.runs.export.handler(({ context, input }) => exportRuns(context.scope, input)),
		exportRecords: api.runs.exportRecords.handler(({ context, input }) =>
			exportRunRecords(context.scope, input.runId, input),
		),
		get: api.runs.get.handler(({ context, input }) => readRun(context.scope, input.runId)),
		records: api.runs.records.handler(({ context, input }) => listRunRecords(context.scope, input.runId, input)),
		exchanges: api.runs.exchanges.handler(({ context, input }) => listRunExchanges(context.scope, input.runId, input)),
		exchange: api.runs.exchange.handler(({ context, input }) => readExchange(context.scope, input.exchangeId)),
		stop: api.runs.stop.handler(({ context, input }) => stopRun(context.scope, input.runId)),
	},
	products: {
		list: api.products.list.handler(({ context, input }) => listProducts(context.scope, input)),
		export: api.products.export.handler(({ context, input }) => exportProductList(context.scope, input)),
		fetch: api.products.fetch.handler(({ context, input }) => fetchProductsNow(context.scope, input.merchantId)),
	},
	inventory: {
		list: api.inventory.list.handler(({ context, input }) => listInventory(context.scope, input)),
		export: api.inventory.export.handler(({ context, input }) => exportInventory(context.scope, input)),
		explain: api.inventory.explain.handler(({ context, input }) =>
			explainFigure(context.scope, input.merchantId, input.sku),
		),
	},
	filters: filtersRouter,
	items: itemsRouter,
	stockRules: stockRulesRouter,
	rules: rulesRouter,
	alerts: alertsRouter,
	notifications: notificationsRouter,
	webhooks: webhooksRouter,
	watch: watchRouter,
	audit: auditRouter,
	privacy: privacyRouter,
};
