import { z } from "zod";
import type { DeliverableOrder } from "@/lib/canonical/deliverable-order";
import { ConnectorError } from "../kit/fault";
import type { Context, UpdateAnswer } from "../kit/types";
import { wmsOrder } from "./api";
import { hal, refusal } from "./calls";
import { toWmsOrder } from "./map";
import type { ExtensivSettings } from "./settings";

/**
 * Replaces one open order (PUT /orders/{id}). The version read is named in If-Match: when somebody changed the order
 * meanwhile (412), it is read once more, because it may be packed. A packed order is left as it is.
 */
export async function updateOrder(
	context: Context<ExtensivSettings>,
	externalId: string,
	order: DeliverableOrder,
): Promise<UpdateAnswer> {
	for (let tries = 1; ; tries++) {
		const { data, headers } = await context.http.get(`/orders/${externalId}`, { schema: wmsOrder, headers: hal });
		if (data.readOnly.status === 2) return { state: "refused", reason: "it was canceled there" };
		if (data.readOnly.isClosed) return { state: "refused", reason: "it has shipped already" };
		if (data.readOnly.packDoneDate) return { state: "refused", reason: "it is packed already" };
		try {
			await context.http.send("PUT", `/orders/${externalId}`, toWmsOrder(order, context.settings), {
				schema: z.unknown(),
				headers: { ...hal, "If-Match": headers.get("etag") ?? "*" },
				fault: refusal,
				repeatable: true,
			});
			return { state: "accepted" };
		} catch (error) {
			if (!(error instanceof ConnectorError) || error.fault.kind !== "permanent") throw error;
			if (error.fault.code === "http-412" && tries < 3) continue;
			const reason = error.fault.code === "OrderConfirmed" ? "it has shipped already" : error.message;
			return { state: "refused", reason };
		}
	}
}
