import { z } from "zod";
import { warehouseId } from "./access";
import { rawList } from "./api";
import { type OmContext, refusal, stamp } from "./calls";

/** The size that is given unasked: a page of fewer is certainly the last, whatever more is not allowed. */
export const pageSize = 100;
/** Changes may be saved a little after their time was taken: at the end of a read, that much is read again. */
const overlapMs = 2 * 60_000;
/** Nothing in Order Manager is older than this, as is Order Manager itself. */
const beginning = "2010-01-01T00:00:00Z";
/** Times are whole seconds, and whether a bound is part of its window is not documented: windows overlap by one. */
const leastSeconds = 2;

/**
 * In which order lists come is not documented, and there is no total: with pages, a record that leaves the list
 * would pull an unseen one across the bound of two. So a read goes by windows of change time, each as short as one page holds.
 */
export const changeCursor = z.strictObject({ since: z.iso.datetime(), seconds: z.int().min(leastSeconds).nullable() });
export type ChangeCursor = z.output<typeof changeCursor>;

export interface Window {
	raw: unknown[];
	/** The cursor to store with these records, given when the newest of them changed. */
	next(newestMs: number): ChangeCursor;
}

/** A list that can be asked for by time: its path, what else is asked, and the names of the two bounds. */
export interface TimedList {
	path: string;
	ask: Query;
	from: string;
	to: string;
}
type Query = Record<string, string | number | undefined>;

/** Orders in a status, or in any. */
export async function* changedOrders(
	context: OmContext,
	{ cursor, from, status }: { cursor: ChangeCursor | null; from: Date | undefined; status: string | undefined },
): AsyncGenerator<Window, void> {
	const ask = { status, warehouseId: await warehouseId(context) };
	const list = { path: "/v1.1/orders", ask, from: "modifiedDateFrom", to: "modifiedDateTo" };
	yield* changesOf(context, list, { cursor, from });
}

export async function* changesOf(
	context: OmContext,
	list: TimedList,
	{ cursor, from }: { cursor: ChangeCursor | null; from: Date | undefined },
): AsyncGenerator<Window, void> {
	let at = cursor ?? { since: from ? stamp(from) : beginning, seconds: null };
	let newestMs = Date.parse(at.since);
	for (;;) {
		const sinceMs = Date.parse(at.since);
		const leftSeconds = Math.ceil((context.now().getTime() - sinceMs) / 1000);
		const seconds = at.seconds !== null && at.seconds < leftSeconds ? at.seconds : null;
		const window = {
			...list.ask,
			[list.from]: stamp(sinceMs),
			...(seconds !== null && { [list.to]: stamp(sinceMs + seconds * 1000) }),
		};
		const first = await onePage(context, { path: list.path, window, page: 1 });
		const width = seconds ?? leftSeconds;
		if (first.length >= pageSize && width > leastSeconds) {
			at = { ...at, seconds: Math.max(leastSeconds, Math.floor(width / 2)) };
			continue;
		}
		const raw = first.length >= pageSize ? [...first, ...(await otherPages(context, list.path, window))] : first;
		if (seconds === null) {
			const next = (ms: number) => ({ since: later(at.since, Math.max(newestMs, ms) - overlapMs), seconds: null });
			yield { raw, next };
			return;
		}
		const wider = raw.length < pageSize / 4 ? seconds * 2 : seconds;
		const next = { since: stamp(sinceMs + (seconds - 1) * 1000), seconds: wider };
		if (raw.length > 0)
			yield {
				raw,
				next(ms) {
					newestMs = Math.max(newestMs, ms);
					return next;
				},
			};
		at = next;
	}
}

/** Only where more changed within two seconds than a page holds. */
async function otherPages(context: OmContext, path: string, window: Query): Promise<unknown[]> {
	const raw: unknown[] = [];
	for (let page = 2; ; page++) {
		const more = await onePage(context, { path, window, page });
		raw.push(...more);
		if (more.length < pageSize) return raw;
	}
}

async function onePage(
	context: OmContext,
	{ path, window, page }: { path: string; window: Query; page: number },
): Promise<unknown[]> {
	const { data } = await context.http.get(path, {
		schema: rawList,
		query: { ...window, page, limit: pageSize },
		fault: refusal(context),
	});
	return data;
}

function later(since: string, ms: number): string {
	const other = stamp(ms);
	return other > since ? other : since;
}
