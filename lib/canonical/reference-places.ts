/** The places that a reference template may name, by what it is about, and what stands there. */
import type { ExtraField, Order, OrderLine } from "./order";
import type { PurchaseOrder, PurchaseOrderLine } from "./purchase-order";

/** What a template is filled from. Templates of lines may name the places of their order, too. */
export const referenced = ["order", "line", "purchase", "purchaseLine"] as const;
export type Referenced = (typeof referenced)[number];

interface Place<T> {
	/** What stands there, for people. */
	words: string;
	/** Says who the shopper is: left empty where a warehouse must not know. */
	personal?: true;
	of(thing: T): string;
}
type Places<T> = Record<string, Place<T>>;

/** A line and its number in the whole order, from 1. */
export interface NumberedLine<L> {
	line: L;
	number: number;
}

const dayOf = (at: Date | undefined) => at?.toISOString().slice(0, 10) ?? "";
const unitsOf = ({ lines }: { lines: { quantity: number }[] }) =>
	String(lines.reduce((sum, { quantity }) => sum + quantity, 0));

const ofOrder: Places<Order> = {
	number: { words: "the order's number", of: (order) => order.number },
	sourceId: { words: "the cart's own id", of: (order) => order.sourceId },
	orderSource: { words: "the order source", of: (order) => order.orderSource ?? "" },
	placedOn: { words: "the day it was placed, such as 2026-11-21", of: (order) => dayOf(order.placedAt) },
	shipMethod: { words: "the ship method as the cart has it", of: ({ shipping }) => shipping.name || shipping.code },
	country: { words: "the country, two letters", of: ({ shipTo }) => shipTo.country },
	region: { words: "the state or region", of: ({ shipTo }) => shipTo.region },
	postalCode: { words: "the postal code", of: ({ shipTo }) => shipTo.postalCode },
	tags: { words: "the tags, with commas", of: ({ tags }) => tags.join(", ") },
	total: { words: "what the shopper pays", of: ({ total }) => total?.amount ?? "" },
	currency: { words: "the currency", of: ({ total }) => total?.currency ?? "" },
	units: { words: "how many units", of: unitsOf },
	name: { words: "the recipient's name", personal: true, of: ({ shipTo }) => shipTo.name || shipTo.company },
	company: { words: "the recipient's company", personal: true, of: ({ shipTo }) => shipTo.company },
	city: { words: "the city", of: ({ shipTo }) => shipTo.city },
	email: { words: "the shopper's e-mail", personal: true, of: (order) => order.customer?.email || order.shipTo.email },
	note: { words: "the order's note", personal: true, of: (order) => order.note },
	giftMessage: { words: "the gift message", personal: true, of: (order) => order.giftMessage },
};

const ofLine: Places<NumberedLine<OrderLine>> = {
	number: { words: "the line's number, from 1", of: ({ number }) => String(number) },
	sourceId: { words: "the cart's own id of the line", of: ({ line }) => line.sourceLineId },
	sku: { words: "the item code in the cart", of: ({ line }) => line.sku },
	name: { words: "the product's name", of: ({ line }) => line.name },
	quantity: { words: "how many units of it", of: ({ line }) => String(line.quantity) },
	price: { words: "the price of one", of: ({ line }) => line.unitPrice?.amount ?? "" },
};

const ofPurchase: Places<PurchaseOrder> = {
	number: { words: "the purchase order's number", of: (order) => order.number },
	sourceId: { words: "its source's own id", of: (order) => order.sourceId },
	kind: { words: "purchase or transfer", of: (order) => order.kind },
	supplier: { words: "who sends the goods", of: (order) => order.supplier },
	orderedOn: { words: "the day it was ordered, such as 2026-11-21", of: (order) => dayOf(order.orderedAt) },
	expectedOn: { words: "the day it is expected", of: (order) => dayOf(order.expectedAt) },
	units: { words: "how many units", of: unitsOf },
	note: { words: "the purchase order's note", of: (order) => order.note },
};

