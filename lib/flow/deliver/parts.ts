/**
 * An order that goes to the warehouse in several deliveries. What was sent is in the deliveries and nowhere else: what
 * is still to go is always computed from them, so that no state of an order can make a unit leave twice. Pure.
 */
import type { DeliverableOrder } from "@/lib/canonical/deliverable-order";
import type { Order } from "@/lib/canonical/order";
import type { StepTrace } from "../prepare/step";
import { number as numberStep, numberWords, warehouseNumber } from "../prepare/steps/number";
import type { Need } from "./allocate";

type Line = DeliverableOrder["lines"][number];

/** The warehouse has it, or may have it. */
export function isLive({ state }: { state: string }): boolean {
	return state === "accepted" || state === "sending" || state === "unknown";
}

/** Units of each order line that one delivery sends, by our id of the line; null where it is not known line by line. */
export function unitsOf(document: unknown): Map<string, number> | null {
	const lines = (document as { lines?: Line[] } | null)?.lines;
	if (!lines || lines.length === 0) return null;
	const units = new Map<string, number>();
	const kits = new Map<string, number>();
	for (const { lineId, quantity, kit } of lines)
		if (kit) kits.set(kit.lineId, Math.max(kits.get(kit.lineId) ?? 0, Math.ceil(quantity / kit.per)));
		else units.set(lineId, (units.get(lineId) ?? 0) + quantity);
	for (const [lineId, count] of kits) units.set(lineId, (units.get(lineId) ?? 0) + count);
	return units;
}

/** Of all deliveries together. Null: one of them stands for the whole order, as one that a person marked. */
export function sentUnits(deliveries: { state: string; document: unknown }[]): Map<string, number> | null {
	const sum = new Map<string, number>();
	for (const delivery of deliveries.filter(isLive)) {
		const units = unitsOf(delivery.document);
		if (units === null) return null;
		for (const [lineId, count] of units) sum.set(lineId, (sum.get(lineId) ?? 0) + count);
	}
	return sum;
}

/** The order as it is still to be sent; null where nothing is left. */
export function restOf(
	order: Order,
	lineIds: ReadonlyMap<string, string>,
	sent: ReadonlyMap<string, number> | null,
): Order | null {
	if (sent === null) return null;
	if (sent.size === 0) return order;
	const lines = order.lines.flatMap((line) => {
		const quantity = line.quantity - (sent.get(lineIds.get(line.sourceLineId) ?? line.sourceLineId) ?? 0);
		return quantity > 0 ? [{ ...line, quantity }] : [];
	});
	return lines.length > 0 ? { ...order, lines } : null;
}

/** What the lines need of the stock, a kit's parts together. */
export function needsOf(lines: Line[]): Need[] {
	const needs = new Map<string, Need>();
	for (const { lineId, sku, stockSku, quantity, kit } of lines) {
		const part = { sku: stockSku ?? sku, per: kit?.per ?? 1 };
		const key = kit?.lineId ?? lineId;
		const known = needs.get(key);
		if (known) known.parts.push(part);
		else needs.set(key, { lineId: key, units: quantity / part.per, parts: [part] });
	}
	return [...needs.values()];
}

/** The lines as far as they go now: units by order line. */
export function partOf(lines: Line[], units: ReadonlyMap<string, number>): Line[] {
	return lines.flatMap((line) => {
		const count = (units.get(line.kit?.lineId ?? line.lineId) ?? 0) * (line.kit?.per ?? 1);
		return count > 0 ? [{ ...line, quantity: count }] : [];
	});
}

/** The number of a later part: 1001, then 1001-2. The same for the same part on every attempt. */
export function partNumber(
	first: string,
	part: number,
	of: { orderId: string; maxLength: number | undefined; taken: boolean },
): string {
	return part === 1 ? first : warehouseNumber(`${first}-${part}`, { ...of, orderId: `${of.orderId}/${part}` });
}

/** The steps of a part say the number that the part has, which is found after them. */
export function withPartNumber(trace: StepTrace[], wanted: string, key: string): StepTrace[] {
	return trace.map((one) =>
		one.step === numberStep.name && one.ok ? { ...one, note: numberWords(wanted, key) } : one,
	);
}
