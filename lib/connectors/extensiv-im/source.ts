import { z } from "zod";
import { type CancelRequest, cancelRequest, type Order } from "@/lib/canonical/order";
import { ConnectorError } from "../kit/fault";
import type { Context, Outcome, Read, Source } from "../kit/types";
import { call, levelPath, orNull } from "./calls";
import { listReader } from "./lists";
import { readOrder, refOf } from "./map";
import type { ImSettings } from "./settings";
import { order as orderSchema, timeOf } from "./words";

const readingOf = (context: Context<ImSettings>) => ({ now: context.now(), currency: context.settings.currency });

export const orders: NonNullable<Source<ImSettings>["orders"]> = {
	...listReader<Order>({
		statuses: ({ pickup }) => [pickup],
		records: (raw, context) => [readOrder(raw, readingOf(context))],
	}),
	async get(context, sourceId) {
		const found = await orNull(
			call(context, levelPath(context, `/orders/${encodeURIComponent(sourceId)}`), { schema: z.unknown() }),
		);
		return found ? readOrder(found.data, readingOf(context)) : null;
	},
	unwanted(settings: z.output<ImSettings>, { sourceStatus }: Order): string | null {
		const names: Record<typeof settings.pickup, string[]> = {
			new: ["new"],
			new_or_at_wms: ["new", "at_wms"],
			any: [sourceStatus],
		};
		if (names[settings.pickup].includes(sourceStatus)) return null;
		return `it is ${sourceStatus} there, and "Which orders to load" names ${names[settings.pickup].join(" and ")}`;
	},
};

export const cancellations = listReader<CancelRequest>({
	statuses: () => ["canceled"],
	records(raw, context): Read<CancelRequest>[] {
		const parsed = orderSchema.safeParse(raw);
		const sourceId = refOf(raw);
		const value = cancelRequest.safeParse({ sourceId, reason: "Canceled in Integration Manager" });
		if (!parsed.success || !value.success || sourceId === "?")
			return [{ ok: false, sourceId, field: "cust_ref", problem: "the canceled order cannot be read", raw }];
		const { cancel_date, updated_date_time } = parsed.data;
		const changedAt = timeOf(updated_date_time) ?? timeOf(cancel_date) ?? context.now();
		return [{ ok: true, sourceId, changedAt, value: value.data, raw }];
	},
});

/** Moves loaded orders from new to at_wms there, one call each: there is none for several. */
export const acknowledge: NonNullable<Source<ImSettings>["acknowledge"]> = {
	maxBatch: 20,
	wanted: ({ markDelivered }) => markDelivered,
	async set(context, writes) {
		const outcomes: Outcome[] = [];
		for (const { key, value } of writes) {
			try {
				const body = { order_status: "at_wms" };
				const path = updatePath(context, value.sourceId);
				const found = await orNull(call(context, path, { body, schema: z.unknown(), repeatable: true }));
				outcomes.push(
					found
						? { key, ok: true, exchangeId: found.exchangeId }
						: { key, ok: "skipped", reason: "Integration Manager does not know this order" },
				);
			} catch (error) {
				if (!(error instanceof ConnectorError)) throw error;
				// Nobody is helped by trying the others: each would meet the same.
				if (error.fault.kind !== "permanent") throw error;
				outcomes.push({ key, ok: false, error });
			}
		}
		return outcomes;
	},
};

export function updatePath({ settings }: Context<ImSettings>, custRef: string): string {
	return settings.updatePath.replace("{cust_ref}", encodeURIComponent(custRef));
}
