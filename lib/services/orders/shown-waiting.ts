/** What of an order waits here, as its page shows it, and what a person may do about it. */
import { shortOf, type Wait, waitWords } from "@/lib/flow/deliver/allocate";
import { sentUnits } from "@/lib/flow/deliver/parts";
import type { OrderDetail } from "./read-order";

interface Row {
	status: string;
	backorderedAt: Date | null;
	heldAt: Date | null;
	sendingCanceled: boolean;
}
export interface LineRow extends Omit<OrderDetail["lines"][number], "sentQuantity" | "waitsFor"> {
	waits: Wait[] | null;
}

export function isInFlight({ state }: { state: string }): boolean {
	return state === "sending" || state === "unknown";
}

/** How much of a line has left this place, and why the rest waits. */
export function shownLine(
	row: Row,
	{ waits, ...line }: LineRow,
	deliveries: { state: string; document: unknown }[],
): OrderDetail["lines"][number] {
	const sent = sentUnits(deliveries);
	const sentQuantity = sent === null ? line.quantity : Math.min(line.quantity, sent.get(line.id) ?? 0);
	const isOpen = row.status === "new" || row.status === "at_wms";
	const waitsFor = isOpen && waits ? shortOf(waits).map(waitWords) : [];
	return { ...line, sentQuantity, waitingQuantity: isOpen ? line.waitingQuantity : 0, waitsFor };
}

export function stockWords({ backorderedAt }: Row, lines: LineRow[]): string | null {
	const waits = lines.flatMap(({ waits }) => waits ?? []);
	return backorderedAt === null || waits.length === 0 ? null : `${shortOf(waits).map(waitWords).join("; ")}.`;
}

export function hasOpenShare(shares: OrderDetail["shares"]): boolean {
	return shares.some(({ rest }) => rest.length > 0);
}

export function canOfBackorder(
	row: Row,
	{ deliveries, shares }: { deliveries: { state: string }[]; shares: OrderDetail["shares"] },
	hasShipped: boolean,
) {
	const inFlight = deliveries.some(isInFlight);
	const waits = row.backorderedAt !== null && (row.status === "new" || row.status === "at_wms");
	const may = waits && !inFlight && row.heldAt === null && !row.sendingCanceled;
	const isThere = row.status === "at_wms" || (row.status === "error" && hasOpenShare(shares));
	return { sendAvailable: may, sendInFull: may, closeShipped: isThere && hasShipped && !inFlight };
}

/** "1 × MUG at West": what is not at its warehouse yet. */
export function shareWords(shares: OrderDetail["shares"]): string {
	const open = shares.filter(({ rest }) => rest.length > 0);
	const amounts = (rest: { sku: string; quantity: number }[]) =>
		rest.map(({ sku, quantity }) => `${quantity} × ${sku}`);
	return open.map(({ connection, rest }) => `${amounts(rest).join(", ")} at ${connection.name}`).join("; ");
}
