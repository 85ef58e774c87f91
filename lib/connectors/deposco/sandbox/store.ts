/** What the sandbox's warehouse holds. Orders of both kinds, what left, what arrived, and stock. */
export interface StoredLine {
	id: number;
	lineNumber: string;
	customerLineNumber: string;
	sku: string;
	quantity: number;
	canceled: number;
}
export interface StoredOrder {
	id: number;
	kind: "Sales Order" | "Purchase Order";
	number: string;
	businessUnit: string;
	status: string;
	lines: StoredLine[];
	/** The body as it was sent, for tests to look at. */
	sent: Record<string, unknown>;
	updatedMs: number;
	change?: ((raw: unknown) => unknown) | undefined;
}
export interface StoredShipment {
	id: number;
	order: StoredOrder;
	status: string;
	updatedMs: number;
	shippedMs: number;
	carrier: string;
	service: string;
	cost: number;
	boxes: { trackingNumber: string; weight?: number }[];
	lines: { sku: string; shipped: number; pack?: number }[];
	trackingUrl: string;
	change?: ((raw: unknown) => unknown) | undefined;
}
export interface StoredReceipt {
	id: number;
	order: StoredOrder;
	line: StoredLine;
	quantity: number;
	damaged: number;
	status: "Received" | "Canceled";
	createdMs: number;
	change?: ((raw: unknown) => unknown) | undefined;
}
export interface StoredStock {
	sku: string;
	facility: string;
	total: number;
	allocated: number;
	/** Promised to nobody, what is about to arrive included. */
	promise?: number;
	change?: ((raw: unknown) => unknown) | undefined;
}

export class DeposcoStore {
	readonly businessUnit = "ACME";
	readonly items = new Set<string>();
	readonly orders: StoredOrder[] = [];
	readonly shipments: StoredShipment[] = [];
	readonly receipts: StoredReceipt[] = [];
	readonly stock: StoredStock[] = [];
	/** Append-only: which numbers were created, however often. */
	readonly created: string[] = [];
	private lastId = 12_000;

	constructor(readonly now: () => Date) {}

	nextId(): number {
		return ++this.lastId;
	}
	private ms(): number {
		return Math.floor(this.now().getTime() / 1000) * 1000;
	}

	place(given: {
		kind: StoredOrder["kind"];
		number: string;
		status?: string;
		businessUnit?: string;
		lines: { sku: string; quantity: number; customerLineNumber?: string }[];
		sent?: Record<string, unknown>;
	}): StoredOrder {
		const order: StoredOrder = {
			id: this.nextId(),
			kind: given.kind,
			number: given.number,
			businessUnit: given.businessUnit ?? this.businessUnit,
			status: given.status ?? "New",
			lines: [],
			sent: given.sent ?? {},
			updatedMs: this.ms(),
		};
		this.addLines(order, given.lines);
		this.orders.push(order);
		this.created.push(order.number);
		return order;
	}

	addLines(order: StoredOrder, lines: { sku: string; quantity: number; customerLineNumber?: string }[]): void {
		for (const { sku, quantity, customerLineNumber = "" } of lines) {
			const lineNumber = String(order.lines.length + 1);
			order.lines.push({ id: this.nextId(), lineNumber, customerLineNumber, sku, quantity, canceled: 0 });
		}
	}

	/** Not cancelled, of this number. */
	open(kind: StoredOrder["kind"], number: string, businessUnit: string): StoredOrder | undefined {
		return this.orders.find(
			(one) =>
				one.kind === kind && one.number === number && one.businessUnit === businessUnit && one.status !== "Canceled",
		);
	}

	touch(thing: { updatedMs: number }): void {
		thing.updatedMs = this.ms();
	}

	ship(order: StoredOrder, given: Partial<StoredShipment> = {}): StoredShipment {
		const shipment: StoredShipment = {
			id: this.nextId(),
			order,
			status: "Shipped",
			updatedMs: this.ms(),
			shippedMs: this.ms(),
			carrier: "UPS",
			service: "Ground",
			cost: 7.12,
			boxes: [{ trackingNumber: "1Z5R89390357567127", weight: 1.2 }],
			lines: order.lines.map(({ sku, quantity }) => ({ sku, shipped: quantity })),
			trackingUrl: "https://tracking.example.test/",
			...given,
		};
		this.shipments.push(shipment);
		const left = (sku: string) =>
			this.shipments
				.filter((one) => one.order === order)
				.flatMap((one) => one.lines)
				.reduce((sum, line) => sum + (line.sku === sku ? line.shipped : 0), 0);
		const complete = order.lines.every(({ sku, quantity }) => left(sku) >= quantity);
		order.status = complete ? "Ship Complete" : "Partially Shipped";
		this.touch(order);
		return shipment;
	}

	receive(order: StoredOrder, given: { line?: number; quantity: number; damaged?: number }): StoredReceipt {
		const line = order.lines[given.line ?? 0];
		if (!line) throw new Error("there is no such line");
		const receipt: StoredReceipt = {
			id: this.nextId(),
			order,
			line,
			quantity: given.quantity,
			damaged: given.damaged ?? 0,
			status: "Received",
			createdMs: this.ms(),
		};
		this.receipts.push(receipt);
		this.touch(order);
		return receipt;
	}
}

export function iso(ms: number): string {
	return new Date(ms).toISOString();
}
