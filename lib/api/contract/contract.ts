/** Every endpoint of the API, by noun: the one description of routes, inputs, answers and permissions. */

import { accountLinksContract } from "./account-links";
import { alertsContract } from "./alerts";
import { apiKeysContract } from "./api-keys";
import { auditContract } from "./audit";
import { backordersContract } from "./backorders";
import { bulkContract } from "./bulk";
import { connectionsContract, credentialsContract } from "./connections";
import { filtersContract } from "./filters";
import { goLiveContract } from "./go-live";
import { integrationTestsContract } from "./integration-tests";
import { inventoryContract } from "./inventory";
import { itemsContract } from "./items";
import { merchantsContract } from "./merchants";
import { notificationsContract, watchContract, webhooksContract } from "./notifications";
import { orderChangesContract } from "./order-changes";
import { orderViewsContract } from "./order-views";
import { ordersContract } from "./orders";
import { overviewContract } from "./overview";
import { invitationsContract, meContract, peopleContract } from "./people";
import { privacyContract } from "./privacy";
import { productsContract } from "./products";
import { purchaseOrdersContract } from "./purchase-orders";
import { reconcileContract } from "./reconcile";
import { rulesContract } from "./rules";
import { runsContract } from "./runs";
import { secondFactorContract } from "./second-factor";
import { connectContract, shareLinksContract } from "./share-links";
import { carriersContract, shipMethodsContract } from "./ship-methods";
import { stockRulesContract } from "./stock-rules";

export const contract = {
	people: peopleContract,
	me: meContract,
	secondFactor: secondFactorContract,
	invitations: invitationsContract,
	overview: overviewContract,
	orders: ordersContract,
	orderChanges: orderChangesContract,
	backorders: backordersContract,
	purchaseOrders: purchaseOrdersContract,
	orderViews: orderViewsContract,
	bulk: bulkContract,
	merchants: merchantsContract,
	connections: connectionsContract,
	goLive: goLiveContract,
	integrationTests: integrationTestsContract,
	credentials: credentialsContract,
	apiKeys: apiKeysContract,
	shareLinks: shareLinksContract,
	accountLinks: accountLinksContract,
	connect: connectContract,
	reconcile: reconcileContract,
	runs: runsContract,
	inventory: inventoryContract,
	products: productsContract,
	stockRules: stockRulesContract,
	shipMethods: shipMethodsContract,
	carriers: carriersContract,
	filters: filtersContract,
	items: itemsContract,
	rules: rulesContract,
	alerts: alertsContract,
	notifications: notificationsContract,
	webhooks: webhooksContract,
	watch: watchContract,
	audit: auditContract,
	privacy: privacyContract,
};
