import { z } from "zod";
import { validation } from "./answers";
import type { Customer, StoredOrder, WarehouseStore } from "./store";

/** What POST /orders insists on, checked in the order in which the real system complains. */
const savedElements = z.array(z.strictObject({ name: z.string().min(1), value: z.string() })).default([]);
const line = z.object({
	itemIdentifier: z.object({ sku: z.string() }),
	qty: z.number(),
	externalId: z.string().nullish(),
	notes: z.string().nullish(),
	savedElements,
});
const body = z.object({
	customerIdentifier: z.object({ id: z.number() }),
	facilityIdentifier: z.object({ id: z.number() }),
	referenceNum: z.string().min(1),
	poNum: z.string().nullish(),
	notes: z.string().nullish(),
	orderType: z.enum(["B2B", "D2C", "AmazonFBA"]).nullish(),
	savedElements,
	routingInfo: z.record(z.string(), z.unknown()).default({}),
	shipTo: z.record(z.string(), z.unknown()),
	orderItems: z.array(line).min(1),
});

/** Property names as the system spells them in its errors. */
const names: Record<string, string> = {
	customerIdentifier: "CustomerIdentifier",
	facilityIdentifier: "FacilityIdentifier",
	referenceNum: "ReferenceNum",
	shipTo: "ShipTo",
	orderItems: "OrderItems",
	orderType: "OrderType",
};

export function createOrder(store: WarehouseStore, raw: unknown): { order: StoredOrder } | { refused: object } {
	const checked = check(store, raw);
	if ("refused" in checked) return checked;
	const { given, customer, facility } = checked;
	if (store.refusesDoubles && customer.byReference.has(given.referenceNum))
		return { refused: validation("Duplicate", "ReferenceNum", given.referenceNum) };
	const at = store.time();
	const order: StoredOrder = {
		readOnly: {
			orderId: store.nextId(),
			status: 0,
			isClosed: false,
			processDate: null,
			creationDate: at,
			lastModifiedDate: at,
			customerIdentifier: { id: customer.id, name: customer.name },
			facilityIdentifier: facility,
		},
		referenceNum: given.referenceNum,
		poNum: given.poNum ?? null,
		orderType: given.orderType ?? null,
		...contentsOf(store, checked),
		packages: [],
		version: 1,
	};
	store.add(order);
	return { order };
}

/** PUT /orders/{id}: the whole order anew. What is closed or packed is not touched. */
export function replaceOrder(store: WarehouseStore, order: StoredOrder, raw: unknown): { refused: object } | null {
	const checked = check(store, raw);
	if ("refused" in checked) return checked;
	store.replace(order, contentsOf(store, checked));
	return null;
}

interface Checked {
	given: z.output<typeof body>;
	customer: Customer;
	facility: { id: number; name: string };
}

function check(store: WarehouseStore, raw: unknown): Checked | { refused: object } {
	const parsed = body.safeParse(raw);
	if (!parsed.success)
		return { refused: validation("Required", names[String(parsed.error.issues[0]?.path[0])] ?? "Order") };
	const given = parsed.data;
	const facility = store.facilities.find(({ id }) => id === given.facilityIdentifier.id);
	const customer = store.customers.get(given.customerIdentifier.id);
	if (!customer)
		return { refused: validation("DoesNotExist", "CustomerIdentifier", String(given.customerIdentifier.id)) };
	if (!facility)
		return { refused: validation("DoesNotExist", "FacilityIdentifier", String(given.facilityIdentifier.id)) };
	const bad = given.orderItems.find((item) => !Number.isInteger(item.qty) || item.qty <= 0);
	if (bad) return { refused: validation("ValueNotSupported", "Qty", String(bad.qty)) };
	const unknown = given.orderItems.find((item) => !customer.items.has(item.itemIdentifier.sku));
	if (unknown) return { refused: validation("DoesNotExist", "Sku", unknown.itemIdentifier.sku) };
	return { given, customer, facility };
}

function contentsOf(store: WarehouseStore, { given, customer }: Checked) {
	return {
		notes: given.notes ?? null,
		savedElements: given.savedElements,
		routingInfo: given.routingInfo,
		shipTo: given.shipTo,
		items: given.orderItems.map((item) => ({
			itemIdentifier: { id: customer.items.get(item.itemIdentifier.sku)?.itemId ?? 0, sku: item.itemIdentifier.sku },
			qty: item.qty,
			externalId: item.externalId ?? null,
			notes: item.notes ?? null,
			savedElements: item.savedElements,
			readOnly: { orderItemId: store.nextId() },
		})),
	};
}