const ofPurchaseLine: Places<NumberedLine<PurchaseOrderLine>> = {
	number: { words: "the line's number, from 1", of: ({ number }) => String(number) },
	sourceId: { words: "its source's own id of the line", of: ({ line }) => line.sourceLineId },
	sku: { words: "the item code at its source", of: ({ line }) => line.sku },
	name: { words: "the product's name", of: ({ line }) => line.name },
	quantity: { words: "how many units of it", of: ({ line }) => String(line.quantity) },
	unitOfMeasure: { words: "how it is packed, such as case", of: ({ line }) => line.unitOfMeasure },
	unitsPerPack: { words: "how many units a pack holds", of: ({ line }) => String(line.unitsPerPack) },
	lot: { words: "the lot", of: ({ line }) => line.lot },
	expiresOn: { words: "the day it expires", of: ({ line }) => dayOf(line.expiresAt) },
	expectedOn: { words: "the day it is expected", of: ({ line }) => dayOf(line.expectedAt) },
};

/** An extra field by its name: {{extra.Season}}, {{line.extra.Colour}}. */
const extra = /^extra\.(.+)$/;
const ofTheLine = "line.";

const namesOf = {
	order: Object.keys(ofOrder),
	line: [...Object.keys(ofOrder), ...Object.keys(ofLine).map((name) => ofTheLine + name)],
	purchase: Object.keys(ofPurchase),
	purchaseLine: [...Object.keys(ofPurchase), ...Object.keys(ofPurchaseLine).map((name) => ofTheLine + name)],
} as const satisfies Record<Referenced, string[]>;

/** Every name that is known; beside them are `extra.<name>` and, of lines, `line.extra.<name>`. */
export function placeNames(about: Referenced): readonly string[] {
	return namesOf[about];
}

export function isPlace(name: string, about: Referenced): boolean {
	if (namesOf[about].includes(name) || extra.test(name)) return true;
	const isLine = about === "line" || about === "purchaseLine";
	return isLine && name.startsWith(ofTheLine) && extra.test(name.slice(ofTheLine.length));
}

/** What stands at a place; empty where nothing does. */
export type Look = (name: string) => string;

/** `hidePersonal` leaves those places empty that may say who the shopper is. */
export function lookInOrder(order: Order, hidePersonal: boolean, at?: NumberedLine<OrderLine>): Look {
	const whole = lookIn(order, { places: ofOrder, extraFields: order.extraFields, hidePersonal });
	return withLine(whole, at && lookIn(at, { places: ofLine, extraFields: at.line.extraFields, hidePersonal }));
}

export function lookInPurchase(
	order: PurchaseOrder,
	hidePersonal: boolean,
	at?: NumberedLine<PurchaseOrderLine>,
): Look {
	const whole = lookIn(order, { places: ofPurchase, extraFields: order.extraFields, hidePersonal });
	return withLine(whole, at && lookIn(at, { places: ofPurchaseLine, extraFields: at.line.extraFields, hidePersonal }));
}

function withLine(whole: Look, line: Look | undefined): Look {
	return (name) => (name.startsWith(ofTheLine) ? (line?.(name.slice(ofTheLine.length)) ?? "") : whole(name));
}

interface Within<T> {
	places: Places<T>;
	extraFields: ExtraField[] | undefined;
	hidePersonal: boolean;
}

function lookIn<T>(thing: T, { places, extraFields, hidePersonal }: Within<T>): Look {
	return (name) => {
		const field = extra.exec(name)?.[1]?.toLowerCase();
		// Nobody knows what a shop keeps in fields of its own.
		if (field !== undefined)
			return hidePersonal ? "" : (extraFields?.find((one) => one.name.toLowerCase() === field)?.value ?? "");
		const place = Object.hasOwn(places, name) ? places[name] : undefined;
		return !place || (hidePersonal && place.personal) ? "" : place.of(thing);
	};
}
