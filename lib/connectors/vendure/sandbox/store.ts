/** What the sandbox's shop holds, and an append-only ledger of the fulfilments that were made in it. */

export interface ShopLine {
	id: string;
	sku: string;
	name: string;
	quantity: number;
	ordered: number;
	fulfilled: number;
	price: number;
}
export interface ShopFulfillment {
	id: string;
	state: "Pending" | "Shipped" | "Cancelled";
	method: string;
	trackingCode: string;
	lines: { orderLineId: string; quantity: number }[];
}
export interface ShopOrder {
	id: string;
	code: string;
	state: "PaymentSettled" | "PaymentAuthorized" | "PartiallyShipped" | "Shipped" | "Cancelled" | "AddingItems";
	createdAt: string;
	updatedAtMs: number;
	placedAt: string;
	address: Record<string, string>;
	customer: { firstName: string; lastName: string; emailAddress: string };
	method: { code: string; name: string };
	lines: ShopLine[];
	fulfillments: ShopFulfillment[];
	/** Replaces the record in lists: for tests of malformed answers. */
	malformed?: unknown;
}
export interface ShopVariant {
	id: string;
	sku: string;
	name: string;
	trackInventory: "TRUE" | "FALSE" | "INHERIT";
	stock: Map<string, { onHand: number; allocated: number }>;
}

export interface NewOrder {
	/** Prices are in minor units, tax included. */
	lines: { sku: string; quantity: number; price?: number }[];
	code?: string;
	address?: Record<string, string>;
	customer?: ShopOrder["customer"];
	method?: { code: string; name: string };
	at?: Date;
}

/** All that a shop must remember to go on after a restart, as plain JSON. */
export interface ShopSnapshot {
	lastId: number;
	orders: ShopOrder[];
	variants: (Omit<ShopVariant, "stock"> & { stock: [string, { onHand: number; allocated: number }][] })[];
}

const usualAddress = {
	fullName: "Ann Example",
	company: "",
	streetLine1: "1 Main St",
	streetLine2: "",
	city: "Reno",
	province: "NV",
	postalCode: "89501",
	countryCode: "US",
	phoneNumber: "7755550101",
};

export class ShopStore {
	readonly orders = new Map<string, ShopOrder>();
	readonly variants = new Map<string, ShopVariant>();
	readonly locations = [
		{ id: "1", name: "Main" },
		{ id: "2", name: "Annex" },
	];
	readonly ledger: { orderId: string; code: string; fulfillment: ShopFulfillment }[] = [];
	/** Orders that were canceled through the API. */
	readonly canceled: { orderId: string; reason: string }[] = [];
	readonly fulfillments = new Map<string, { order: ShopOrder; fulfillment: ShopFulfillment }>();
	private readonly byLine = new Map<string, ShopOrder>();
	private lastId = 0;
	private sorted: ShopOrder[] | null = [];

	constructor(
		readonly now: () => Date,
		/** As on SQLite: change times have whole seconds. */
		readonly wholeSeconds: boolean,
	) {}

	nextId(): string {
		return String(++this.lastId);
	}

	addProduct(sku: string, onHand = 0, trackInventory: ShopVariant["trackInventory"] = "TRUE"): ShopVariant {
		const variant: ShopVariant = {
			id: this.nextId(),
			sku,
			name: `Product ${sku}`,
			trackInventory,
			stock: new Map([["1", { onHand, allocated: 0 }]]),
		};
		this.variants.set(sku, variant);
		return variant;
	}

	place(order: NewOrder): ShopOrder {
		const id = this.nextId();
		const at = order.at ?? this.now();
		const placed: ShopOrder = {
			id,
			code: order.code ?? `V${id.padStart(8, "0")}`,
			state: "PaymentSettled",
			createdAt: at.toISOString(),
			updatedAtMs: 0,
			placedAt: at.toISOString(),
			address: { ...usualAddress, ...order.address },
			customer: order.customer ?? { firstName: "Ann", lastName: "Example", emailAddress: "ann@example.test" },
			method: order.method ?? { code: "ups-ground", name: "UPS Ground" },
			lines: order.lines.map(({ sku, quantity, price }) => {
				const variant = this.variants.get(sku);
				const stock = variant?.stock.get("1");
				if (stock) stock.allocated += quantity;
				return {
					id: this.nextId(),
					sku,
					name: variant?.name ?? `Product ${sku}`,
					quantity,
					ordered: quantity,
					fulfilled: 0,
					price: price ?? 1250,
				};
			}),
			fulfillments: [],
		};
		this.orders.set(id, placed);
		for (const line of placed.lines) this.byLine.set(line.id, placed);
		this.touch(placed, at);
		return placed;
	}

	orderOfLine(lineId: string): ShopOrder | undefined {
		return this.byLine.get(lineId);
	}

