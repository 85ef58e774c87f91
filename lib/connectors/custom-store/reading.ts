import { z } from "zod";
import type { CancelRequest, Order } from "@/lib/canonical/order";
import { reader } from "../kit/define";
import type { Page, Read, ReadFrom } from "../kit/types";
import { isTurning } from "../kit/zone";
import { exportPage, type StoreContext, type Stretch } from "./calls";
import { headOf, readOrder } from "./map";
import { type StoreSettings, wordsOf } from "./settings";

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** Changes may be saved a little after their time was taken, and times are whole minutes. */
const overlapMs = 3 * minuteMs;
/** No store spoke the protocol before. */
const beginning = "2012-01-01T00:00:00.000Z";
/** Stretches meet in one minute, so that it does not matter on which side a store counts its ends. */
const leastMinutes = 2;
const mostPages = 1000;

const changeCursor = z.strictObject({ since: z.iso.datetime(), minutes: z.int().min(leastMinutes).nullable() });
type ChangeCursor = z.output<typeof changeCursor>;

const minuteOf = (ms: number) => Math.floor(ms / minuteMs) * minuteMs;

/**
 * Orders by the time of their last change, in stretches of time that one page holds: pages are places in a list, and
 * an order that changes meanwhile leaves the list and pulls another across the bound of two. Only where one page does
 * not hold the shortest stretch, its pages are read forwards and backwards.
 */
async function* changed<T>(
	context: StoreContext,
	{ cursor, from }: ReadFrom<ChangeCursor>,
	read: (raw: unknown) => Read<T>[],
): AsyncGenerator<Page<T, ChangeCursor>, void> {
	let at: ChangeCursor = cursor ?? { since: from?.toISOString() ?? beginning, minutes: null };
	let newestMs = Date.parse(at.since);
	for (;;) {
		const sinceMs = minuteOf(Date.parse(at.since));
		const left = Math.max(leastMinutes, (minuteOf(context.now().getTime()) + minuteMs - sinceMs) / minuteMs);
		const last = at.minutes === null || at.minutes >= left;
		const width = last ? left : (at.minutes ?? left);
		const stretch = { fromMs: sinceMs, toMs: sinceMs + width * minuteMs };
		const { rows: held, pages } = await onePage(context, stretch);
		if (held === null && width > leastMinutes) {
			const parts = Math.min(Math.max(pages ?? 2, 2), 16);
			at = { ...at, minutes: Math.max(leastMinutes, Math.floor(width / parts)) };
			continue;
		}
		const rows = held ?? (await allPages(context, stretch));
		const records = rows.flatMap(read);
		newestMs = Math.max(newestMs, ...rows.map((raw) => changedMs(raw, context)));
		if (last) {
			const again = minuteOf(Math.min(newestMs, context.now().getTime()) - overlapMs);
			yield { records, next: { since: new Date(Math.max(sinceMs, again)).toISOString(), minutes: null } };
			return;
		}
		at = { since: new Date(stretch.toMs - minuteMs).toISOString(), minutes: rows.length < 10 ? width * 2 : width };
		if (rows.length > 0) yield { records, next: at };
	}
}

const changedMs = (raw: unknown, context: StoreContext) =>
	headOf(raw, context.settings, context.now()).changedAt?.getTime() ?? 0;
const numberOf = (raw: unknown, context: StoreContext) => headOf(raw, context.settings, context.now()).number;

/** Where a zone's clock is turned, an hour more is asked for on either side. */
function ask(context: StoreContext, { fromMs, toMs }: Stretch, page: number) {
	const slack = (ms: number) => (isTurning(new Date(ms), context.settings.timeZone) ? 60 * minuteMs : 0);
	return exportPage(context, { fromMs: fromMs - slack(fromMs), toMs: toMs + slack(toMs) }, page);
}

