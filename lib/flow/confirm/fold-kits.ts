/**
 * What left a warehouse, in the lines of the order: parts become kits again, and the warehouse's codes the cart's.
 * Pure: all departures of one order in their order give what is told of each, so that it can be computed again.
 */
import type { DeliverableOrder } from "@/lib/canonical/deliverable-order";
import type { Shipment } from "@/lib/canonical/shipment";

/** A line as the warehouse has it. */
export type SentLine = Pick<DeliverableOrder["lines"][number], "lineId" | "sku" | "quantity" | "kit" | "added">;
export interface OrderedLine {
	id: string;
	sku: string;
	quantity: number;
	shippedQuantity: number;
}
export interface Folded {
	/** The departure as the order knows its lines. What is not the order's stays as the warehouse says it. */
	shipment: Shipment;
	/** More of a part left than was asked for. */
	over: boolean;
}
type Left = Shipment["lines"][number];
type Box = Shipment["packages"][number];

/** `before`: how much of each order line had left before the first of these departures, for lines that are no kits. */
export function foldShipments(sent: SentLine[], ordered: OrderedLine[], shipments: Shipment[]): Folded[] {
	const state = newState(sent, ordered);
	let waiting: Box[] = [];
	return shipments.map((shipment) => {
		const inBoxes = copyOf(state);
		const boxes = shipment.packages.map((box) => ({
			...box,
			lines: foldLines(inBoxes, box.lines, false).lines,
		}));
		const { lines, over } = foldLines(state, shipment.lines, shipment.final);
		// What only the whole departure tells is not to be had box by box.
		const told = state.sent.some(({ kit }) => kit) && unitsOf(boxes.flatMap((box) => box.lines)) < unitsOf(lines);
		const packages = [...waiting, ...(told ? boxes.map(emptied) : boxes)];
		// Nothing to tell yet: the numbers of these boxes go with what completes the kit.
		waiting = lines.length === 0 ? packages.map(emptied) : [];
		return { shipment: { ...shipment, lines, packages }, over };
	});
}

/** The lines of a delivery as it was sent; those of the order where that is not kept. */
export function sentLinesOf(document: unknown, ordered: OrderedLine[]): SentLine[] {
	const lines = (document as { lines?: SentLine[] } | null)?.lines;
	return lines && lines.length > 0 ? lines : ordered.map(({ id, sku, quantity }) => ({ lineId: id, sku, quantity }));
}

interface State {
	sent: SentLine[];
	ordered: OrderedLine[];
	/** Units that left, by the line sent. */
	gone: Map<string, number>;
	/** Kits that were told, by the order's line. */
	told: Map<string, number>;
}

function newState(sent: SentLine[], ordered: OrderedLine[]): State {
	const before = new Map(ordered.map(({ id, shippedQuantity }) => [id, shippedQuantity]));
	const plain = sent.filter(({ kit }) => !kit);
	return {
		sent,
		ordered,
		gone: new Map(plain.map(({ lineId }) => [lineId, before.get(lineId) ?? 0])),
		told: new Map(),
	};
}

function copyOf(state: State): State {
	return { ...state, gone: new Map(state.gone), told: new Map(state.told) };
}

function foldLines(state: State, left: Left[], final: boolean): { lines: Left[]; over: boolean } {
	const lines: Left[] = [];
	let over = false;
	for (const line of left)
		for (const { to, quantity } of spread(state, line)) {
			if (!to) {
				lines.push({ ...line, quantity });
				continue;
			}
			const gone = (state.gone.get(to.lineId) ?? 0) + quantity;
			state.gone.set(to.lineId, gone);
			if (gone > to.quantity) over = true;
			// What a rule added is the order's, and not the cart's.
			if (!to.kit && !to.added) lines.push({ lineId: to.lineId, sku: skuOf(state, to.lineId) ?? line.sku, quantity });
		}
	return { lines: [...lines, ...kitLines(state, final)], over };
}

/** Of lines with the same code, the first that still wants some; what is too much goes to the last. */
function spread(state: State, line: Left): { to: SentLine | null; quantity: number }[] {
	const named = state.sent.find(({ lineId }) => lineId === line.lineId && line.lineId !== "");
	if (named) return [{ to: named, quantity: line.quantity }];
	const alike = state.sent.filter(({ sku }) => sku === line.sku);
	if (alike.length === 0) {
		const own = state.sent.find(({ lineId, kit }) => !kit && skuOf(state, lineId) === line.sku);
		return [{ to: own ?? null, quantity: line.quantity }];
	}
	const parts: { to: SentLine; quantity: number }[] = [];
	let rest = line.quantity;
	for (const [position, to] of alike.entries()) {
		const room = Math.max(0, to.quantity - (state.gone.get(to.lineId) ?? 0));
		const quantity = position === alike.length - 1 ? rest : Math.min(rest, room);
		if (quantity > 0) parts.push({ to, quantity });
		rest -= quantity;
	}
	return parts;
}

/** Kits that are complete now and were not before; after the last departure, also what began to leave. */
function kitLines(state: State, final: boolean): Left[] {
	const byLine = new Map<string, { kit: NonNullable<SentLine["kit"]>; gone: number }[]>();
	for (const { lineId, kit, added } of state.sent) {
		if (!kit || added) continue;
		const parts = byLine.get(kit.lineId) ?? [];
		byLine.set(kit.lineId, [...parts, { kit, gone: state.gone.get(lineId) ?? 0 }]);
	}
	return [...byLine].flatMap(([lineId, parts]): Left[] => {
		const whole = Math.min(...parts.map(({ kit, gone }) => Math.floor(gone / kit.per)));
		const begun = Math.max(...parts.map(({ kit, gone }) => Math.ceil(gone / kit.per)));
		const wanted = state.ordered.find(({ id }) => id === lineId)?.quantity ?? 0;
		const early = final || parts.some(({ kit }) => kit.partial === "first");
		const now = early ? Math.max(whole, Math.min(begun, wanted)) : whole;
		const quantity = now - (state.told.get(lineId) ?? 0);
		if (quantity <= 0) return [];
		state.told.set(lineId, now);
		return [{ lineId, sku: skuOf(state, lineId) ?? "", quantity }];
	});
}

function skuOf(state: State, lineId: string): string | undefined {
	return state.ordered.find(({ id }) => id === lineId)?.sku;
}

function emptied(box: Box): Box {
	return { ...box, lines: [] };
}

function unitsOf(lines: { quantity: number }[]): number {
	return lines.reduce((sum, { quantity }) => sum + quantity, 0);
}
