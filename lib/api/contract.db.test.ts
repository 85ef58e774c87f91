import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { root } from "@/lib/db/root";
import { transact } from "@/lib/db/transact";
import { insertCredential } from "@/lib/services/connections/insert-connection";
import { testDatabase } from "@/lib/testing/database";
import { allEndpoints, type Endpoint } from "@/lib/testing/endpoints";
import { testJourney } from "@/lib/testing/journey";
import { openMailbox } from "@/lib/testing/mailbox";
import { callApi, createTestPerson, type TestPerson } from "@/lib/testing/people";
import { insertPurchaseOrder } from "@/lib/testing/purchase-orders";
import { createTestTenant, runFlow } from "@/lib/testing/tenant";
import { createPeople } from "@/lib/testing/things";

const mailbox = await openMailbox();
afterAll(() => mailbox.close());
testDatabase({ SMTP_URL: mailbox.url });
const journey = testJourney();
let owner: TestPerson;
let ids: Record<string, string>;
let badOrder: object;
let linkToken: string;
let shareLink: { authorization: string };

/** What is only read serves the next test as well: making everything takes a second. */
let untouched = false;

/** One of everything, made as it is made in earnest: an order that came back, one that was refused, and stock. */
beforeEach(async () => {
	if (untouched) return;
	untouched = true;
	const { tenant, cart, wms } = journey;
	owner = await createTestPerson({ accountId: tenant.accountId, role: "owner" });
	const back = journey.place();
	const bad = journey.place([{ sku: "UNKNOWN-SKU", quantity: 1 }]);
	await journey.download();
	await journey.deliver();
	journey.shop.store.touch(journey.place(), new Date(Date.now() - 7_200_000));
	await runFlow(tenant, cart, "orders/reconcile");
	await runFlow(tenant, wms, "inventory/fetch");
	await runFlow(tenant, wms, "products/fetch");
	await runFlow(tenant, cart, "inventory/upload");
	await journey.ship(back.code);
	await tenant.sql(`update "Order" set "ruleTags" = '{vip}' where "number" = $1`, [back.code]);
	const { connectorKey, values, secret } = credential();
	const credentialId = await transact({ ...tenant.scope, merchantId: "" }, (tx) =>
		insertCredential(tx, { accountId: tenant.accountId, connectorKey, name: "Ours", settings: values, secret }),
	);
	const one = async (text: string) => (await tenant.sql<{ id: string }>(text))[0]?.id ?? "";
	const made = (path: string, body: object) => owner.call("POST", `/accounts/${tenant.accountId}/${path}`, body);
	const key = await made("api-keys", { name: "Robot", permissions: ["orders:read"], expiresInDays: null });
	const link = await made(`connections/${cart.id}/share-links`, { email: "brand@people.test" });
	shareLink = { authorization: `ShareLink ${link.body.url.split("/").at(-1)}` };
	const asked = await made("links", { email: "brand@people.test" });
	linkToken = await tokenOfBrand();
	const { invitationId } = await createPeople(tenant.accountId, tenant.merchantId);
	const hook = await made("webhooks", { url: "https://hooks.example/in", events: ["alert.opened"] });
	const delivery = await made(`webhooks/${hook.body.id}/test`, {});
	const second = await createTestPerson({ accountId: tenant.accountId, role: "owner" });
	ids = {
		apiKeyId: key.body.id,
		shareLinkId: link.body.id,
		webhookId: hook.body.id,
		deliveryId: delivery.body.id,
		accountLinkId: asked.body.id,
		invitationId,
		membershipId: (await root().membership.findFirst({ where: { userId: second.userId } }))?.id ?? "",
		sessionId: await sessionOf(owner),
		accountId: tenant.accountId,
		merchantId: tenant.merchantId,
		connectionId: cart.id,
		credentialId,
		flowId: cart.flows["orders/download"] ?? "",
		orderId: await journey.orderIdOf(back.code),
		badOrderId: await journey.orderIdOf(bad.code),
		runId: await one(`select "id" from "Run" where "job" = 'orders/deliver'`),
		exchangeId: await one(`select "id" from "Exchange" order by "id" desc limit 1`),
		alertId: await one(`select "id" from "Alert"`),
		purchaseOrderId: await insertPurchaseOrder({ ...tenant, connectionId: cart.id }),
		bulkId: "",
		viewId: "",
		testId: "",
		wmsId: wms.id,
		number: back.code,
	};
	const found = await owner.call("GET", `/accounts/${tenant.accountId}/orders/${ids.badOrderId}`);
	const { shipTo, sourceChangedAt, lines } = found.body;
	const line = ({ id, sku, quantity }: Record<string, unknown>) => ({ id, sku, quantity });
	badOrder = { shipTo, sourceChangedAt, lines: lines.map(line) };
	const bulk = await made("bulk-operations", { verb: "hold", orderIds: [ids.badOrderId] });
	ids.bulkId = bulk.body.id;
	const view = await made("order-views", { name: "Mine", filter: {}, columns: ["number"] });
	ids.viewId = view.body.id;
	const test = await made("integration-tests", { sourceId: cart.id, destinationId: wms.id });
	ids.testId = test.body.id;
});

