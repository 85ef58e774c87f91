/**
 * What the sandbox's warehouse holds, and an append-only ledger of what was done to it. It packs for several
 * customers; the first one is meant wherever none is named.
 */
import { toLocal } from "../../kit/zone";
import { ReceivingDock } from "./receivers";

export interface StoredLine {
	itemIdentifier: { id: number; sku: string };
	qty: number;
	externalId: string | null;
	notes: string | null;
	savedElements: { name: string; value: string }[];
	readOnly: { orderItemId: number };
}
export interface StoredPackage {
	packageId: number;
	trackingNumber: string;
	weight: number;
	contents: { orderItemId: number; qty: number }[];
}
export interface StoredOrder {
	readOnly: {
		orderId: number;
		status: 0 | 1 | 2;
		isClosed: boolean;
		processDate: string | null;
		packDoneDate?: string | null;
		creationDate: string;
		lastModifiedDate: string;
		lastModifiedByIdentifier?: { id: number; name: string };
		customerIdentifier: { id: number; name: string };
		facilityIdentifier: { id: number; name: string };
	};
	referenceNum: string;
	poNum: string | null;
	notes: string | null;
	orderType: string | null;
	savedElements: { name: string; value: string }[];
	/** What the carrier charged, once somebody or something entered it. */
	upsTransportationCharge?: number;
	routingInfo: Record<string, unknown>;
	shipTo: Record<string, unknown>;
	items: StoredLine[];
	packages: StoredPackage[];
	version: number;
	/** Replaces the record in lists: for tests of malformed answers. */
	malformed?: unknown;
}
export interface LedgerEntry {
	kind: "created" | "updated" | "canceled" | "shipped";
	orderId: number;
	referenceNum: string;
}

export interface StockRow {
	sku: string;
	facilityId: number;
	available: number;
	onHand: number;
	onHold: number;
	allocated: number;
	/** Replaces the row in lists: for tests of malformed answers. */
	malformed?: unknown;
}
export interface Item {
	itemId: number;
	sku: string;
	lastModifiedDate: string;
	/** What else it says: description, upc, options. */
	more?: Record<string, unknown>;
	deactivated?: boolean;
	malformed?: unknown;
}

export interface Customer {
	id: number;
	name: string;
	items: Map<string, Item>;
	/** By facility and SKU: "2/TEE". */
	stock: Map<string, StockRow>;
	byReference: Map<string, StoredOrder>;
	/** Closed orders in the order of their last change. */
	closed: StoredOrder[];
}

/** All that a warehouse must remember to go on after a restart, as plain JSON. */
export interface WarehouseSnapshot {
	lastId: number;
	orders: StoredOrder[];
	customers: { id: number; name: string; items: Item[]; stock: StockRow[]; closed: number[] }[];
}

export class WarehouseStore {
	readonly orders: StoredOrder[] = [];
	readonly ledger: LedgerEntry[] = [];
	readonly customers = new Map<number, Customer>();
	readonly dock = new ReceivingDock(this);
	/** A customer may be set to take one reference number twice: then nothing but our own care prevents doubles. */
	refusesDoubles = true;
	private readonly byId = new Map<number, StoredOrder>();
	private readonly itemById = new Map<number, { item: Item; customer: Customer }>();
	private lastId = 1000;

	constructor(
		readonly customerId: number,
		readonly facilities: { id: number; name: string }[],
		readonly now: () => Date,
		/** The zone in which the system writes its times, without saying so. */
		readonly zone = "UTC",
	) {
		this.addCustomer(customerId, "Blue Kettle");
	}

	/** Stock of the first customer. */
	get stock(): Map<string, StockRow> {
		return this.customer().stock;
	}

	nextId(): number {
		return ++this.lastId;
	}

	time(at = this.now()): string {
		return toLocal(at, this.zone);
	}

	addCustomer(id: number, name: string): Customer {
		const customer: Customer = { id, name, items: new Map(), stock: new Map(), byReference: new Map(), closed: [] };
		this.customers.set(id, customer);
		return customer;
	}

	customer(id = this.customerId): Customer {
		const customer = this.customers.get(id);
		if (!customer) throw new Error(`there is no customer ${id}`);
		return customer;
	}

	addItem(sku: string, customerId?: number): Item {
		const customer = this.customer(customerId);
		let item = customer.items.get(sku);
		if (!item) {
			item = { itemId: this.nextId(), sku, lastModifiedDate: this.time() };
			customer.items.set(sku, item);
			this.itemById.set(item.itemId, { item, customer });
		}
		return item;
	}

	itemOf(itemId: number) {
		return this.itemById.get(itemId);
	}

	setStock(
		sku: string,
		facilityId: number,
		available: number,
		more: Partial<StockRow> = {},
		customerId?: number,
	): void {
		this.addItem(sku, customerId);
		const usual = { sku, facilityId, available, onHand: available, onHold: 0, allocated: 0 };
		this.customer(customerId).stock.set(`${facilityId}/${sku}`, { ...usual, ...more });
	}

	find(referenceNum: string, customerId?: number): StoredOrder | undefined {
		return this.customer(customerId).byReference.get(referenceNum);
	}

