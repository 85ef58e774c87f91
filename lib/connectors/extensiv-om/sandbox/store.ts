/** What the sandbox's Order Manager holds, and an append-only ledger of the shipments that were made in it. */
import type { orderStatuses } from "../api";
import { PurchaseBook } from "./purchase-book";

export type Status = (typeof orderStatuses)[number];
export interface StoredItem {
	orderItemId: number;
	sku: string;
	quantity: number;
	price: number;
}
export interface StoredOrder {
	orderId: number;
	orderNumber: string;
	status: Status;
	createdMs: number;
	/** Null until the first edit. */
	modifiedMs: number | null;
	warehouseId: number;
	items: StoredItem[];
	labels: string[];
	/** Further fields as the API writes them: shipName, customField1, salesChannel and so on. */
	more: Record<string, unknown>;
	cancelReason: string | null;
	/** Passes what lists hold for this order through it: for tests of malformed answers. */
	change?: ((raw: unknown) => unknown) | undefined;
}
export interface StoredShipment {
	shipmentId: number;
	orderId: number;
	trackingNumber: string;
	shippingCarrier: string;
	carrierFee: { amount: number; currency: string } | null;
	shipDate: string;
	deliveryStatus: string;
}
/** One master SKU at one warehouse. */
export interface StockRow {
	productStockId: number;
	sku: string;
	warehouseId: number;
	onHand: number;
	/** Locked by hand, beside what open orders lock. */
	lockedBesides: number;
	change?: ((raw: unknown) => unknown) | undefined;
}
/** What a sales channel may sell of a product, by Order Manager's own rules of sharing. */
export interface StoredListing {
	listingId: number;
	listingSku: string;
	sku: string;
	salesChannelId: number;
	quantity: number;
	lockedQuantity: number;
	change?: ((raw: unknown) => unknown) | undefined;
}
export interface NewOrder {
	lines: { sku: string; quantity: number; price?: number }[];
	number?: string;
	status?: Status;
	warehouseId?: number;
	more?: Record<string, unknown>;
}

/** Orders in these lock stock. That all of them do is a choice of this sandbox. */
const locking = new Set<Status>(["AWAITING_3PL_EXPORT", "AWAITING_SHIPMENT", "PENDING_FULFILLMENT", "ON_HOLD"]);

export class OmStore {
	readonly orders = new Map<number, StoredOrder>();
	readonly products = new Set<string>();
	readonly stock: StockRow[] = [];
	readonly shipments: StoredShipment[] = [];
	/** Every cancel that was asked over the API. */
	readonly canceled: { orderId: number; reason: string }[] = [];
	readonly warehouses = [
		{ warehouseId: 3, name: "East 3PL", type: "THIRD_PARTY_LOGISTICS" },
		{ warehouseId: 4, name: "Own shelf", type: "DIRECT_FULFILLMENT" },
	];
	readonly carriers = ["UPS", "FEDEX", "USPS", "DHL", "OTHER_CARRIER"];
	readonly salesChannels = [
		{ salesChannelId: 2, name: "Wayfair", active: true },
		{ salesChannelId: 5, name: "Hub shop", active: true },
	];
	readonly listings: StoredListing[] = [];
	/** Master SKUs that are switched off. */
	readonly inactive = new Set<string>();
	/** Append-only: how often each number was created. */
	readonly created: string[] = [];
	readonly productChanges = new Map<string, (raw: unknown) => unknown>();
	/** In which order lists come: undocumented, so tests try several. */
	sort: "id" | "newest" | "oldest" = "id";
	readonly purchases: PurchaseBook;
	private lastId = 700;

	constructor(
		readonly now: () => Date,
		readonly pushedAs: "unlocked" | "on-hand",
	) {
		this.purchases = new PurchaseBook(now, () => this.nextId());
	}

	nextId(): number {
		return ++this.lastId;
	}

	/** A product; with stock, it has a record at the warehouse. */
	addProduct(sku: string, stock?: { onHand?: number; locked?: number; warehouseId?: number }): void {
		this.products.add(sku);
		if (!stock) return;
		const { onHand = 0, locked = 0, warehouseId = 3 } = stock;
		this.stock.push({ productStockId: this.nextId(), sku, warehouseId, onHand, lockedBesides: locked });
	}

	addListing(sku: string, given: Partial<StoredListing> = {}): StoredListing {
		const listingId = this.nextId();
		const made = {
			listingId,
			listingSku: `L-${sku}`,
			sku,
			salesChannelId: 2,
			quantity: 0,
			lockedQuantity: 0,
			...given,
		};
		this.listings.push(made);
		return made;
	}

	place(order: NewOrder): StoredOrder {
		const orderId = this.nextId();
		const placed: StoredOrder = {
			orderId,
			orderNumber: order.number ?? `OM-${orderId}`,
			status: order.status ?? "AWAITING_3PL_EXPORT",
			createdMs: Math.floor(this.now().getTime() / 1000) * 1000,
			modifiedMs: null,
			warehouseId: order.warehouseId ?? 3,
			items: order.lines.map(({ sku, quantity, price = 12.5 }) => ({
				orderItemId: this.nextId(),
				sku,
				quantity,
				price,
			})),
			labels: [],
			more: order.more ?? {},
			cancelReason: null,
		};
		this.orders.set(orderId, placed);
		return placed;
	}

	move(order: StoredOrder, status: Status): void {
		order.status = status;
		this.touch(order);
	}

	cancel(order: StoredOrder, reason = "BUYER_CANCELLED"): void {
		order.cancelReason = reason;
		this.move(order, "CANCELLED");
	}

	touch(order: StoredOrder): void {
		order.modifiedMs = Math.floor(this.now().getTime() / 1000) * 1000;
	}

	ship(order: StoredOrder, shipment: Omit<StoredShipment, "shipmentId" | "orderId">): StoredShipment {
		const made = { shipmentId: this.nextId(), orderId: order.orderId, ...shipment };
		this.shipments.push(made);
		if (order.status !== "SHIPPED") {
			for (const item of order.items) {
				const row = this.rowOf(item.sku, order.warehouseId);
				if (row) row.onHand -= item.quantity;
			}
			this.move(order, "SHIPPED");
		}
		return made;
	}

	rowOf(sku: string, warehouseId = 3): StockRow | undefined {
		return this.stock.find((row) => row.sku === sku && row.warehouseId === warehouseId);
	}

	lockedOf(sku: string, warehouseId = 3): number {
		let locked = this.rowOf(sku, warehouseId)?.lockedBesides ?? 0;
		for (const order of this.orders.values())
			if (order.warehouseId === warehouseId && locking.has(order.status))
				for (const item of order.items) if (item.sku === sku) locked += item.quantity;
		return locked;
	}

	/** What its screens show for a SKU. */
	shows(sku: string, warehouseId = 3): { onHand: number; locked: number; available: number } {
		const onHand = this.rowOf(sku, warehouseId)?.onHand ?? 0;
		const locked = this.lockedOf(sku, warehouseId);
		return { onHand, locked, available: onHand - locked };
	}

	push(row: StockRow, quantity: number): void {
		row.onHand = this.pushedAs === "unlocked" ? quantity + this.lockedOf(row.sku, row.warehouseId) : quantity;
	}

	listed(): StoredOrder[] {
		const all = [...this.orders.values()];
		if (this.sort === "id") return all;
		const at = ({ modifiedMs, createdMs }: StoredOrder) => modifiedMs ?? createdMs;
		return all.sort((a, b) => (this.sort === "newest" ? at(b) - at(a) : at(a) - at(b)));
	}
}
