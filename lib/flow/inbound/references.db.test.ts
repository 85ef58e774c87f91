import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type ExtensivSandbox, startExtensivSandbox } from "@/lib/connectors/extensiv-3pl/sandbox";
import { type OmSandbox, startOmSandbox } from "@/lib/connectors/extensiv-om/sandbox";
import type { StoredPurchaseOrder } from "@/lib/connectors/extensiv-om/sandbox/purchase-book";
import { connectWarehouse } from "@/lib/testing/connect";
import { testDatabase } from "@/lib/testing/database";
import { createTestConnection, createTestTenant, runFlow, type TestTenant } from "@/lib/testing/tenant";

testDatabase();

let om: OmSandbox;
let warehouse: ExtensivSandbox;
let tenant: TestTenant;
let wms: Awaited<ReturnType<typeof connectWarehouse>>;

beforeAll(async () => {
	warehouse = await startExtensivSandbox();
	for (const sku of ["TEE", "MUG"]) warehouse.store.addItem(sku);
});
afterAll(() => warehouse.close());
beforeEach(async () => {
	warehouse.faults.clear();
	om = await startOmSandbox({ quotas: false });
	tenant = await createTestTenant();
	wms = await connectWarehouse(tenant, warehouse);
	return () => om.close();
});

function connect(options: object = {}) {
	const about = { connectorKey: "extensiv-om", side: "source", name: "Order Manager", options } as const;
	return createTestConnection(tenant, { ...about, settings: om.settings, secret: ["apiToken"] });
}
const number = () => `PO-${crypto.randomUUID().slice(0, 8)}`;
const expect100 = (lines = [{ sku: "TEE", quantity: 100 }]) => om.store.purchases.place({ number: number(), lines });
const alerts = async () =>
	(await tenant.sql<{ code: string }>(`select "code" from "Alert" where "resolvedAt" is null order by 1`)).map(
		({ code }) => code,
	);
function receiverOf({ number: of }: StoredPurchaseOrder) {
	const receiver = warehouse.store.dock.find(of);
	if (!receiver) throw new Error(`the warehouse does not know ${of}`);
	return receiver;
}
/** Everything on its way goes on: receipts are picked up and told. */
async function carryBack(cart: Awaited<ReturnType<typeof connect>>) {
	await runFlow(tenant, wms, "receipts/fetch");
	return runFlow(tenant, cart, "receipts/upload");
}
async function announce(cart: Awaited<ReturnType<typeof connect>>) {
	await runFlow(tenant, cart, "purchase-orders/download");
	return runFlow(tenant, wms, "purchase-orders/deliver");
}

describe("references of a purchase order", () => {
	const setOptions = (options: object) =>
		tenant.sql(`update "Connection" set "options" = $2 where "id" = $1`, [wms.id, options]);

	it("are told to the warehouse in its fields, and its page says what was cut", async () => {
		const cart = await connect();
		await setOptions({
			purchaseNoteTemplate: "{{number}} from {{supplier}}",
			purchaseFields: "Carrier = {{kind}} by sea",
			purchaseLineFields: "Line = {{line.number}}: {{line.quantity}}",
			referenceLength: 8,
		});
		const placed = expect100();
		expect(await announce(cart)).toMatchObject({ state: "done", counts: { created: 1 } });
		const receiver = receiverOf(placed);
		expect(receiver).toMatchObject({
			carrier: "purchase",
			items: [{ savedElements: [{ name: "Line", value: "1: 100" }] }],
		});
		expect(receiver.notes).toMatch(new RegExp(`^${placed.number} from `));
		const [told] = await tenant.sql<{ note: string }>(
			`select "facts" ->> 'note' as "note" from "PurchaseOrderEvent" where "kind" = 'references-told'`,
		);
		expect(told?.note).toMatch(/carrier: purchase \(cut to 8 characters\); Line of line 1: 1: 100$/);
		await carryBack(cart);
		expect(await alerts()).toEqual([]);
	});

	it("that are too long stop it before anything leaves, and it goes out once they fit", async () => {
		const cart = await connect();
		const purchaseLineFields = "Who = {{supplier}} {{number}} {{line.sku}}";
		await setOptions({ purchaseLineFields, referenceLength: 5, longReferences: "stop" });
		const placed = expect100();
		await announce(cart);
		expect(warehouse.store.dock.find(placed.number)).toBeUndefined();
		const [stopped] = await tenant.sql<{ problem: string }>(`select "problem" from "PurchaseOrder"`);
		expect(stopped?.problem).toMatch(/^Who of line 1 would have \d+ characters where the warehouse takes 5/);
		expect(await alerts()).toHaveLength(1);
		await setOptions({ purchaseLineFields });
		await tenant.sql(`update "PurchaseOrder" set "dueAt" = now() - interval '1 second'`);
		await runFlow(tenant, wms, "purchase-orders/deliver");
		expect(receiverOf(placed).items[0]?.savedElements).toMatchObject([{ name: "Who" }]);
		expect(await alerts()).toEqual([]);
	});
});
