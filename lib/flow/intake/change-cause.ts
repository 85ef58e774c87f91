import type { OrderChange } from "@/lib/canonical/order-changes";
import type { Cause } from "../run/alerts";

/** The alert of an order that the warehouse has as it was. Its sentence names what changed, not what it says now. */
export function changeCause(orderId: string, number: string, changes: OrderChange[], why?: string): Cause {
	const fields = [...new Set(changes.map(({ field }) => field))].slice(0, 5).join(", ");
	return {
		cause: `changed-after-delivery:${orderId}`,
		code: "changed-after-delivery",
		facts: { number, problem: why ? `${fields}. ${why}` : `${fields}.` },
	};
}
