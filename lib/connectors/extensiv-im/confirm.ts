import { z } from "zod";
import type { ConfirmationMessage } from "@/lib/canonical/shipment";
import type { Context, Source, Written } from "../kit/types";
import { call, levelPath, orNull } from "./calls";
import type { ImSettings } from "./settings";
import { updatePath } from "./source";
import { order as orderSchema, roverTime, shipment } from "./words";

/**
 * Tracking goes to the order with our key in `custom_1`: the API promises nothing about a repeated write, so a lost
 * answer is looked for by that key, or by the tracking number where the field was dropped.
 */
export const confirm: NonNullable<Source<ImSettings>["confirm"]> = {
	takes: "one-per-package",
	lines: true,
	find,
	async create(context, { key, value, attempt }): Promise<Written> {
		const found = attempt > 1 ? await find(context, key, value) : null;
		if (found) return found;
		const [trackingNumber = "", ...others] = value.trackingNumbers;
		const told = {
			carrier: value.carrier,
			method: value.service,
			tracking_no: trackingNumber,
			...(others.length > 0 && { tracking_no_secondary: others.join(", ") }),
			...(value.cost && { total_cost: value.cost }),
			date: roverTime(value.shippedAt),
			custom_1: key,
			items: value.lines.map((line) => ({ item: line.sku, quantity: line.quantity, line_item_id: line.lineId })),
		};
		const { exchangeId } = await call(context, updatePath(context, value.orderSourceId), {
			body: { order_status: "shipped", shipments: [told] },
			schema: z.unknown(),
		});
		return { externalId: idOf(value, key), existed: false, exchangeId };
	},
};

async function find(context: Context<ImSettings>, key: string, value: ConfirmationMessage): Promise<Written | null> {
	const path = levelPath(context, `/orders/${encodeURIComponent(value.orderSourceId)}`);
	const found = await orNull(call(context, path, { schema: orderSchema }));
	if (!found) return null;
	const boxes = found.data.shipments.flatMap((one) => {
		const parsed = shipment.safeParse(one);
		return parsed.success ? [parsed.data] : [];
	});
	const isOurs = boxes.some(({ custom_1: kept, tracking_no: number }) =>
		kept === "" ? number !== "" && value.trackingNumbers.includes(number) : kept === key,
	);
	return isOurs ? { externalId: idOf(value, key), existed: true, exchangeId: found.exchangeId } : null;
}

const idOf = (value: ConfirmationMessage, key: string) => `${value.orderSourceId}/${value.trackingNumbers[0] ?? key}`;
