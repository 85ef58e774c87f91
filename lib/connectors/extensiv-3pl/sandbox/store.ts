/** What the sandbox's warehouse holds, and an append-only ledger of what was done to it. */

export interface StoredLine {
	itemIdentifier: { id: number; sku: string };
	qty: number;
	externalId: string | null;
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
		creationDate: string;
		lastModifiedDate: string;
		customerIdentifier: { id: number; name: string };
		facilityIdentifier: { id: number; name: string };
	};
	referenceNum: string;
	poNum: string | null;
	notes: string | null;
	routingInfo: Record<string, unknown>;
	shipTo: Record<string, unknown>;
	items: StoredLine[];
	packages: StoredPackage[];
	version: number;
	/** Replaces the record in lists: for tests of malformed answers. */
	malformed?: unknown;
}
export interface LedgerEntry {
	kind: "created" | "canceled" | "shipped";
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
}

export class WarehouseStore {
	readonly orders: StoredOrder[] = [];
	readonly ledger: LedgerEntry[] = [];
	readonly items = new Map<string, number>();
	readonly stock = new Map<string, StockRow>();
	/** Closed orders in the order of their closing, which is the order of their process dates. */
	readonly closed: StoredOrder[] = [];
	private readonly byReference = new Map<string, StoredOrder>();
	private readonly byId = new Map<number, StoredOrder>();
	private lastId = 1000;

	constructor(
		readonly customerId: number,
		readonly facilities: { id: number; name: string }[],
		readonly now: () => Date,
	) {}

	nextId(): number {
		return ++this.lastId;
	}

	addItem(sku: string): void {
		if (!this.items.has(sku)) this.items.set(sku, this.nextId());
	}

	setStock(sku: string, facilityId: number, available: number, more: Partial<StockRow> = {}): void {
		this.addItem(sku);
		this.stock.set(`${facilityId}/${sku}`, {
			sku,
			facilityId,
			available,
			onHand: available,
			onHold: 0,
			allocated: 0,
			...more,
		});
	}

	find(referenceNum: string): StoredOrder | undefined {
		return this.byReference.get(referenceNum);
	}

	get(orderId: number): StoredOrder | undefined {
		return this.byId.get(orderId);
	}

	add(order: StoredOrder): void {
		this.orders.push(order);
		this.byReference.set(order.referenceNum, order);
		this.byId.set(order.readOnly.orderId, order);
		this.ledger.push({ kind: "created", orderId: order.readOnly.orderId, referenceNum: order.referenceNum });
	}

	cancel(order: StoredOrder): void {
		order.readOnly.status = 2;
		this.touch(order);
		this.ledger.push({ kind: "canceled", orderId: order.readOnly.orderId, referenceNum: order.referenceNum });
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
		order.readOnly.processDate = processDate.toISOString().slice(0, 19);
		this.touch(order);
		this.closed.push(order);
		this.ledger.push({ kind: "shipped", orderId, referenceNum: order.referenceNum });
	}

	private touch(order: StoredOrder): void {
		order.version++;
		order.readOnly.lastModifiedDate = this.now().toISOString().slice(0, 19);
	}
}