	/** With what was said; the shopper does it without a word. */
	cancel(order: ShopOrder, reason?: string): void {
		order.state = "Cancelled";
		for (const line of order.lines) line.quantity = 0;
		if (reason !== undefined) this.canceled.push({ orderId: order.id, reason });
		this.touch(order);
	}

	/** Whether so many units of these lines are in no fulfilment yet. */
	isLeft(order: ShopOrder, lines: ShopFulfillment["lines"]): boolean {
		return lines.every(({ orderLineId, quantity }) => {
			const line = order.lines.find((one) => one.id === orderLineId);
			return line !== undefined && quantity <= line.quantity - line.fulfilled;
		});
	}

	/** The name of a tracked product of which less is on hand than would leave. */
	shortOf(order: ShopOrder, lines: ShopFulfillment["lines"]): string | undefined {
		return order.lines.find((line) => {
			const variant = this.variants.get(line.sku);
			if (!variant || variant.trackInventory === "FALSE") return false;
			const leaving = lines.reduce((sum, one) => sum + (one.orderLineId === line.id ? one.quantity : 0), 0);
			const onHand = [...variant.stock.values()].reduce((sum, level) => sum + level.onHand, 0);
			return leaving > 0 && leaving > onHand;
		})?.name;
	}

	fulfill(order: ShopOrder, given: Omit<ShopFulfillment, "id" | "state">): ShopFulfillment {
		const fulfillment: ShopFulfillment = { id: this.nextId(), state: "Pending", ...given };
		for (const { orderLineId, quantity } of given.lines) {
			const line = order.lines.find((one) => one.id === orderLineId);
			if (!line) continue;
			line.fulfilled += quantity;
			const stock = this.variants.get(line.sku)?.stock.get("1");
			if (stock) {
				stock.onHand -= quantity;
				stock.allocated -= quantity;
			}
		}
		order.fulfillments.push(fulfillment);
		this.fulfillments.set(fulfillment.id, { order, fulfillment });
		this.ledger.push({ orderId: order.id, code: order.code, fulfillment });
		this.touch(order);
		return fulfillment;
	}

	/** Its units are on hand again, and allocated to the order, whose state stays as it is (seen on 3.7). */
	unfulfill(order: ShopOrder, fulfillment: ShopFulfillment): void {
		fulfillment.state = "Cancelled";
		for (const { orderLineId, quantity } of fulfillment.lines) {
			const line = order.lines.find((one) => one.id === orderLineId);
			if (!line) continue;
			line.fulfilled -= quantity;
			const stock = this.variants.get(line.sku)?.stock.get("1");
			if (stock) {
				stock.onHand += quantity;
				stock.allocated += quantity;
			}
		}
		this.touch(order);
	}

	ship(order: ShopOrder, fulfillment: ShopFulfillment): void {
		fulfillment.state = "Shipped";
		const shipped = new Map<string, number>();
		for (const one of order.fulfillments) {
			if (one.state === "Shipped")
				for (const line of one.lines)
					shipped.set(line.orderLineId, (shipped.get(line.orderLineId) ?? 0) + line.quantity);
		}
		order.state = order.lines.every((line) => (shipped.get(line.id) ?? 0) >= line.quantity)
			? "Shipped"
			: "PartiallyShipped";
		this.touch(order);
	}

	touch(order: ShopOrder, at = this.now()): void {
		const ms = at.getTime();
		order.updatedAtMs = this.wholeSeconds ? Math.floor(ms / 1000) * 1000 : ms;
		this.sorted = null;
	}

	/** All orders by change time: sorted again only after a change. */
	byChange(): ShopOrder[] {
		this.sorted ??= [...this.orders.values()].sort((a, b) => a.updatedAtMs - b.updatedAtMs);
		return this.sorted;
	}

	/** Drops an order that nobody will ask for again. */
	forget(order: ShopOrder): void {
		this.orders.delete(order.id);
		for (const line of order.lines) this.byLine.delete(line.id);
		for (const { id } of order.fulfillments) this.fulfillments.delete(id);
		this.sorted = null;
	}

	snapshot(): ShopSnapshot {
		return {
			lastId: this.lastId,
			orders: [...this.orders.values()],
			variants: [...this.variants.values()].map((variant) => ({ ...variant, stock: [...variant.stock] })),
		};
	}

	/** Takes over what another process remembered. Meant for a store that is still empty. */
	restore(snapshot: ShopSnapshot): void {
		this.lastId = snapshot.lastId;
		for (const variant of snapshot.variants)
			this.variants.set(variant.sku, { ...variant, stock: new Map(variant.stock) });
		for (const order of snapshot.orders) {
			this.orders.set(order.id, order);
			for (const line of order.lines) this.byLine.set(line.id, order);
			for (const fulfillment of order.fulfillments) this.fulfillments.set(fulfillment.id, { order, fulfillment });
		}
		this.sorted = null;
	}
}