/** A brand with an account of its own asks ours for a link. */
async function tokenOfBrand(): Promise<string> {
	const brand = await createTestTenant("Brand");
	await root().account.updateMany({ where: { id: brand.accountId }, data: { kind: "merchant" } });
	const person = await createTestPerson({ accountId: brand.accountId, role: "owner" });
	const { body } = await person.call("POST", `/accounts/${brand.accountId}/links`, { email: "boss@people.test" });
	return new URL(body.url).searchParams.get("token") ?? "";
}

async function sessionOf(person: TestPerson): Promise<string> {
	return (await person.call("GET", "/me/sessions")).body.items[0].id;
}

function credential() {
	const { baseUrl, clientId, clientSecret, tplKey, userLoginId } = journey.warehouse.settings;
	const values = { baseUrl, clientId, clientSecret, tplKey, userLoginId };
	return { connectorKey: "extensiv-3pl", values, secret: ["clientSecret", "tplKey"] };
}

/** For each endpoint that takes more than ids: its body, its query, and what must be done before. */
const given: Record<string, () => { body?: object; query?: string; order?: "bad"; before?: string }> = {
	"people.createAccount": () => ({ body: { name: "New account", kind: "fulfillment", timeZone: "UTC" } }),
	"orders.find": () => ({ query: "?query=TEE" }),
	"orders.explainMissing": () => ({ body: { number: "NO-SUCH" } }),
	"orders.pull": () => ({ body: { sourceId: "NO-SUCH" } }),
	"orders.hold": () => ({ order: "bad", body: { reason: "wait" } }),
	"orders.release": () => ({ order: "bad", before: "orders.hold" }),
	"orders.resend": () => ({ order: "bad" }),
	"orders.cancelSending": () => ({ order: "bad" }),
	"orders.enableSending": () => ({ order: "bad", before: "orders.cancelSending" }),
	"orderChanges.edit": () => ({ order: "bad", body: { ...edit(), note: "Leave at the door" } }),
	"orderChanges.undoEdit": () => ({ order: "bad", before: "orderChanges.edit" }),
	"orderChanges.markDelivered": () => ({ order: "bad", body: { number: "PAPER-1", reason: "Sent by mail" } }),
	"orderChanges.undoMark": () => ({ order: "bad", before: "orderChanges.markDelivered" }),
	"purchaseOrders.enableSending": () => ({ before: "purchaseOrders.cancelSending" }),
	"bulk.preview": () => ({ body: { verb: "hold", filter: { state: "error" } } }),
	"bulk.start": () => ({ body: { verb: "hold", orderIds: [ids.badOrderId] } }),
	"orderViews.list": () => ({ before: "orderViews.update" }),
	"orderViews.create": () => ({
		body: { name: "Late", filter: { state: "error", days: 7 }, columns: ["number", "total"] },
	}),
	"orderViews.update": () => ({ body: { name: "Later", shared: true } }),
	"merchants.create": () => ({ body: { name: "Second" } }),
	"merchants.rename": () => ({ body: { name: "Renamed" } }),
	"connections.create": () => ({ body: shop() }),
	"connections.update": () => ({ body: { name: "Shop", values: {} } }),
	"connections.test": () => ({ body: shop() }),
	"connections.choices": () => ({ body: { ...shop(), choices: "locations" } }),
	"connections.preview": () => ({ body: { ...shop(), ...mapped, number: ids.number } }),
	"connections.previewReferences": () => ({
		body: { merchantId: journey.tenant.merchantId, connectorKey: "extensiv-3pl", number: ids.number },
	}),
	"connections.resume": () => ({ before: "connections.pause" }),
	"goLive.goLive": () => ({ body: {}, before: "goLive.backToTest" }),
	"integrationTests.create": () => ({ body: { sourceId: ids.connectionId, destinationId: ids.wmsId } }),
	"integrationTests.name": () => ({ body: { flow: "stock", subject: "TEE" } }),
	"integrationTests.sendReport": () => ({ body: { emails: ["brand@people.test"] } }),
	"connections.schedule": () => ({ body: { schedule: { mode: "daily", dailyAt: 60 }, paused: false } }),
	"credentials.create": () => ({ body: { ...credential(), secret: undefined, name: "More" } }),
	"credentials.update": () => ({ body: { name: "Ours too", values: {} } }),
	"people.changeRole": () => ({ body: { role: "viewer" } }),
	"invitations.create": () => ({ body: { email: "new@people.test", role: "viewer" } }),
	"me.update": () => ({ body: { name: "Robin" } }),
	"secondFactor.demand": () => ({ body: { demanded: false } }),
	"audit.list": () => ({ before: "merchants.rename" }),
	"inventory.explain": () => ({ query: "?sku=TEE" }),
	"apiKeys.create": () => ({ body: { name: "Second", permissions: ["orders:read"], expiresInDays: 30 } }),
	"apiKeys.rotate": () => ({ body: { overlapHours: 1 } }),
	"shareLinks.invite": () => ({ body: { ...shop(), name: "Asked for", email: "brand@people.test" } }),
	"shareLinks.create": () => ({ body: { email: "brand@people.test" } }),
	"privacy.previewRetention": () => ({ body: { days: 30 } }),
	"privacy.setRetention": () => ({ body: { days: 30 } }),
	"privacy.previewSource": () => ({ body: { days: 30 } }),
	"privacy.setSource": () => ({ body: { days: null } }),
	"privacy.previewErasure": () => ({ body: { by: "email", value: "ann@example.test" } }),
	"privacy.erase": () => ({ body: { by: "phone", value: "775 555 0101" } }),
	"shipMethods.get": () => ({}),
	"shipMethods.preview": () => ({ body: { changes: [{ code: "ECO*", action: "pass" }] } }),
	"shipMethods.save": () => ({
		body: { changes: [{ code: "ECO*", action: "map", carrier: "UPS", service: "Ground" }] },
	}),
	"shipMethods.importFile": () => ({ body: { text: "Code,Becomes\nECO,passed through", apply: true } }),
	"carriers.try": () => ({ body: { carrier: "FDX", trackingNumber: "TBA123456789012" } }),
	"carriers.save": () => ({
		body: { changes: [{ direction: "out", from: { carrier: "FEDEX" }, to: { carrier: "FedEx" } }] },
	}),
	"filters.preview": () => ({ body: { filters: usOnly } }),
	"filters.save": () => ({ body: { version: 0, filters: usOnly } }),
	"filters.restore": () => ({ body: { version: 0 } }),
	"filters.importItems": () => ({ body: { text: "Item code\nGIFT", type: "blacklist" } }),
	"rules.saveDraft": () => ({ body: { rules: [], revision: 0 } }),
	"rules.test": () => ({ body: { rules: [tagAll], last: 10 } }),
	"items.preview": () => ({ body: { rows: [alias] } }),
	"items.save": () => ({ body: { rows: [alias] } }),
	"items.list": () => ({ before: "items.save", query: "?kind=alias" }),
	"items.importFile": () => ({ body: { kind: "alias", text: "Type,Code,Warehouse SKU\nUPC,049,TEE" } }),
	"stockRules.preview": () => ({ body: { rows: [stockRule()] } }),
	"stockRules.save": () => ({ body: { rows: [stockRule()] } }),
	"stockRules.listSkus": () => ({ before: "stockRules.save" }),
	"stockRules.importFile": () => ({ body: { text: "SKU,Cart,Safety stock,Cap\nTEE,Shop,2,5" } }),
	"reconcile.fix": () => ({ body: { kind: "missing-here" } }),
	"alerts.snooze": () => ({ body: { until: new Date(Date.now() + 3_600_000).toISOString() } }),
	"alerts.assign": () => ({ body: { membershipId: "me" } }),
	"alerts.comment": () => ({ body: { text: "Called the shop." } }),
	"notifications.update": () => ({ body: { ...mails, quiet: { from: 1320, to: 360 } } }),
	"webhooks.create": () => ({ body: { url: "https://hooks.example/more", events: ["alert.resolved"] } }),
	"webhooks.update": () => ({ body: { enabled: false } }),
	"watch.update": () => ({ body: { limits: [{ status: "new", restMinutes: 90 }] } }),
	"accountLinks.invite": () => ({ body: { email: "other@people.test" } }),
	"accountLinks.accept": () => ({ body: { token: linkToken } }),
	"connect.test": () => ({ body: { values: journey.shop.settings } }),
	"connect.choices": () => ({ body: { choices: "locations", values: journey.shop.settings } }),
	"connect.save": () => ({ body: { values: journey.shop.settings } }),
};
/** The order that was refused, as it is. */
const edit = () => ({ ...badOrder, reason: "", shipping: { code: "", name: "Ground" } });
const mails = { atOnce: true, digest: "hourly", digestAt: 480, mutedMerchantIds: [] };
const usOnly = { orders: [{ field: "country", type: "required", values: ["USA"] }] };
const stockRule = () => ({ kind: "sku", connectionId: ids.connectionId, sku: "TEE", safetyStock: 2 });
const tagAll = {
	...{ id: "r1", name: "All", rank: 1, on: true, actions: [{ do: "tag", tag: "all" }] },
	when: { kind: "group", mode: "all", conditions: [] },
};
const alias = { kind: "alias", name: "UPC", code: "049", sku: "TEE" };
/** What is made is answered with 201. */
const makes = ["people.createAccount", "shareLinks.invite", "accountLinks.invite"];
const shop = () => ({
	merchantId: journey.tenant.merchantId,
	connectorKey: "vendure",
	side: "source",
	name: "Another",
	values: journey.shop.settings,
});

