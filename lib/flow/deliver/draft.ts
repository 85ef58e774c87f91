/** An order as the steps of preparing take it, from its row and what is shared by the orders of its batch. */
import { type DestinationOptions, type SourceOptions, sourceOptions } from "@/lib/canonical/connection-options";
import { type Order, orderOf } from "@/lib/canonical/order";
import { type Ruling, ruling as rulingSchema } from "@/lib/canonical/rule";
import type { Connector } from "@/lib/connectors/kit/types";
import type { ItemRule } from "../intake/filters";
import type { PageOfCodes } from "../prepare/item-codes";
import { applyRuling } from "../prepare/rules/apply-ruling";
import type { ShipMappings } from "../prepare/ship-methods/load";

/** What preparing an order needs of it, and the options of its cart. */
export interface DraftRow {
	id: string;
	connectionId: string;
	number: string;
	document: unknown;
	options: unknown;
	/** A person wants the address sent as it is. */
	addressKept?: boolean;
	/** What rules decided, where they did. */
	ruling?: unknown;
	lines: { id: string; sourceLineId: string; sku: string; filtered: boolean; leftOut?: boolean }[];
}

/** An order as the rules of its merchant want it sent, and what they decided. */
export interface Wanted {
	order: Order;
	ruling: Ruling | null;
}

export function wantedOf({ document, ruling }: Pick<DraftRow, "document" | "ruling">): Wanted {
	return ruledOrder(orderOf(document), ruling ? rulingSchema.parse(ruling) : null);
}

export function ruledOrder(order: Order, ruling: Ruling | null): Wanted {
	return { order: ruling ? applyRuling(order, ruling) : order, ruling };
}

const parsed = new WeakMap<object, SourceOptions>();

/** The options of an order's cart: parsed once where several orders bring the same object. */
export function cartOptions({ options }: Pick<DraftRow, "options">): SourceOptions {
	if (typeof options !== "object" || options === null) return sourceOptions.parse(options);
	const known = parsed.get(options) ?? sourceOptions.parse(options);
	parsed.set(options, known);
	return known;
}

/** The item codes of an order: as its cart wrote them, and as rules add them. */
export function codesToLoad(
	{ connectionId, lines }: { connectionId: string; lines: readonly { sku: string }[] },
	ruling: Ruling | null = null,
): { connectionId: string; code: string }[] {
	return [...lines, ...(ruling?.add ?? [])].map(({ sku }) => ({ connectionId, code: sku }));
}

interface Shared {
	destination: DestinationOptions;
	taken: ReadonlySet<string>;
	codes: PageOfCodes;
	mappingsOf: (cartId: string) => ShipMappings;
	filtersOf: (cartId: string) => ItemRule;
}

/** Places in the whole order, whatever of it is still to go; what rules add comes after. */
function numbersOf(document: unknown, { lines }: Order): Map<string, number> {
	const whole = (document as { lines?: Order["lines"] } | null)?.lines ?? [];
	const ids = new Set([...whole, ...lines].map(({ sourceLineId }) => sourceLineId));
	return new Map([...ids].map((id, place) => [id, place + 1]));
}

/** An order as the steps of preparing take it. `wanted`: as `wantedOf` gives it, or what is still to go of that. */
export function draftOf(
	work: { connection: { connector: Connector } },
	{ row, wanted }: { row: DraftRow; wanted: Wanted },
	{ destination, taken, codes, mappingsOf, filtersOf }: Shared,
) {
	return {
		...wanted,
		orderId: row.id,
		lineIds: new Map(row.lines.map((line) => [line.sourceLineId, line.id])),
		lineNumbers: numbersOf(row.document, wanted.order),
		source: cartOptions(row),
		destination,
		takes: work.connection.connector.destination?.orders?.takes,
		maxNumberLength: work.connection.connector.destination?.orders?.maxNumberLength,
		numberTaken: taken.has(row.id),
		codes: codes.of(row.connectionId),
		shipMappings: mappingsOf(row.connectionId),
		itemFilter: filtersOf(row.connectionId),
		addressKept: row.addressKept,
	};
}
