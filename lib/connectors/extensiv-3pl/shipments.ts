import type { z } from "zod";
import type { Shipment } from "@/lib/canonical/shipment";
import { reader } from "../kit/define";
import type { Read } from "../kit/types";
import { orderList, rels, wmsOrder } from "./api";
import { broken, hal } from "./calls";
import { changedAtOf, toShipment } from "./map";
import { laterOf, lowerBound, onwards, type TimeCursor, timeCursor } from "./reading";
import type { ExtensivSettings } from "./settings";

const pageSize = 250;
/** Changes may be saved a little after their time was taken: at the end of a read, that much is read again. */
const overlapMs = 2 * 60_000;

/**
 * Closed orders by change time, not by process date: a warehouse may enter a departure of yesterday, complete an
 * order long before it confirms it, or add tracking later.
 */
export const shipments = reader<ExtensivSettings, Shipment, TimeCursor>({
	cursor: timeCursor,
	async *read(context, { cursor, from }) {
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
					detail: "OrderItems,Packages",
					rql: `readonly.isclosed==true;readonly.customerIdentifier.id==${customerId};readonly.lastModifiedDate=ge=${lowerBound(at.since, timeZone)}`,
				},
			});
			const raw = data._embedded?.[rels.order] ?? [];
			const records = raw.flatMap((one) => readShipment(one, context.settings));
			for (const record of records) if (record.ok) newestMs = Math.max(newestMs, record.changedAt.getTime());
			more = raw.length > 0 && at.page * pageSize < data.totalResults;
			at = more ? onwards(at, newestMs) : { since: laterOf(at.since, newestMs - overlapMs), page: 1 };
			yield { records, next: at };
		}
	},
});

/** Nothing for orders that are none of this merchant's, still open, or closed because they were canceled. */
function readShipment(raw: unknown, settings: z.output<ExtensivSettings>): Read<Shipment>[] {
	const parsed = wmsOrder.safeParse(raw);
	if (!parsed.success) return [broken(raw, parsed.error, ["readOnly", "orderId"])];
	const { readOnly } = parsed.data;
	const customer = readOnly.customerIdentifier?.id ?? settings.customerId;
	if (customer !== settings.customerId || readOnly.status === 2 || !readOnly.isClosed) return [];
	const sourceId = String(readOnly.orderId);
	const changedAt = changedAtOf(parsed.data, settings.timeZone);
	if (!changedAt)
		return [
			{ ok: false, sourceId, field: "readOnly.lastModifiedDate", problem: "readOnly.lastModifiedDate is no date", raw },
		];
	return [{ ok: true, sourceId, changedAt, value: toShipment(parsed.data, settings.timeZone), raw }];
}
