import { z } from "zod";
import type { Order } from "@/lib/canonical/order";
import { reader } from "../kit/define";
import type { Context, Read } from "../kit/types";
import { oneOrder, orderPage } from "./api";
import type { Settings } from "./index";
import { readOrder } from "./map";

const pageSize = 50;
/** Changes may be saved a little after their time was taken: at the end of a read, that much is read again. */
const overlapMs = 2 * 60_000;

/** By change time, so that what changes meanwhile pushes nothing past us; `page` serves moments that fill a page. */
const changeCursor = z.strictObject({ since: z.iso.datetime(), page: z.int().positive() });
type ChangeCursor = z.output<typeof changeCursor>;

export const orders = {
	...reader<Settings, Order, ChangeCursor>({
		cursor: changeCursor,
		async *read(context, { cursor, from }) {
			let at = cursor ?? { since: (from ?? new Date(0)).toISOString(), page: 1 };
			let newestMs = Date.parse(at.since);
			for (let more = true; more; ) {
				const { data } = await context.http.get("/orders", {
					schema: orderPage,
					query: { ...at, size: pageSize, status: context.settings.statuses.join(",") },
				});
				const records = data.orders.map(readOrder);
				for (const record of records) if (record.ok) newestMs = Math.max(newestMs, record.changedAt.getTime());
				more = data.more && records.length > 0;
				at = more ? onwards(at, newestMs) : { since: laterOf(at.since, newestMs - overlapMs), page: 1 };
				yield { records, next: at };
			}
		},
	}),
	async get(context: Context<Settings>, sourceId: string): Promise<Read<Order> | null> {
		const { data } = await context.http.get(`/orders/${encodeURIComponent(sourceId)}`, { schema: oneOrder });
		return data.order === null ? null : readOrder(data.order);
	},
};

function onwards(at: ChangeCursor, newestMs: number): ChangeCursor {
	const since = laterOf(at.since, newestMs);
	return since > at.since ? { since, page: 1 } : { since, page: at.page + 1 };
}

function laterOf(since: string, ms: number): string {
	const other = new Date(ms).toISOString();
	return other > since ? other : since;
}
