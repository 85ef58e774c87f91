/**
 * What an order source is told about shipments: one message per package where it takes that and the warehouse
 * says what is in which box, otherwise one for the whole shipment with all its tracking numbers. Pure. Warehouses
 * state one cost for a shipment: the first of its messages bears it, so that the sum stays right.
 */
import type { ConfirmationMessage, Shipment } from "@/lib/canonical/shipment";

export interface LineToConfirm {
	/** Our id of the order line, as the warehouse hands it back. */
	id: string;
	sourceLineId: string;
	sku: string;
}

export function confirmationsFor(
	shipment: Shipment,
	order: { sourceId: string; lines: LineToConfirm[] },
	takes: "one-per-order" | "one-per-package",
): ConfirmationMessage[] {
	const base = {
		orderSourceId: order.sourceId,
		carrier: shipment.carrier,
		service: shipment.service,
		shippedAt: shipment.shippedAt,
	};
	const told = (lines: { lineId: string; sku: string; quantity: number }[]) =>
		mergeLines(lines.flatMap((line) => toSourceLine(line, order.lines)));
	const cost = shipment.cost === undefined ? {} : { cost: shipment.cost };
	const byPackage = shipment.packages.map((box, position) => ({
		...base,
		...(position === 0 && cost),
		trackingNumbers: numbers([box.trackingNumber]),
		lines: told(box.lines),
	}));
	const complete = byPackage.length > 1 && byPackage.every((message) => message.lines.length > 0);
	if (takes === "one-per-package" && complete) return byPackage;
	const lines = told(shipment.lines);
	return lines.length === 0
		? []
		: [{ ...base, ...cost, trackingNumbers: numbers(shipment.packages.map((box) => box.trackingNumber)), lines }];
}

/** By the id we sent, or by item code where the warehouse dropped it. */
function toSourceLine(line: { lineId: string; sku: string; quantity: number }, known: LineToConfirm[]) {
	const match = known.find((one) => one.id === line.lineId) ?? known.find((one) => one.sku === line.sku);
	return match ? [{ lineId: match.sourceLineId, sku: match.sku, quantity: line.quantity }] : [];
}

function mergeLines<T extends { lineId: string; quantity: number }>(lines: T[]): T[] {
	const merged = new Map<string, T>();
	for (const line of lines) {
		const before = merged.get(line.lineId);
		merged.set(line.lineId, before ? { ...before, quantity: before.quantity + line.quantity } : line);
	}
	return [...merged.values()];
}

function numbers(all: string[]): string[] {
	return [...new Set(all.filter(Boolean))];
}
