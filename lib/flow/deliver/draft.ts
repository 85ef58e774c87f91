/** An order as the steps of preparing take it, from its row and what is shared by the orders of its batch. */
import { type DestinationOptions, sourceOptions } from "@/lib/canonical/connection-options";
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
	/** What rules decided, where they did. */
	ruling?: unknown;
	lines: { id: string; sourceLineId: string; sku: string; filtered: boolean }[];
}

/** The item codes of an order as its cart wrote them. */
export function codesOfRow({ connectionId, lines }: Pick<DraftRow, "connectionId" | "lines">) {
	return lines.map(({ sku }) => ({ connectionId, code: sku }));
}

interface Shared {
	destination: DestinationOptions;
	taken: ReadonlySet<string>;
	codes: PageOfCodes;
	mappingsOf: (cartId: string) => ShipMappings;
	filtersOf: (cartId: string) => ItemRule;
}

/** An order as the steps of preparing take it. */
export function draftOf(
	work: { connection: { connector: Connector } },
	row: DraftRow,
	{ destination, taken, codes, mappingsOf, filtersOf }: Shared,
) {
	return {
		order: orderOfRow(row),
		orderId: row.id,
		lineIds: new Map(row.lines.map((line) => [line.sourceLineId, line.id])),
		source: sourceOptions.parse(row.options),
		destination,
		takes: work.connection.connector.destination?.orders?.takes,
		maxNumberLength: work.connection.connector.destination?.orders?.maxNumberLength,
		numberTaken: taken.has(row.id),
		codes: codes.of(row.connectionId),
		shipMappings: mappingsOf(row.connectionId),
		itemFilter: filtersOf(row.connectionId),
		ruling: rulingOf(row),
	};
}

/** The order as the rules of its merchant want it sent. */
export function orderOfRow(row: Pick<DraftRow, "document" | "ruling">): Order {
	const order = orderOf(row.document);
	const ruling = rulingOf(row);
	return ruling ? applyRuling(order, ruling) : order;
}

function rulingOf({ ruling }: Pick<DraftRow, "ruling">): Ruling | null {
	return ruling ? rulingSchema.parse(ruling) : null;
}
