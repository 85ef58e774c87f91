import { z } from "zod";
import type { Product } from "@/lib/canonical/catalogue";
import type { CancelRequest, Order } from "@/lib/canonical/order";
import { reader } from "../kit/define";
import type { Context, Page, Read, ReadFrom } from "../kit/types";
import { customerCodeField, productsOf, readOrder, rowsIn } from "./map";
import { type JoorSettings, orderKinds } from "./settings";

type JoorContext = Context<JoorSettings>;

const pageSize = 50;
const overlapMs = 2 * 60_000;
const beginning = "2010-01-01T00:00:00Z";
const leastSeconds = 2;
const canceledKind = "5";

/** The list stands under `orders`, or is wrapped once more by its element. That it has this name is inferred. */
const orderList = z.object({ orders: z.unknown() }).transform(({ orders }) => rowsIn(orders));

const changeCursor = z.strictObject({ since: z.iso.datetime(), seconds: z.int().min(leastSeconds).nullable() });
type ChangeCursor = z.output<typeof changeCursor>;

function stamp(at: Date | number): string {
	return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

/**
 * Orders by the time of their last change, in stretches of time that one page holds: a page is a position in a list,
 * and an order that leaves the list would pull an unseen one across the bound of two. Reading never depends on the
 * mark of exported orders, which JOOR sets before we have the answer.
 */
async function* ordersOf(
	context: JoorContext,
	{ cursor, from }: ReadFrom<ChangeCursor>,
	kind: string,
): AsyncGenerator<Page<Order, ChangeCursor>, void> {
	let at = cursor ?? { since: from ? stamp(from) : beginning, seconds: null };
	let newestMs = Date.parse(at.since);
	for (;;) {
		const sinceMs = Date.parse(at.since);
		const left = Math.max(1, Math.ceil((context.now().getTime() - sinceMs) / 1000));
		const last = at.seconds === null || at.seconds >= left;
		const width = last ? left : (at.seconds ?? left);
		const window = { date_start: stamp(sinceMs), date_end: stamp(sinceMs + width * 1000) };
		const first = await onePage(context, { kind, ...window }, 0);
		if (first.length >= pageSize && width > leastSeconds) {
			at = { ...at, seconds: Math.max(leastSeconds, Math.floor(width / 2)) };
			continue;
		}
		const raw = [...first];
		for (let more = first; more.length >= pageSize; raw.push(...more))
			more = await onePage(context, { kind, ...window }, raw.length);
		const records = raw.map((one) => readOrder(one, context.settings)).filter((one) => isOurs(one, context));
		for (const one of records) if (one.ok) newestMs = Math.max(newestMs, one.changedAt.getTime());
		if (last) {
			const sinceAgain = Math.max(sinceMs, Math.min(newestMs, context.now().getTime()) - overlapMs);
			yield { records, next: { since: stamp(sinceAgain), seconds: null } };
			return;
		}
		at = { since: stamp(sinceMs + (width - 1) * 1000), seconds: raw.length < pageSize / 4 ? width * 2 : width };
		if (raw.length > 0) yield { records, next: at };
	}
}

async function onePage(
	context: JoorContext,
	{ kind, ...window }: { kind: string; date_start: string; date_end: string },
	skip: number,
): Promise<unknown[]> {
	const { markExported, firstPosition } = context.settings;
	const { data } = await context.http.get("/orders", {
		schema: orderList,
		query: {
			order_type: kind,
			export_status: 1,
			sync: markExported ? 1 : 0,
			check: 0,
			...window,
			start_from: Number(firstPosition) + skip,
			count: pageSize,
		},
	});
	return data;
}

function isOurs(read: Read<Order>, { settings }: JoorContext): boolean {
	return !read.ok || !settings.skipEmptyCustomer || hasCustomer(read.value);
}

function hasCustomer(order: Order): boolean {
	return order.extraFields?.some(({ name }) => name === customerCodeField) ?? false;
}

export const orders = {
	...reader<JoorSettings, Order, ChangeCursor>({
		cursor: changeCursor,
		read: (context, from) => ordersOf(context, from, context.settings.orderKind),
	}),
	/** That a list can be narrowed to one order is inferred: what else comes back is not taken for it. */
	async get(context: JoorContext, sourceId: string): Promise<Read<Order> | null> {
		const query = { order_id: sourceId, order_type: 8, export_status: 1, sync: 0, check: 0, count: pageSize };
		const { data } = await context.http.get("/orders", { schema: orderList, query });
		return data.map((raw) => readOrder(raw, context.settings)).find((read) => read.sourceId === sourceId) ?? null;
	},
	unwanted({ orderKind, skipEmptyCustomer }: z.output<JoorSettings>, order: Order): string | null {
		if (skipEmptyCustomer && !hasCustomer(order))
			return "its customer has no code, and Skip empty customer code leaves such orders out";
		const known = Object.values(orderKinds).some((kind) => kind === order.sourceStatus);
		const single = orderKind === "1" || orderKind === "3" || orderKind === "6" || orderKind === "7";
		if (!known || !single || order.sourceStatus === orderKinds[orderKind]) return null;
		return `it is one of the ${order.sourceStatus.toLowerCase()}, and Status names ${orderKinds[orderKind].toLowerCase()}`;
	},
};

export const cancellations = reader<JoorSettings, CancelRequest, ChangeCursor>({
	cursor: changeCursor,
	async *read(context, from) {
		for await (const { records, next } of ordersOf(context, from, canceledKind))
			yield {
				records: records.map((read) =>
					read.ok ? { ...read, value: { sourceId: read.sourceId, reason: "Cancelled in JOOR" } } : read,
				),
				next,
			};
	},
});

/** No list of styles is published, so the lines of orders tell them, of whatever kind the orders are. */
export const products = reader<JoorSettings, Product, ChangeCursor>({
	cursor: changeCursor,
	async *read(context, from) {
		if (!context.settings.syncProducts) {
			yield { records: [], next: from.cursor ?? { since: from.from ? stamp(from.from) : beginning, seconds: null } };
			return;
		}
		for await (const { records, next } of ordersOf(context, from, "8"))
			yield { records: records.flatMap((read) => productsOf(read)), next };
	},
});
