import { z } from "zod";
import type { Context, Page, Read, ReadFrom } from "../kit/types";
import { isTurning, toLocal } from "../kit/zone";
import { orderList, receiverList, rels } from "./api";
import { hal } from "./calls";
import type { ExtensivSettings } from "./settings";

const pageSize = 250;
/** Changes may be saved a little after their time was taken: at the end of a read, that much is read again. */
const overlapMs = 2 * 60_000;

/** Records by change time. `page` serves only seconds that fill a whole page. */
export const changeCursor = z.strictObject({ since: z.iso.datetime(), page: z.int().positive() });
export type ChangeCursor = z.output<typeof changeCursor>;

interface Asked<T> {
	rql: string;
	detail?: string;
	/** May leave a record out. */
	read: (raw: unknown) => Read<T>[];
}
type Query = Record<string, string | number>;
interface RawPage {
	raw: unknown[];
	totalResults: number;
}

/** Pages of the merchant's orders that fit `rql`, in the order of their last change. */
export function changedOrders<T>(
	context: Context<ExtensivSettings>,
	from: ReadFrom<ChangeCursor>,
	asked: Asked<T>,
): AsyncGenerator<Page<T, ChangeCursor>, void> {
	return changed(context, from, {
		...asked,
		ask: async (query) => {
			const sorted = { ...query, sort: "readOnly.lastModifiedDate,readOnly.orderId" };
			const { data } = await context.http.get("/orders", { schema: orderList, headers: hal, query: sorted });
			return { raw: data._embedded?.[rels.order] ?? [], totalResults: data.totalResults };
		},
	});
}

/** The same for its receivers. */
export function changedReceivers<T>(
	context: Context<ExtensivSettings>,
	from: ReadFrom<ChangeCursor>,
	asked: Asked<T>,
): AsyncGenerator<Page<T, ChangeCursor>, void> {
	return changed(context, from, {
		...asked,
		ask: async (query) => {
			const sorted = { ...query, sort: "readOnly.lastModifiedDate,readOnly.receiverId" };
			const { data } = await context.http.get("/inventory/receivers", {
				schema: receiverList,
				headers: hal,
				query: sorted,
			});
			return { raw: data._embedded?.[rels.receiver] ?? [], totalResults: data.totalResults };
		},
	});
}

async function* changed<T>(
	context: Context<ExtensivSettings>,
	{ cursor, from }: ReadFrom<ChangeCursor>,
	{ rql, detail, read, ask }: Asked<T> & { ask: (query: Query) => Promise<RawPage> },
): AsyncGenerator<Page<T, ChangeCursor>, void> {
	const { customerId, timeZone } = context.settings;
	let at = cursor ?? { since: (from ?? new Date(0)).toISOString(), page: 1 };
	let newestMs = Date.parse(at.since);
	for (let more = true; more; ) {
		const { raw, totalResults } = await ask({
			pgsiz: pageSize,
			pgnum: at.page,
			...(detail && { detail }),
			rql: `${rql};readonly.customerIdentifier.id==${customerId};readonly.lastModifiedDate=ge=${lowerBound(at.since, timeZone)}`,
		});
		const records = raw.flatMap(read);
		for (const record of records) if (record.ok) newestMs = Math.max(newestMs, record.changedAt.getTime());
		more = raw.length > 0 && at.page * pageSize < totalResults;
		at = more ? onwards(at, newestMs) : { since: laterOf(at.since, newestMs - overlapMs), page: 1 };
		yield { records, next: at };
	}
}

/** By time as soon as time moves on, so that nothing that changes meanwhile can push a record past us. */
function onwards(at: ChangeCursor, newestMs: number): ChangeCursor {
	const since = laterOf(at.since, newestMs);
	return since > at.since ? { since, page: 1 } : { since, page: at.page + 1 };
}

function laterOf(since: string, ms: number): string {
	const other = new Date(ms).toISOString();
	return other > since ? other : since;
}

/** Where the zone's clock is turned back, later changes may carry earlier times: an hour more is read. */
function lowerBound(since: string, zone: string): string {
	const at = new Date(since);
	return toLocal(isTurning(at, zone) ? new Date(at.getTime() - 3_600_000) : at, zone);
}
