import { z } from "zod";
import { ConnectorError } from "../kit/fault";
import type { CancelAnswer, Context } from "../kit/types";
import { wmsOrder } from "./api";
import { hal, refusal } from "./calls";
import type { ExtensivSettings } from "./settings";

/**
 * Cancels one order. The version read is named in If-Match; when somebody changed the order meanwhile (412),
 * it is read once more, because it may have shipped.
 */
export async function requestCancel(
	context: Context<ExtensivSettings>,
	externalId: string,
	reason: string,
): Promise<CancelAnswer> {
	for (let tries = 1; ; tries++) {
		const { data, headers } = await context.http.get(`/orders/${externalId}`, { schema: wmsOrder, headers: hal });
		if (data.readOnly.status === 2) return { state: "accepted" };
		if (data.readOnly.isClosed) return { state: "refused", reason: "it has shipped already" };
		try {
			await context.http.send(
				"POST",
				`/orders/${externalId}/canceler`,
				{ reason: reason || "Canceled in the shop" },
				{
					schema: z.unknown(),
					headers: { ...hal, "If-Match": headers.get("etag") ?? "*" },
					fault: refusal,
					repeatable: true,
				},
			);
			return { state: "accepted" };
		} catch (error) {
			if (!(error instanceof ConnectorError) || error.fault.kind !== "permanent") throw error;
			if (error.fault.code === "http-412" && tries < 3) continue;
			if (error.fault.code === "OrderCanceled") return { state: "accepted" };
			return {
				state: "refused",
				reason: error.fault.code === "OrderConfirmed" ? "it has shipped already" : error.message,
			};
		}
	}
}
