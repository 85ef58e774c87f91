import { gzipSync } from "node:zlib";
import { newId } from "@/lib/db/ids";
import { systemPool } from "@/lib/db/pools";
import { jobScope } from "@/lib/db/scope";
import { sealed } from "@/lib/db/secrets";
import { transact } from "@/lib/db/transact";
import { insertPurchaseOrder } from "./purchase-orders";
import { createTestConnection, type TestTenant } from "./tenant";

/** One of every thing that an address may name. */
export interface Things {
	accountId: string;
	merchantId: string;
	connectionId: string;
	credentialId: string;
	flowId: string;
	orderId: string;
	purchaseOrderId: string;
	runId: string;
	exchangeId: string;
	apiKeyId: string;
	shareLinkId: string;
	accountLinkId: string;
	membershipId: string;
	invitationId: string;
	alertId: string;
	bulkId: string;
	exportId: string;
	viewId: string;
	webhookId: string;
	deliveryId: string;
	changeId: string;
	versionId: string;
	testId: string;
	warehouseId: string;
	stockChangeId: string;
}

/** Makes one of everything for a tenant's merchant, or for a second merchant of the same account. */
export async function createThings(tenant: TestTenant, secondMerchant?: string): Promise<Things> {
	const { accountId } = tenant;
	const pool = systemPool();
	let merchantId = tenant.merchantId;
	if (secondMerchant) {
		merchantId = newId("mer");
		await pool.query(`insert into "Merchant" ("id", "accountId", "name") values ($1, $2, $3)`, [
			merchantId,
			accountId,
			secondMerchant,
		]);
	}
	const owner = { ...tenant, merchantId, scope: { ...jobScope(accountId, merchantId, "test"), merchantId } };
	const connection = await createTestConnection(owner, {
		connectorKey: "vendure",
		side: "source",
		name: "Shop",
		settings: { apiUrl: "http://127.0.0.1:9/admin-api", apiKey: "key" },
		secret: ["apiKey"],
	});
	const flowId = connection.flows["orders/download"] ?? "";
	const [orderId, runId, exchangeId, credentialId] = [newId("ord"), newId("run"), newId("xch"), newId("cre")];
	const alertId = newId("alr");
	await pool.query(
		`insert into "Credential" ("id", "accountId", "connectorKey", "name", "values") values ($1, $2, 'vendure', $1, '{}')`,
		[credentialId, accountId],
	);
	await pool.query(
		`insert into "Order" ("id", "accountId", "merchantId", "connectionId", "sourceId", "number", "status", "shipToName", "shipToCountry",
		   "lineCount", "unitCount", "document", "placedAt", "sourceChangedAt", "createdAt", "updatedAt")
		 values ($1, $2, $3, $4, 'src-1', '1001', 'new', 'Ann Example', 'US', 1, 1, $5, now(), now(), now(), now())`,
		[orderId, accountId, merchantId, connection.id, document],
	);
	await pool.query(
		`insert into "Run" ("id", "accountId", "merchantId", "connectionId", "flowId", "job", "trigger", "state", "workerId", "startedAt", "heartbeatAt", "counts")
		 values ($1, $2, $3, $4, $5, 'orders/download', 'person', 'running', 'wrk_test', now(), now(), '{}')`,
		[runId, accountId, merchantId, connection.id, flowId],
	);
	await pool.query(
		`insert into "Exchange" ("id", "at", "accountId", "merchantId", "connectionId", "runId", "method", "url", "status", "durationMs", "packId", "place", "content")
		 values ($1, now(), $2, $3, $4, $5, 'POST', 'https://shop.example/admin-api', 200, 12, $1, 0, $6)`,
		[exchangeId, accountId, merchantId, connection.id, runId, gzipSync(JSON.stringify([content]))],
	);
	await pool.query(
		`insert into "InventoryLevel" ("accountId", "merchantId", "connectionId", "location", "sku", "available", "availableStated", "onHand", "locked", "incoming", "takenAt")
		 values ($1, $2, $3, 'main', 'TEE', 7, true, 9, 2, 0, now())`,
		[accountId, merchantId, connection.id],
	);
	await pool.query(
		`insert into "ProductDetail" ("accountId", "merchantId", "connectionId", "sku", "externalId") values ($1, $2, $3, 'TEE', '7')`,
		[accountId, merchantId, connection.id],
	);
	await pool.query(
		`insert into "Alert" ("id", "accountId", "merchantId", "connectionId", "cause", "code", "sentence", "firstSeenAt", "lastSeenAt")
		 values ($1, $2, $3, $4, $1, 'needs-reconnect', 'Shop no longer accepts the access details.', now(), now())`,
		[alertId, accountId, merchantId, connection.id],
	);
	const [apiKeyId, shareLinkId] = [newId("key"), newId("shl")];
	await pool.query(
		`insert into "ApiKey" ("id", "accountId", "merchantId", "name", "permissions", "prefix", "tokenHash", "createdById", "createdByName")
		 values ($1, $2, $3, 'Key', '{orders:read}', 'cd_abcdef', $1, 'usr_test', 'Tester')`,
		[apiKeyId, accountId, merchantId],
	);
	await pool.query(
		`insert into "ShareLink" ("id", "accountId", "merchantId", "connectionId", "email", "tokenHash", "expiresAt", "createdById", "createdByEmail")
		 values ($1, $2, $3, $4, 'brand@people.test', $1, now() + interval '7 days', 'usr_test', 'staff@people.test')`,
		[shareLinkId, accountId, merchantId, connection.id],
	);
	const exportId = newId("exp");
	await pool.query(
		`insert into "Export" ("id", "accountId", "merchantId", "state", "endedAt", "expiresAt") values ($1, $2, $3, 'done', now(), now() + interval '7 days')`,
		[exportId, accountId, merchantId],
	);
	const accountLinkId = newId("lnk");
	await pool.query(
		`insert into "AccountLink" ("id", "fulfillmentAccountId", "email", "tokenHash", "invitedById", "invitedByName", "invitedBySide", "expiresAt")
		 values ($1, $2, $1 || '@people.test', $1, 'usr_test', 'Tester', 'fulfillment', now() + interval '7 days')`,
		[accountLinkId, accountId],
	);
	const purchaseOrderId = await insertPurchaseOrder({ accountId, merchantId, connectionId: connection.id });
	const bulkId = newId("blk");
	await pool.query(
		`insert into "BulkOperation" ("id", "accountId", "merchantId", "verb", "state", "orderIds", "changedIds", "asker", "endedAt")
		 values ($1, $2, $3, 'hold', 'done', $4, $4, '{"actor": {"type": "user", "id": "usr_test"}}', now())`,
		[bulkId, accountId, merchantId, [orderId]],
	);
	const viewId = newId("viw");
	await pool.query(
		`insert into "OrderView" ("id", "accountId", "ownerId", "ownerName", "name", "filter", "columns", "shared", "updatedAt")
		 values ($1, $2, 'usr_test', 'Tester', $1, $3, '{number,status}', true, now())`,
		[viewId, accountId, { merchantId }],
	);
	await pool.query(
		`insert into "ShipMethodMapping" ("id", "accountId", "merchantId", "connectionId", "code", "createdAt", "updatedAt")
		 values ($1, $2, $3, $4, 'ground', now(), now())`,
		[newId("shm"), accountId, merchantId, connection.id],
	);
	const changeId = newId("itc");
	await pool.query(
		`insert into "ItemAlias" ("id", "accountId", "merchantId", "name", "code", "sku") values ($1, $2, $3, 'UPC', $1, 'TEE')`,
		[newId("itm"), accountId, merchantId],
	);
	await pool.query(
		`insert into "ItemChange" ("id", "accountId", "merchantId", "rows", "byName") values ($1, $2, $3, '[]', 'Tester')`,
		[changeId, accountId, merchantId],
	);
	const versionId = await createRules({ accountId, merchantId, orderId });
	const testId = newId("tst");
	const warehouse = await createTestConnection(owner, {
		...{ connectorKey: "rest-destination", side: "destination", name: "Warehouse of the test" },
		...{ settings: { baseUrl: "http://127.0.0.1:9", secret: "token-0123" }, secret: ["secret"] },
	});
	await pool.query(
		`insert into "IntegrationTest" ("id", "accountId", "merchantId", "sourceId", "destinationId", "state", "flows", "startedAt", "startedByName")
		 values ($1, $2, $3, $4, $5, 'running', '{orders}', now(), 'Tester')`,
		[testId, accountId, merchantId, connection.id, warehouse.id],
	);
	const stockChangeId = newId("src");
	await pool.query(
		`insert into "StockRule" ("accountId", "merchantId", "connectionId", "sku", "cap") values ($1, $2, $3, 'TEE', 5)`,
		[accountId, merchantId, connection.id],
	);
	await pool.query(
		`insert into "StockRuleChange" ("id", "accountId", "merchantId", "rows", "byName") values ($1, $2, $3, '[]', 'Tester')`,
		[stockChangeId, accountId, merchantId],
	);
	await pool.query(
		`insert into "InventoryDay" ("accountId", "merchantId", "connectionId", "location", "sku", "day", "available", "onHand", "locked", "incoming")
		 values ($1, $2, $3, 'main', 'TEE', current_date, 7, 9, 2, 0)`,
		[accountId, merchantId, connection.id],
	);
	const ids = {
		versionId,
		testId,
		warehouseId: warehouse.id,
		viewId,
		bulkId,
		changeId,
		stockChangeId,
		accountLinkId,
		exportId,
		credentialId,
		flowId,
		orderId,
		purchaseOrderId,
		runId,
		exchangeId,
		alertId,
		apiKeyId,
		shareLinkId,
	};
	const hook = await createWebhookThings(tenant);
	const people = await createPeople(accountId, merchantId);
	return { accountId, merchantId, connectionId: connection.id, ...ids, ...hook, ...people };
}