/** All rows of the stretch, if one page holds them; null with the number of pages where it does not. */
async function onePage(
	context: StoreContext,
	stretch: Stretch,
): Promise<{ rows: unknown[] | null; pages: number | null }> {
	const first = await ask(context, stretch, 0);
	const said = context.settings.pagesEnd === "said" ? first.pages : null;
	if (first.rows.length === 0 || (said !== null && said <= 1)) return { rows: first.rows, pages: said };
	// Stores have been seen to give the number of orders as that of pages, none at all, or one page for every number.
	const second = await ask(context, stretch, 1);
	const known = new Set(first.rows.map((raw) => numberOf(raw, context)));
	if (second.rows.some((raw) => !known.has(numberOf(raw, context)))) return { rows: null, pages: said };
	// What left the list between the two calls may have pulled an order from the second page to the first.
	const again = await ask(context, stretch, 0);
	return { rows: union([...first.rows, ...again.rows], context), pages: said };
}

async function allPages(context: StoreContext, stretch: Stretch): Promise<unknown[]> {
	const known = new Set<string>();
	const rows: unknown[] = [];
	let pages = 0;
	for (; pages < mostPages; pages++) {
		const found = (await ask(context, stretch, pages)).rows;
		const fresh = found.filter((raw) => !known.has(numberOf(raw, context)));
		if (fresh.length === 0) break;
		for (const raw of fresh) known.add(numberOf(raw, context));
		rows.push(...found);
	}
	while (pages-- > 0) rows.push(...(await ask(context, stretch, pages)).rows);
	return union(rows, context);
}

/** Each order as it was told last. Rows without a number all stay, to be reported. */
function union(rows: unknown[], context: StoreContext): unknown[] {
	return [...new Map(rows.map((raw, n) => [numberOf(raw, context) || n, raw])).values()];
}

/** The newest row of one order among the changes of the days that the settings allow; null when it is not there. */
export async function locate(context: StoreContext, number: string): Promise<unknown> {
	const now = minuteOf(context.now().getTime()) + minuteMs;
	const most = context.settings.lookBackDays;
	const days = [...new Set([1, 7, 30, 90, most])].filter((day) => day <= most).sort((a, b) => a - b);
	for (const [n, day] of days.entries()) {
		const stretch = { fromMs: now - day * dayMs, toMs: now - (days[n - 1] ?? 0) * dayMs };
		const known = new Set<string>();
		for (let page = 0; page < mostPages; page++) {
			const { rows, pages } = await ask(context, stretch, page);
			const found = rows.find((raw) => numberOf(raw, context) === number);
			if (found !== undefined) return found;
			const before = known.size;
			for (const raw of rows) known.add(numberOf(raw, context));
			const isLast = context.settings.pagesEnd === "said" && pages !== null && page + 1 >= pages;
			if (isLast || known.size === before) break;
		}
	}
	return null;
}

const has = (words: string, status: string) => wordsOf(words).includes(status.toLowerCase());
/** The protocol lists orders of every status, so it is ours to choose. */
const statusOf = (raw: unknown, context: StoreContext) => headOf(raw, context.settings, context.now()).status;

export const orders = {
	...reader<StoreSettings, Order, ChangeCursor>({
		cursor: changeCursor,
		read: (context, from) =>
			changed(context, from, (raw) =>
				has(context.settings.loadStatuses, statusOf(raw, context))
					? [readOrder(raw, context.settings, context.now())]
					: [],
			),
	}),
	async get(context: StoreContext, sourceId: string): Promise<Read<Order> | null> {
		const raw = await locate(context, sourceId);
		return raw === null ? null : readOrder(raw, context.settings, context.now());
	},
	unwanted({ loadStatuses }: z.output<StoreSettings>, order: Order): string | null {
		return has(loadStatuses, order.sourceStatus)
			? null
			: `its status is ${order.sourceStatus || "empty"}, and Statuses to load names ${loadStatuses}`;
	},
};

export const cancellations = reader<StoreSettings, CancelRequest, ChangeCursor>({
	cursor: changeCursor,
	read: (context, from) =>
		changed(context, from, (raw): Read<CancelRequest>[] => {
			const { number, status, changedAt } = headOf(raw, context.settings, context.now());
			if (!has(context.settings.canceledStatuses, status)) return [];
			const field = number === "" ? "OrderNumber" : "LastModified";
			if (number === "" || changedAt === null)
				return [{ ok: false, sourceId: number || "?", field, problem: `${field} cannot be read`, raw }];
			const value = { sourceId: number, reason: `Status ${status} in the store` };
			return [{ ok: true, sourceId: number, changedAt, value, raw }];
		}),
});
