import { z } from "zod";
import type { CancelMessage } from "@/lib/canonical/cancellation";
import { ConnectorError } from "../kit/fault";
import type { Creator, Written } from "../kit/types";
import { readOne } from "./acknowledge";
import { type OmContext, refusal } from "./calls";
import { type OmSettings, wordsOf } from "./settings";

/**
 * Cancels an order, and tells its sales channel where the settings say so. Money is never given back by us. What the
 * call answers is not public, so the order is read before and after: only its status says that it was done.
 */
export const cancel: Creator<OmSettings, CancelMessage> = {
	find: async (context, _key, value) => (await look(context, value)).written,
	async create(context, { value }): Promise<Written> {
		const before = await look(context, value);
		if (before.written) return before.written;
		if (before.status === "") throw refused("unknown-order", "it has no such order any more");
		if (before.status === "SHIPPED") throw refused("shipped", "it has shipped there");
		const { updateChannel, warehouseCancelReason } = context.settings;
		const { exchangeId } = await context.http.send("POST", "/v1/orders/cancel", undefined, {
			schema: z.unknown(),
			fault: refusal(context),
			query: {
				orderId: value.orderSourceId,
				cancelReasonType: warehouseCancelReason,
				updateSalesChannels: updateChannel,
				refundOrdersOnChannels: false,
			},
		});
		return { ...(await mustBeCanceled(context, value)), existed: false, exchangeId };
	},
};

async function look(context: OmContext, { orderSourceId }: CancelMessage) {
	const order = await readOne(context, orderSourceId);
	const status = order?.orderStatus ?? "";
	const written: Written | null =
		order && status === "CANCELLED"
			? { externalId: orderSourceId, externalNumber: order.orderNumber, existed: true, state: "canceled" }
			: null;
	return { written, status };
}

/** The call has gone out: whatever keeps us from seeing its effect, the next try must look. */
async function mustBeCanceled(context: OmContext, value: CancelMessage): Promise<Written> {
	const lost = (message: string, cause?: unknown) =>
		new ConnectorError({ kind: "transient", sent: true }, message, { cause });
	const after = await look(context, value).catch((error: unknown) => {
		throw lost("Order Manager did not say whether the order is cancelled. We look again by ourselves.", error);
	});
	if (after.written) return after.written;
	throw lost(`Order Manager still shows the order as ${wordsOf(after.status)}. We look again by ourselves.`);
}

function refused(code: string, reason: string): ConnectorError {
	const message = `Order Manager did not cancel the order: ${reason}. Look at it there.`;
	return new ConnectorError({ kind: "permanent", code }, message);
}
