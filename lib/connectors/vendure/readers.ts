import { z } from "zod";
import type { Product } from "@/lib/canonical/catalogue";
import type { CancelRequest, Order } from "@/lib/canonical/order";
import { reader } from "../kit/define";
import type { Context, Page, Read, ReadFrom } from "../kit/types";
import { oneOrder, orderPage, variantPage } from "./api";
import { call } from "./calls";
import { readOrder, readProduct } from "./map";
import type { VendureSettings } from "./settings";

const pageSize = 250;
/** On SQLite change times have whole seconds, and a record may be saved a little after its time was taken. */
const overlapMs = 2 * 60_000;

/** Vendure's `after` leaves out the moment itself, and on SQLite a moment is a second. */
const tieMs = 1_000;
/** How many records are read again when one moment fills more than a page and some of it moves meanwhile. */
const tieOverlap = 50;

/**
 * Reads by change time, not by position: a record that changes during the read moves to the end, and would pull
 * an unseen one into the part that a position has passed already. `skip` serves only moments that fill a page.
 */
const changeCursor = z.object({ since: z.string(), skip: z.int().nonnegative() });
type ChangeCursor = z.output<typeof changeCursor>;

async function* changedOrders(
	context: Context<VendureSettings>,
	{ cursor, from }: ReadFrom<ChangeCursor>,
	states: string[],
): AsyncIterable<Page<Order, ChangeCursor>> {
	let at = cursor ?? { since: (from ?? new Date(0)).toISOString(), skip: 0 };
	let newestMs = Date.parse(at.since);
	for (let more = true; more; ) {
		const { data } = await call(context, {
			name: "orders",
			data: orderPage,
			repeatable: true,
			variables: {
				options: {
					take: pageSize,
					skip: at.skip,
					// Open baskets are orders too; `active: false` leaves them out.
					filter: { active: { eq: false }, updatedAt: { after: at.since }, state: { in: states } },
					sort: { updatedAt: "ASC" },
				},
			},
		});
		const records = data.orders.items.map(readOrder);
		for (const record of records) if (record.ok) newestMs = Math.max(newestMs, record.changedAt.getTime());
		more = records.length > 0 && at.skip + records.length < data.orders.totalItems;
		at = more ? onwards(at, newestMs, records.length) : { since: laterOf(at.since, newestMs - overlapMs), skip: 0 };
		// What answers in place of what was asked for, as a cache may, must not cancel or load anything.
		yield { records: records.filter((record) => !record.ok || states.includes(record.value.sourceStatus)), next: at };
	}
}

function onwards(at: ChangeCursor, newestMs: number, length: number): ChangeCursor {
	const since = laterOf(at.since, newestMs - tieMs);
	return since > at.since ? { since, skip: 0 } : { since: at.since, skip: at.skip + Math.max(1, length - tieOverlap) };
}

function laterOf(since: string, ms: number): string {
	const other = new Date(ms).toISOString();
	return other > since ? other : since;
}

export const orders = Object.assign(
	reader<VendureSettings, Order, ChangeCursor>({
		cursor: changeCursor,
		read: (context, from) => changedOrders(context, from, context.settings.orderStates),
	}),
	{
		async get(context: Context<VendureSettings>, sourceId: string): Promise<Read<Order> | null> {
			const { data } = await call(context, {
				name: "order",
				data: oneOrder,
				repeatable: true,
				variables: { id: sourceId },
			});
			return data.order === null || data.order === undefined ? null : readOrder(data.order);
		},
		async find(context: Context<VendureSettings>, number: string): Promise<string | null> {
			const options = { take: 1, filter: { code: { eq: number } } };
			const { data } = await call(context, {
				name: "orders",
				data: orderPage,
				repeatable: true,
				variables: { options },
			});
			const found = data.orders.items.map(readOrder)[0];
			return found?.sourceId ?? null;
		},
		unwanted(settings: z.output<VendureSettings>, order: Order): string | null {
			const states: string[] = settings.orderStates;
			if (states.includes(order.sourceStatus)) return null;
			return `it is in state ${order.sourceStatus} there, and "Which orders to load" names ${states.join(" and ")}`;
		},
	},
);

export const cancellations = reader<VendureSettings, CancelRequest, ChangeCursor>({
	cursor: changeCursor,
	async *read(context, from) {
		for await (const page of changedOrders(context, from, ["Cancelled"])) {
			const records = page.records.map(
				(record): Read<CancelRequest> =>
					record.ok ? { ...record, value: { sourceId: record.sourceId, reason: "Cancelled in Vendure" } } : record,
			);
			yield { ...page, records };
		}
	},
});

const skipCursor = z.object({ skip: z.int().nonnegative() });

export const products = reader<VendureSettings, Product, z.output<typeof skipCursor>>({
	cursor: skipCursor,
	async *read(context, { cursor }) {
		let skip = cursor?.skip ?? 0;
		for (let more = true; more; ) {
			const { data } = await call(context, {
				name: "variants",
				data: variantPage,
				repeatable: true,
				variables: { options: { take: pageSize, skip, sort: { id: "ASC" } } },
			});
			const items = data.productVariants.items;
			skip += items.length;
			more = skip < data.productVariants.totalItems && items.length > 0;
			yield {
				records: items.map(readProduct),
				next: { skip: more ? skip : 0 },
				total: data.productVariants.totalItems,
			};
		}
	},
});