/** A published version of rules, and what it decided about an order. */
async function createRules({ accountId, merchantId, orderId }: Record<"accountId" | "merchantId" | "orderId", string>) {
	const pool = systemPool();
	const versionId = newId("rlv");
	await pool.query(
		`insert into "RuleVersion" ("id", "accountId", "merchantId", "number", "rules", "publishedBy") values ($1, $2, $3, 1, '[]', 'Tester')`,
		[versionId, accountId, merchantId],
	);
	await pool.query(`insert into "RuleSet" ("accountId", "merchantId", "publishedId") values ($1, $2, $3)`, [
		accountId,
		merchantId,
		versionId,
	]);
	await pool.query(
		`insert into "OrderRuling" ("accountId", "merchantId", "orderId", "versionId", "facts", "outcomes", "result", "decidedAt")
		 values ($1, $2, $3, $4, '{}', '[]', '{}', now())`,
		[accountId, merchantId, orderId, versionId],
	);
	return versionId;
}

async function createWebhookThings(tenant: TestTenant) {
	const { accountId } = tenant;
	const [webhookId, deliveryId] = [newId("whk"), newId("whd")];
	const secret = { secret: `whsec_${Buffer.alloc(24, 1).toString("base64")}` };
	const seal = await transact(tenant.scope, (tx) => sealed(tx, accountId, `webhook:${webhookId}`, secret));
	await systemPool().query(
		`insert into "WebhookEndpoint" ("id", "accountId", "url", "events", "sealed", "createdByName")
		 values ($1, $2, 'https://hooks.example/in', '{alert.opened}', $3, 'Tester')`,
		[webhookId, accountId, seal],
	);
	await systemPool().query(
		`insert into "WebhookDelivery" ("id", "accountId", "endpointId", "event", "body", "dueAt", "createdAt")
		 values ($1, $2, $3, 'webhook.test', '{}', now(), now())`,
		[deliveryId, accountId, webhookId],
	);
	return { webhookId, deliveryId };
}

