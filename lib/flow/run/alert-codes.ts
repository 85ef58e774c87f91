/** Of the codes that alerts carry: whose side fails, and whether a person must hear of it at once. */
import type { AlertSide } from "@/lib/canonical/alert";
import type { ErrorCode } from "@/lib/errors/codes";

interface AlertCode {
	/** connection: the side of the connection it happened at. state: whoever has the order in its state. */
	side: AlertSide | "connection" | "state";
	/** True for what does not go on until a person acts; the rest waits for the digest. */
	needsPerson: boolean;
}

export const alertCodes = {
	"needs-reconnect": { side: "connection", needsPerson: true },
	"partner-refused": { side: "connection", needsPerson: true },
	"gave-up": { side: "connection", needsPerson: true },
	"bad-record": { side: "connection", needsPerson: false },
	"partner-unreachable": { side: "connection", needsPerson: false },
	"delivery-unknown": { side: "connection", needsPerson: false },
	throttled: { side: "connection", needsPerson: false },
	// What the cart sent cannot be packed or addressed.
	"bad-input": { side: "cart", needsPerson: true },
	"missing-sku": { side: "cart", needsPerson: true },
	"unmapped-ship-method": { side: "mapping", needsPerson: true },
	"unknown-sku": { side: "mapping", needsPerson: true },
	"all-filtered": { side: "mapping", needsPerson: true },
	"no-destination": { side: "mapping", needsPerson: true },
	"cancel-refused": { side: "warehouse", needsPerson: true },
	"changed-after-delivery": { side: "cart", needsPerson: true },
	"warehouse-canceled": { side: "warehouse", needsPerson: true },
	"over-shipped": { side: "warehouse", needsPerson: false },
	"purchase-changed": { side: "cart", needsPerson: true },
	"over-received": { side: "warehouse", needsPerson: false },
	// Count, buy or cancel: neither system mends it by itself.
	oversold: { side: "mapping", needsPerson: true },
	"held-stock": { side: "connection", needsPerson: false },
	late: { side: "state", needsPerson: false },
	differences: { side: "connection", needsPerson: true },
	"webhook-off": { side: "crossdock", needsPerson: true },
	unexpected: { side: "crossdock", needsPerson: true },
} as const satisfies Partial<Record<ErrorCode, AlertCode>>;

function infoOf(code: string): AlertCode {
	return (alertCodes as Record<string, AlertCode>)[code] ?? alertCodes.unexpected;
}

/** Who owns what fails. Without a connection, what would be its side is ours. */
export function sideOf(
	code: string,
	about: { connectionSide?: string | undefined; status?: string | undefined },
): AlertSide {
	const { side } = infoOf(code);
	if (side === "connection") return bySide[about.connectionSide ?? ""] ?? "crossdock";
	if (side === "state") return byStatus[about.status ?? ""] ?? "crossdock";
	return side;
}

const bySide: Record<string, AlertSide> = { source: "cart", destination: "warehouse" };
/** Who has an order in a state; what waits for us is ours. */
const byStatus: Record<string, AlertSide> = { at_wms: "warehouse", shipped: "cart" };

export function needsPerson(code: string): boolean {
	return infoOf(code).needsPerson;
}