/** Asks nobody: it shows what would be sent. */
const values = { baseUrl: "http://127.0.0.1:9", secret: "token-0123" };
const mapped = { connectorKey: "rest-destination", side: "destination", values };

/** What asks for the leave to change things and changes nothing: it tries, shows, asks a partner, or finds all as it is. */
const changesNothing = [
	...["connections.test", "connections.choices", "connections.preview", "connections.previewReferences"],
	...["filters.preview", "items.preview"],
	...["stockRules.preview", "bulk.preview", "privacy.previewRetention", "privacy.previewSource"],
	...["privacy.previewErasure", "shipMethods.refresh", "filters.restore", "secondFactor.demand"],
	...["stockRules.importFile", "filters.importItems", "items.importFile"],
];
/** How many entries the audit log held before the last call. */
let notedBefore = 0;
const noted = () => root().auditEntry.count({ where: { accountId: ids.accountId ?? "" } });

async function call(endpoint: Endpoint): Promise<Awaited<ReturnType<TestPerson["call"]>>> {
	const { body, query = "", order, before } = given[endpoint.name]?.() ?? {};
	const first = allEndpoints.find(({ name }) => name === before);
	if (first) expect((await call(first)).status).toBe(200);
	const all: Record<string, string> = { ...ids, ...(order === "bad" && { orderId: ids.badOrderId ?? "" }) };
	const path = endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) => all[name] ?? "missing");
	const sent = endpoint.method === "GET" ? undefined : (body ?? {});
	notedBefore = await noted();
	if (endpoint.audience === "shareLink") return callApi(shareLink, endpoint.method, path, sent);
	return owner.call(endpoint.method, path + query, sent);
}

