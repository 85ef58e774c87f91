import { afterAll, beforeAll, beforeEach } from "vitest";
import { type ExtensivSandbox, startExtensivSandbox } from "@/lib/connectors/extensiv-3pl/sandbox";
import { startVendureSandbox, type VendureSandbox } from "@/lib/connectors/vendure/sandbox";
import { type Connected, connectShop, connectWarehouse } from "./connect";
import { createTestTenant, runFlow, type TestTenant } from "./tenant";

type Lines = { sku: string; quantity: number }[];

/** A shop and a warehouse for a whole test file, and a merchant of its own, connected to both, for each test. */
export interface TestJourney {
	shop: VendureSandbox;
	warehouse: ExtensivSandbox;
	tenant: TestTenant;
	cart: Connected;
	wms: Connected;
	/** Places a paid order of two TEE and one MUG, or of the lines given. */
	place(lines?: Lines): ReturnType<VendureSandbox["store"]["place"]>;
	download(): ReturnType<typeof runFlow>;
	deliver(): ReturnType<typeof runFlow>;
	/** The warehouse ships what it has of the order, we hear of it, and the cart is told. */
	ship(number: string): ReturnType<typeof runFlow>;
	statusOf(number: string): Promise<string | undefined>;
	orderIdOf(number: string): Promise<string>;
	/** How often the warehouse created the order. */
	created(number: string): number;
	atWarehouse(number: string): NonNullable<ReturnType<ExtensivSandbox["store"]["find"]>>;
}

/** Starts both sandboxes for the file. Needs `testDatabase()` before it; read its parts only inside tests. */
export function testJourney(): TestJourney {
	const journey = {} as TestJourney;
	beforeAll(async () => {
		const [shop, warehouse] = await Promise.all([startVendureSandbox(), startExtensivSandbox()]);
		for (const sku of ["TEE", "MUG"]) {
			shop.store.addProduct(sku, 50);
			warehouse.store.setStock(sku, 2, 40);
		}
		Object.assign(journey, { shop, warehouse, ...helpersOf(journey) });
	});
	afterAll(() => Promise.all([journey.shop.close(), journey.warehouse.close()]));
	beforeEach(async () => {
		const { shop, warehouse } = journey;
		shop.faults.clear();
		warehouse.faults.clear();
		warehouse.revoked.clear();
		const tenant = await createTestTenant();
		const cart = await connectShop(tenant, shop);
		Object.assign(journey, { tenant, cart, wms: await connectWarehouse(tenant, warehouse) });
		// Each test sees only its own orders: what earlier ones placed is closed in the shop.
		for (const order of shop.store.orders.values()) if (order.state !== "Shipped") shop.store.cancel(order);
	});
	return journey;
}

function helpersOf(journey: TestJourney) {
	const column = async (name: "id" | "status", number: string) =>
		(
			await journey.tenant.sql<{ value: string }>(`select "${name}" as "value" from "Order" where "number" = $1`, [
				number,
			])
		)[0]?.value;
	return {
		place: (
			lines: Lines = [
				{ sku: "TEE", quantity: 2 },
				{ sku: "MUG", quantity: 1 },
			],
		) => journey.shop.store.place({ lines }),
		download: () => runFlow(journey.tenant, journey.cart, "orders/download"),
		deliver: () => runFlow(journey.tenant, journey.wms, "orders/deliver"),
		ship: async (number: string) => {
			journey.warehouse.store.ship(journey.atWarehouse(number).readOnly.orderId);
			await runFlow(journey.tenant, journey.wms, "shipments/fetch");
			return runFlow(journey.tenant, journey.cart, "shipments/upload");
		},
		statusOf: (number: string) => column("status", number),
		orderIdOf: async (number: string) => (await column("id", number)) ?? missing(`order ${number} was not loaded`),
		created: (number: string) =>
			journey.warehouse.store.ledger.filter((entry) => entry.kind === "created" && entry.referenceNum === number)
				.length,
		atWarehouse: (number: string) =>
			journey.warehouse.store.find(number) ?? missing(`order ${number} is not at the warehouse`),
	};
}

function missing(what: string): never {
	throw new Error(what);
}
