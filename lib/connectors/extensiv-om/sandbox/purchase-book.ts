/** The purchase orders of the sandbox's Order Manager, and a ledger of every receipt that was booked on them. */
import type { purchaseOrderStatuses } from "../api";

export type PurchaseStatus = (typeof purchaseOrderStatuses)[number];
export interface StoredPurchaseLine {
	purchaseOrderItemId: number;
	sku: string;
	/** In what was ordered, such as cases. */
	quantity: number;
	unitsPerPack: number;
	received: number;
	receivedMs: number | null;
	estimatedDeliveryDate: string | null;
}
export interface StoredPurchaseOrder {
	purchaseOrderId: number;
	number: string;
	customNumber: string | null;
	status: PurchaseStatus;
	vendorId: number;
	warehouseId: number;
	createdMs: number;
	/** Null until the first edit. */
	modifiedMs: number | null;
	lines: StoredPurchaseLine[];
	/** Passes what lists hold for it through it: for tests of malformed answers. */
	change?: ((raw: unknown) => unknown) | undefined;
}
export interface NewPurchaseOrder {
	lines: { sku: string; quantity: number; unitsPerPack?: number; expected?: string }[];
	number?: string;
	customNumber?: string;
	status?: PurchaseStatus;
	warehouseId?: number;
}
export interface StoredTransfer {
	stockTransferOrderId: number;
	stockTransferOrderNumber: string;
	status: string;
	fromWarehouseId: number;
	toWarehouseId: number;
	createdDate: string;
	items: { stockTransferOrderItemId: number; masterSku: string; quantity: number; receivedDate: string | null }[];
}
export interface BookedReceipt {
	purchaseOrderId: number;
	purchaseOrderItemId: number;
	received: number;
}

const expecting = new Set<PurchaseStatus>(["PENDING_DELIVERY", "PARTIALLY_DELIVERED"]);

export class PurchaseBook {
	readonly orders = new Map<number, StoredPurchaseOrder>();
	readonly receipts: BookedReceipt[] = [];
	readonly transfers: StoredTransfer[] = [];
	readonly vendors = [{ vendorId: 12, name: "Kettle Works" }];

	constructor(
		private readonly now: () => Date,
		private readonly nextId: () => number,
	) {}

	place(given: NewPurchaseOrder): StoredPurchaseOrder {
		const purchaseOrderId = this.nextId();
		const order: StoredPurchaseOrder = {
			purchaseOrderId,
			number: given.number ?? `PO-${purchaseOrderId}`,
			customNumber: given.customNumber ?? null,
			status: given.status ?? "PENDING_DELIVERY",
			vendorId: 12,
			warehouseId: given.warehouseId ?? 3,
			createdMs: this.second(),
			modifiedMs: null,
			lines: given.lines.map(({ sku, quantity, unitsPerPack = 1, expected = null }) => ({
				purchaseOrderItemId: this.nextId(),
				sku,
				quantity,
				unitsPerPack,
				received: 0,
				receivedMs: null,
				estimatedDeliveryDate: expected,
			})),
		};
		this.orders.set(purchaseOrderId, order);
		return order;
	}

	/** Sends units from another warehouse to this one. */
	transfer(number: string, lines: { sku: string; quantity: number }[], toWarehouseId = 3): StoredTransfer {
		const made: StoredTransfer = {
			...{ stockTransferOrderId: this.nextId(), stockTransferOrderNumber: number, status: "IN_TRANSIT" },
			...{ fromWarehouseId: 4, toWarehouseId, createdDate: new Date(this.second()).toISOString() },
			items: lines.map(({ sku, quantity }) => ({
				...{ stockTransferOrderItemId: this.nextId(), masterSku: sku, quantity, receivedDate: null },
			})),
		};
		this.transfers.push(made);
		return made;
	}

	move(order: StoredPurchaseOrder, status: PurchaseStatus): void {
		order.status = status;
		this.touch(order);
	}

	touch(order: StoredPurchaseOrder): void {
		order.modifiedMs = this.second();
	}

	/** Sets what has arrived of a line. Returns why it is refused, or null. */
	receive(order: StoredPurchaseOrder, lineId: number, received: number): string | null {
		if (!expecting.has(order.status)) return `Purchase order is ${order.status}`;
		const line = order.lines.find((one) => one.purchaseOrderItemId === lineId);
		if (!line) return "Purchase order item does not exist";
		if (received < line.received) return "Received quantity can not be reduced";
		line.received = received;
		line.receivedMs = this.second();
		this.receipts.push({ purchaseOrderId: order.purchaseOrderId, purchaseOrderItemId: lineId, received });
		const all = order.lines.every((one) => one.received >= one.quantity);
		this.move(order, all ? "FULFILLED" : "PARTIALLY_DELIVERED");
		return null;
	}

	/** Units that are on their way to a warehouse: none of a purchase order that is not confirmed, or is over. */
	inTransit(sku: string, warehouseId = 3): number {
		let units = 0;
		for (const order of this.orders.values()) {
			if (order.warehouseId !== warehouseId || !expecting.has(order.status)) continue;
			for (const line of order.lines)
				if (line.sku === sku) units += Math.max(0, line.quantity - line.received) * line.unitsPerPack;
		}
		return units;
	}

	private second(): number {
		return Math.floor(this.now().getTime() / 1000) * 1000;
	}
}