	get(orderId: number): StoredOrder | undefined {
		return this.byId.get(orderId);
	}

	add(order: StoredOrder): void {
		const { orderId, customerIdentifier } = order.readOnly;
		this.orders.push(order);
		this.customer(customerIdentifier.id).byReference.set(order.referenceNum, order);
		this.byId.set(orderId, order);
		this.note("created", order);
	}

	/** Takes what an order says now from another state of it; its lines keep nothing. */
	replace(
		order: StoredOrder,
		given: Pick<StoredOrder, "notes" | "savedElements" | "routingInfo" | "shipTo" | "items">,
	): void {
		Object.assign(order, given);
		this.touch(order);
		this.note("updated", order);
	}

	/** The packers are done: from then on the order is not changed any more. */
	pack(orderId: number): void {
		const order = this.get(orderId);
		if (!order) throw new Error(`there is no order ${orderId}`);
		order.readOnly.packDoneDate = this.time();
		this.touch(order);
	}

	/** `by` is the user who did it; without one it was done over the API. */
	cancel(order: StoredOrder, by = "API"): void {
		order.readOnly.status = 2;
		order.readOnly.lastModifiedByIdentifier = { id: by === "API" ? 1 : 7, name: by };
		this.touch(order);
		this.note("canceled", order);
	}

	/** Closes an order with its boxes; without any, all lines go in one box. Contents name the line's position. */
	ship(
		orderId: number,
		boxes?: { trackingNumber: string; contents: { line: number; qty: number }[] }[],
		processDate = this.now(),
	): void {
		const order = this.get(orderId);
		if (order?.readOnly.status !== 0) throw new Error(`order ${orderId} is not open`);
		const packed = boxes ?? [
			{
				trackingNumber: `1Z${String(orderId).padStart(16, "0")}`,
				contents: order.items.map((item, line) => ({ line, qty: item.qty })),
			},
		];
		order.packages = packed.map((box) => ({
			packageId: this.nextId(),
			trackingNumber: box.trackingNumber,
			weight: 1,
			contents: box.contents.map(({ line, qty }) => ({
				orderItemId: order.items[line]?.readOnly.orderItemId ?? 0,
				qty,
			})),
		}));
		order.routingInfo = { ...order.routingInfo, trackingNumber: packed[0]?.trackingNumber ?? "" };
		order.readOnly.status = 1;
		order.readOnly.isClosed = true;
		order.readOnly.processDate = this.time(processDate);
		this.customer(order.readOnly.customerIdentifier.id).closed.push(order);
		this.touch(order);
		this.note("shipped", order);
	}

	/** A change: the version moves on, and a closed order moves to its new place by change time. */
	touch(order: StoredOrder): void {
		order.version++;
		order.readOnly.lastModifiedDate = this.time();
		if (!order.readOnly.isClosed) return;
		const { closed } = this.customer(order.readOnly.customerIdentifier.id);
		closed.splice(closed.lastIndexOf(order), 1);
		let place = closed.length;
		while (place > 0 && (closed[place - 1]?.readOnly.lastModifiedDate ?? "") > order.readOnly.lastModifiedDate) place--;
		closed.splice(place, 0, order);
	}

	/** Drops an order that nobody will ask for again. */
	forget(order: StoredOrder): void {
		const customer = this.customer(order.readOnly.customerIdentifier.id);
		for (const list of [this.orders, customer.closed]) if (list.includes(order)) list.splice(list.indexOf(order), 1);
		customer.byReference.delete(order.referenceNum);
		this.byId.delete(order.readOnly.orderId);
	}

	snapshot(): WarehouseSnapshot {
		const customers = [...this.customers.values()].map(({ id, name, items, stock, closed }) => ({
			id,
			name,
			items: [...items.values()],
			stock: [...stock.values()],
			closed: closed.map((order) => order.readOnly.orderId),
		}));
		return { lastId: this.lastId, orders: this.orders, customers };
	}

	/** Takes over what another process remembered. Meant for a store that is still empty. */
	restore(snapshot: WarehouseSnapshot): void {
		this.lastId = snapshot.lastId;
		for (const { id, name, items, stock, closed } of snapshot.customers) {
			const customer = this.addCustomer(id, name);
			for (const item of items) {
				customer.items.set(item.sku, item);
				this.itemById.set(item.itemId, { item, customer });
			}
			for (const row of stock) customer.stock.set(`${row.facilityId}/${row.sku}`, row);
			const isClosed = new Set(closed);
			for (const order of snapshot.orders) {
				if (order.readOnly.customerIdentifier.id !== id) continue;
				this.orders.push(order);
				this.byId.set(order.readOnly.orderId, order);
				customer.byReference.set(order.referenceNum, order);
				if (isClosed.has(order.readOnly.orderId)) customer.closed.push(order);
			}
			customer.closed.sort((a, b) => (a.readOnly.lastModifiedDate < b.readOnly.lastModifiedDate ? -1 : 1));
		}
	}

	private note(kind: LedgerEntry["kind"], { readOnly, referenceNum }: StoredOrder): void {
		this.ledger.push({ kind, orderId: readOnly.orderId, referenceNum });
	}
}