/** One needs a run under way, some answer with a file, and these an app or a passkey; all have tests of their own. */
const apart = [
	...["runs.stop", "privacy.download", "bulk.undo", "orderChanges.dealWithChange"],
	...allEndpoints.filter(({ method, path }) => method === "GET" && path.endsWith("/export")).map(({ name }) => name),
	...["rules.publish", "rules.restore", "rules.version", "rules.versions"],
	...["orderChanges.dealWithCancellation", "items.undo", "shipMethods.exportFile", "filters.skipped"],
	...["purchaseOrders.resendReceipts", "integrationTests.sendOrder"],
	"stockRules.undo",
	...["orderChanges.acceptAddress", "orderChanges.keepAddress", "orderChanges.undoKeepAddress"],
	...["backorders.list", "backorders.sendAvailable", "backorders.sendInFull", "backorders.closeShipped"],
	...allEndpoints.filter(({ path }) => path.startsWith("/me/second-factor/")).map(({ name }) => name),
];

describe("every endpoint answers as its contract says", () => {
	const readsFirst = (endpoint: Endpoint) => (endpoint.method === "GET" ? 0 : 1);
	const here = allEndpoints.filter(({ name }) => !apart.includes(name));
	it.each(here.sort((a, b) => readsFirst(a) - readsFirst(b)))("$name", async (endpoint) => {
		untouched = endpoint.method === "GET";
		const answer = await call(endpoint);
		expect(answer.status, JSON.stringify(answer.body)).toBe(
			endpoint.name.endsWith("create") || makes.includes(endpoint.name) ? 201 : 200,
		);
		expect(endpoint.output?.safeParse(answer.body).error?.issues ?? []).toEqual([]);
		expect(endpoint.output).toBeDefined();
		const changes =
			endpoint.method !== "GET" && endpoint.audience === "account" && !endpoint.permission?.endsWith(":read");
		if (changes) expect((await noted()) > notedBefore, "noted").toBe(!changesNothing.includes(endpoint.name));
		if ("items" in answer.body) expect(answer.body.items.length, "a list with something in it").toBeGreaterThan(0);
	});

	it("runs.stop, while the run is under way and never after it", async () => {
		const stop = allEndpoints.find(({ name }) => name === "runs.stop");
		if (!stop) throw new Error("there is no way to stop a run");
		untouched = false;
		expect((await call(stop)).status).toBe(409);
		await journey.tenant.sql(`update "Run" set "state" = 'running', "endedAt" = null where "id" = $1`, [ids.runId]);
		const answer = await call(stop);
		expect(answer.status).toBe(200);
		expect(stop.output?.safeParse(answer.body).success).toBe(true);
	});
});
