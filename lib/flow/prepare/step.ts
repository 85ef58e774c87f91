import type { DestinationOptions, SourceOptions } from "@/lib/canonical/connection-options";
import type { DeliverableOrder } from "@/lib/canonical/deliverable-order";
import type { Order } from "@/lib/canonical/order";
import type { Ruling } from "@/lib/canonical/rule";
import type { ReferenceFields } from "@/lib/connectors/kit/reference-fields";
import type { ErrorCode } from "@/lib/errors/codes";
import type { ItemRule } from "../intake/filters";
import type { ItemCodes } from "./item-codes";
import type { ShipMappings } from "./ship-methods/load";

/** An order on its way to being deliverable, and what the steps may know. */
export interface Draft {
	order: Order;
	/** Our ids of the order's lines, by the source's line id: the warehouse hands them back with a shipment. */
	lineIds: ReadonlyMap<string, string>;
	/** Its number in the whole order, by the source's line id; absent: its place among the lines here. */
	lineNumbers?: ReadonlyMap<string, number> | undefined;
	orderId: string;
	source: SourceOptions;
	destination: DestinationOptions;
	/** Of the order's cart and of the warehouse; see ship-methods/load. */
	shipMappings: ShipMappings;
	/** The longest number the destination takes, when it has a limit. */
	maxNumberLength: number | undefined;
	/** True when another order already uses this one's number at the destination. */
	numberTaken: boolean;
	/** The merchant's item codes, as far as this order has use for them. */
	codes: ItemCodes;
	/** Of the order's cart: which of its lines stay here. */
	itemFilter: ItemRule;
	/** What the destination takes from a template; absent: nothing. */
	takes?: ReferenceFields | undefined;
	/** A person wants the address sent as it is: postal code, region and telephone number are not judged. */
	addressKept?: boolean | undefined;
	/** What the merchant's rules made of the order; absent where no rules were asked. */
	ruling?: Ruling | null | undefined;
	deliverable: Partial<DeliverableOrder>;
}

/** What a step gives: a part of the deliverable order, or the reason why the order stops here. */
export type StepResult =
	| { ok: true; set: Partial<DeliverableOrder>; note: string }
	/** `sku`: the item code that nobody knows, where that is the reason. */
	| { ok: false; code: ErrorCode; problem: string; field: string; sku?: string };

/** Pure: the same draft gives the same result, so the order page can show why, and a rule can be tried out. */
export interface Step {
	name: string;
	apply(draft: Draft): StepResult;
}

/** What the order page shows of each step. */
export interface StepTrace {
	step: string;
	note: string;
	ok: boolean;
}