/** Somebody of the merchant, and somebody who is invited. */
export async function createPeople(accountId: string, merchantId: string) {
	const pool = systemPool();
	const [userId, membershipId, invitationId] = [newId("usr"), newId("mem"), newId("inv")];
	await pool.query(`insert into "User" ("id", "email") values ($1, $2)`, [userId, `${userId}@people.test`]);
	await pool.query(
		`insert into "Membership" ("id", "accountId", "userId", "role", "merchantId") values ($1, $2, $3, 'operator', $4)`,
		[membershipId, accountId, userId, merchantId],
	);
	await pool.query(
		`insert into "Invitation" ("id", "accountId", "email", "role", "merchantId", "tokenHash", "invitedBy", "expiresAt")
		 values ($1, $2, $3, 'viewer', $4, $1, $5, now() + interval '7 days')`,
		[invitationId, accountId, `${invitationId}@people.test`, merchantId, userId],
	);
	return { membershipId, invitationId };
}

const document = {
	sourceId: "src-1",
	number: "1001",
	sourceStatus: "PaymentSettled",
	placedAt: "2026-03-01T10:00:00.000Z",
	shipTo: { name: "Ann Example", line1: "1 Main St", city: "Springfield", country: "US" },
	shipping: { code: "ground", name: "Ground" },
	lines: [{ sourceLineId: "1", sku: "TEE", quantity: 1 }],
};

const content = { requestHeaders: {}, requestBody: "{}", answerHeaders: {}, answerBody: "{}" };
