import { hash } from "node:crypto";
import type { Order } from "@/lib/canonical/order";

/**
 * What of an order matters to a warehouse, as a short hash. Our own writes to the source (tracking, notes)
 * touch its change time and its status, but not this.
 */
export function fingerprint(order: Order): string {
	const { number, shipTo, shipping, lines, note, giftMessage } = order;
	return hash("md5", JSON.stringify([number, shipTo, shipping, lines, note, giftMessage]), "base64url");
}
