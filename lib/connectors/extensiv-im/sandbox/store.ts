/** What the fake Integration Manager holds: orders by cust_ref, stock by SKU, and a ledger of what was ever made. */
import { roverTime } from "../words";

export interface Kept {
	/** Exactly what is told of it. */
	order: Record<string, unknown> & { cust_ref: string; order_status: string; shipments: unknown[] };
	createdMs: number;
	deliveredMs: number;
	shippedMs: number;
	confirmedMs: number;
	canceledMs: number;
	changedMs: number;
	/** Replaces the record in answers: for tests of malformed ones. */
	malformed?: unknown;
}
export interface StockRow {
	row: Record<string, unknown> & { sku: string };
	malformed?: unknown;
}

export class Refusal extends Error {
	constructor(
		message: string,
		readonly code: "Invalid" | "Failure" = "Invalid",
	) {
		super(message);
	}
}

/** What an item may hold, by the documented order object; that others are refused is a choice of this sandbox. */
const itemFields = new Set([
	...["line_no", "item", "lot_number", "quantity", "price", "discount", "addl_discount", "extended_amount", "tax"],
	...["shipping_surcharge", "line_item_id", "line_comment", "Description", "alt_sku", "filtered_sku"],
	...["line_location", "extra_fields"],
]);

export function createStore(now: () => Date) {
	const orders = new Map<string, Kept>();
	const stock = new Map<string, StockRow>();
	const ledger: { kind: "order" | "shipment"; ref: string; key: string }[] = [];

	function create(body: unknown): Kept {
		if (typeof body !== "object" || body === null) throw new Refusal("Order missing required field(s): cust_ref");
		const given = body as Record<string, unknown>;
		const missing = ["cust_ref", "ship_address_1", "ship_country", "items"].filter((name) => !given[name]);
		if (missing.length > 0) throw new Refusal(`Order missing required field(s): ${missing.join(", ")}`);
		const ref = String(given.cust_ref);
		if (ref.length > 50) throw new Refusal("cust_ref too long");
		if (orders.has(ref)) throw new Refusal("OrderDuplicate");
		const at = now();
		const lines = given.items as Record<string, unknown>[];
		const odd = lines.flatMap((line) => Object.keys(line)).find((name) => !itemFields.has(name));
		if (odd) throw new Refusal(`Unknown item field: ${odd}`);
		const items = lines.map((line) => ({
			...line,
			quantity: String(line.quantity),
			...(line.price !== undefined && { price: Number(line.price).toFixed(4) }),
		}));
		const order = {
			...given,
			cust_ref: ref,
			items,
			// PHP writes an empty object as a list.
			extra_fields: Object.keys((given.extra_fields as object) ?? {}).length === 0 ? [] : given.extra_fields,
			order_status: "new",
			created_date_time: roverTime(at),
			updated_date_time: roverTime(at),
			shipments: [],
		};
		const atMs = at.getTime();
		const kept = {
			order,
			createdMs: atMs,
			deliveredMs: 0,
			shippedMs: 0,
			confirmedMs: 0,
			canceledMs: 0,
			changedMs: atMs,
		};
		orders.set(ref, kept);
		ledger.push({ kind: "order", ref, key: ref });
		return kept;
	}

	function must(ref: string): Kept {
		const kept = orders.get(ref);
		if (!kept) throw new Refusal("Order not found");
		return kept;
	}

	function touch(kept: Kept): void {
		kept.changedMs = now().getTime();
		kept.order.updated_date_time = roverTime(now());
	}

	function move(ref: string, status: string): Kept {
		const kept = must(ref);
		kept.order.order_status = status;
		touch(kept);
		const ms = kept.changedMs;
		if (status === "at_wms") kept.deliveredMs = ms;
		if (status === "partial" || status === "shipped") kept.shippedMs = ms;
		if (status === "confirmed") kept.confirmedMs = ms;
		if (status === "canceled") kept.canceledMs = ms;
		return kept;
	}

	function ship(ref: string, shipments: Record<string, unknown>[], status = "shipped"): void {
		const kept = must(ref);
		for (const one of shipments) {
			kept.order.shipments.push(one);
			ledger.push({ kind: "shipment", ref, key: String(one.custom_1 ?? one.tracking_no ?? "") });
		}
		move(ref, status);
	}

	/** The time that a status's list filters on. */
	function timeIn(kept: Kept, status: string): number {
		const by: Record<string, number> = {
			new: kept.createdMs,
			at_wms: kept.deliveredMs,
			partial: kept.shippedMs,
			shipped: kept.shippedMs,
			confirmed: kept.confirmedMs,
			canceled: kept.canceledMs,
		};
		return by[status] ?? kept.createdMs;
	}

	return { orders, stock, ledger, create, must, touch, move, ship, timeIn };
}
export type ImStore = ReturnType<typeof createStore>;
