import type { Endpoint } from "./endpoints";
import type { Things } from "./things";

/** A body that is in order, so that only the foreign id can be the reason for a refusal. */
function bodies(things: Things): Record<string, object> {
	const connection = {
		merchantId: things.merchantId,
		connectorKey: "vendure",
		values: { apiUrl: "http://127.0.0.1:9/admin-api", apiKey: "key" },
	};
	const mapping = { kind: "mapping", connectionId: things.connectionId, code: "A", sku: "B" };
	const stockRule = { kind: "sku", connectionId: things.connectionId, sku: "TEE", cap: 5 };
	return {
		"merchants.rename": { name: "New name" },
		"shipMethods.preview": { changes: [{ code: "ECO", action: "pass" }] },
		"shipMethods.save": { changes: [{ code: "ECO", action: "pass" }] },
		"shipMethods.importFile": { text: "Code,Becomes\nECO,passed through", apply: true },
		"carriers.try": { carrier: "FDX" },
		"carriers.save": { changes: [{ direction: "out", from: { carrier: "FEDEX" }, to: { carrier: "FedEx" } }] },
		"filters.preview": { filters: {} },
		"filters.save": { version: 0, filters: { orders: [{ field: "country", type: "required", values: ["USA"] }] } },
		"filters.restore": { version: 0 },
		"filters.importItems": { text: "Item code\nGIFT", type: "blacklist", apply: true },
		"rules.saveDraft": { rules: [], revision: 0 },
		"rules.test": { last: 10 },
		"rules.publish": { revision: 0 },
		"items.preview": { rows: [mapping] },
		"items.save": { rows: [mapping] },
		"items.importFile": { kind: "mapping", connectionId: things.connectionId, text: "Cart code,Warehouse SKU\nA,B" },
		"integrationTests.create": { sourceId: things.connectionId, destinationId: things.warehouseId },
		"integrationTests.name": { flow: "orders", subject: "1001" },
		"integrationTests.sendReport": { emails: ["brand@people.test"] },
		"stockRules.preview": { rows: [stockRule] },
		"stockRules.save": { rows: [stockRule] },
		"stockRules.importFile": { text: "SKU,Cart,Cap\nTEE,Shop,5" },
		"connections.create": { ...connection, side: "source", name: "Another" },
		"connections.update": { values: {} },
		"connections.test": connection,
		"connections.choices": { ...connection, side: "source", choices: "locations" },
		"connections.preview": { ...connection, side: "source" },
		"connections.previewReferences": { merchantId: things.merchantId, connectorKey: "extensiv-3pl", number: "none" },
		"connections.schedule": { paused: true },
		"credentials.update": { values: {} },
		"people.changeRole": { role: "viewer", merchantId: things.merchantId },
		"invitations.create": { email: "new@people.test", role: "viewer", merchantId: things.merchantId },
		"orders.explainMissing": { number: "1001" },
		"orders.pull": { sourceId: "src-1" },
		"orderChanges.edit": {
			shipTo: {
				...{ name: "Ann Example", company: "", line1: "1 Main St", line2: "", city: "Springfield" },
				...{ region: "", postalCode: "", country: "US", phone: "", email: "" },
			},
			...{ shipping: { code: "", name: "Ground" }, note: "", lines: [], sourceChangedAt: new Date().toISOString() },
		},
		"orderChanges.markDelivered": { number: "P-1", reason: "Sent by mail" },
		"bulk.preview": { verb: "hold", orderIds: [things.orderId] },
		"bulk.start": { verb: "hold", orderIds: [things.orderId] },
		"apiKeys.create": {
			name: "Robot",
			merchantId: things.merchantId,
			connectionId: things.connectionId,
			permissions: ["orders:read"],
			expiresInDays: null,
		},
		"shareLinks.invite": {
			merchantId: things.merchantId,
			connectorKey: "vendure",
			name: "Asked for",
			email: "brand@people.test",
		},
		"privacy.previewSource": { days: 30 },
		"privacy.setSource": { days: 30 },
		"privacy.previewErasure": { by: "number", value: "1001", merchantId: things.merchantId },
		"privacy.erase": { by: "number", value: "1001", merchantId: things.merchantId },
		"reconcile.fix": { kind: "missing-here" },
		"alerts.snooze": { until: new Date(Date.now() + 3_600_000).toISOString() },
		"alerts.assign": { membershipId: things.membershipId },
		"orderViews.create": { name: "Late", filter: { merchantId: things.merchantId }, columns: ["number"] },
		"orderViews.update": { name: "Later" },
		"alerts.comment": { text: "Called the shop." },
		"shareLinks.create": { email: "brand@people.test" },
	};
}

/** Bodies that name nothing of an account. */
const plainBodies: Record<string, object> = {
	"accountLinks.invite": { email: "brand@people.test" },
	"accountLinks.accept": { token: "no such token" },
	"notifications.update": { atOnce: true, digest: "daily", digestAt: 480, quiet: null, mutedMerchantIds: [] },
	"webhooks.create": { url: "https://hooks.example/in", events: ["alert.opened"] },
	"watch.update": { limits: [] },
};

/** Whether an endpoint's path or body names a thing of an account. */
export function namesThing({ name, path }: Endpoint): boolean {
	return /\{(?!accountId)/.test(path) || name in bodies({} as Things);
}

export function addressOf(endpoint: Endpoint, accountId: string, things: Things): string {
	const filled = endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) =>
		name === "accountId" ? accountId : String(Reflect.get(things, name)),
	);
	return `${filled}${queries[endpoint.name] ?? ""}`;
}

const queries: Record<string, string> = { "inventory.explain": "?sku=TEE", "orders.find": "?query=1001" };

export function bodyOf(endpoint: Endpoint, things: Things): object | undefined {
	if (endpoint.method === "GET" || endpoint.method === "DELETE") return undefined;
	return bodies(things)[endpoint.name] ?? plainBodies[endpoint.name] ?? {};
}
