import { z } from "zod";
import { ConnectorError } from "../kit/fault";
import { short } from "../kit/faults";
import type { Outcome, Source } from "../kit/types";
import { bulkAnswer, omOrder } from "./api";
import { type OmContext, refusal } from "./calls";
import type { OmSettings } from "./settings";

type Acknowledge = NonNullable<Source<OmSettings>["acknowledge"]>;

/**
 * Labels loaded orders, and moves them on where the settings say so. That the update call takes `labels` and
 * `orderStatus` is inferred, as is that it replaces labels: an order keeps those it has.
 */
export const acknowledge: Acknowledge = {
	maxBatch: 25,
	wanted: ({ labelDownloaded, markExported }) => labelDownloaded || markExported,
	async set(context, writes) {
		const { labelDownloaded, labelName, markExported, pickupStatus } = context.settings;
		const skipped: Outcome[] = [];
		const known: { key: string; body: object }[] = [];
		for (const { key, value } of writes) {
			const order = await readOne(context, value.sourceId);
			if (!order) {
				skipped.push({ key, ok: "skipped", reason: "Order Manager has no such order any more" });
				continue;
			}
			const labels = [...new Set([...(order.labels ?? []).map(({ name }) => name), labelName])];
			const body = {
				orderIdentifier: { orderId: order.orderId },
				...(labelDownloaded && { labels: labels.map((name) => ({ name })) }),
				// An order that went on meanwhile is not moved back.
				...(markExported && order.orderStatus === pickupStatus && { orderStatus: "PENDING_FULFILLMENT" }),
			};
			known.push({ key, body });
		}
		return [...skipped, ...(await update(context, known))];
	},
};

/** The order as it stands now; null when Order Manager has no such order. */
export async function readOne(context: OmContext, sourceId: string) {
	if (!/^\d+$/.test(sourceId)) return null;
	try {
		const { data } = await context.http.get(`/v1.1/orders/${sourceId}`, {
			schema: z.unknown(),
			fault: refusal(context),
		});
		return omOrder.safeParse(data).data ?? null;
	} catch (error) {
		if (error instanceof ConnectorError && error.fault.kind === "permanent" && error.fault.code === "http-404")
			return null;
		throw error;
	}
}

async function update(context: OmContext, known: { key: string; body: object }[]): Promise<Outcome[]> {
	if (known.length === 0) return [];
	const bodies = known.map(({ body }) => body);
	const { data, exchangeId } = await context.http.send("POST", "/v1.1/orders", bodies, {
		schema: bulkAnswer,
		repeatable: true,
		fault: refusal(context),
	});
	return known.map(({ key }, n): Outcome => {
		const error = data.errors.find(({ index }) => index === n + 1);
		if (!error) return { key, ok: true, exchangeId };
		const fault = { kind: "permanent", code: error.errorCode || "refused" } as const;
		const message = `Order Manager did not label the order: ${short(error.message)}. Label it there by hand.`;
		return { key, ok: false, error: new ConnectorError(fault, message, { exchangeId }) };
	});
}
