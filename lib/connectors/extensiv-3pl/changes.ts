import { z } from "zod";
import type { Context, Page, Read, ReadFrom } from "../kit/types";
import { isTurning, toLocal } from "../kit/zone";
import { orderList, rels } from "./api";
import { hal } from "./calls";
import type { ExtensivSettings } from "./settings";

const pageSize = 250;
/** Changes may be saved a little after their time was taken: at the end of a read, that much is read again. */
const overlapMs = 2 * 60_000;

/** Orders by change time. `page` serves only seconds that fill a whole page. */
export const changeCursor = z.strictObject({ since: z.iso.datetime(), page: z.int().positive() });
export type ChangeCursor = z.output<typeof changeCursor>;

/** Pages of the merchant's orders that fit `rql`, in the order of their last change. `read` may leave an order out. */
export async function* changedOrders<T>(
	context: Context<ExtensivSettings>,
	{ cursor, from }: ReadFrom<ChangeCursor>,
	{ rql, detail, read }: { rql: string; detail?: string; read: (raw: unknown) => Read<T>[] },
): AsyncGenerator<Page<T, ChangeCursor>, void> {
	const { customerId, timeZone } = context.settings;
	let at = cursor ?? { since: (from ?? new Date(0)).toISOString(), page: 1 };
	let newestMs = Date.parse(at.since);
	for (let more = true; more; ) {
		const { data } = await context.http.get("/orders", {
			schema: orderList,
			headers: hal,
			query: {
				pgsiz: pageSize,
				pgnum: at.page,
				sort: "readOnly.lastModifiedDate,readOnly.orderId",
				...(detail && { detail }),
				rql: `${rql};readonly.customerIdentifier.id==${customerId};readonly.lastModifiedDate=ge=${lowerBound(at.since, timeZone)}`,
			},
		});
		const raw = data._embedded?.[rels.order] ?? [];
		const records = raw.flatMap(read);
		for (const record of records) if (record.ok) newestMs = Math.max(newestMs, record.changedAt.getTime());
		more = raw.length > 0 && at.page * pageSize < data.totalResults;
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
