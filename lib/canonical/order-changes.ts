import type { Address } from "./address";
import type { Order } from "./order";

/** One thing that differs between two states of an order, in words for a person. */
export interface OrderChange {
	field: string;
	/** Empty where there was nothing. */
	before: string;
	/** Empty where there is nothing any more. */
	after: string;
	/** Says something about the shopper: erased with them. */
	personal?: true;
}

/** What a warehouse would have to do differently, field by field; nothing when it would pack and send the same. */
export function changesBetween(before: Order, after: Order): OrderChange[] {
	const address = Object.entries(addressWords).map(
		([key, field]): OrderChange => ({
			field,
			before: before.shipTo[key as Shown],
			after: after.shipTo[key as Shown],
			personal: true,
		}),
	);
	const rest: OrderChange[] = [
		{ field: "Shipping", before: shippingOf(before), after: shippingOf(after) },
		{ field: "Note", before: before.note, after: after.note, personal: true },
		{ field: "Gift message", before: before.giftMessage, after: after.giftMessage, personal: true },
	];
	return [...lineChanges(before, after), ...address, ...rest].filter((change) => change.before !== change.after);
}

function lineChanges(before: Order, after: Order): OrderChange[] {
	const old = new Map(before.lines.map((line) => [line.sourceLineId, line]));
	const kept = new Set(after.lines.map((line) => line.sourceLineId));
	const changed = after.lines.flatMap((line): OrderChange[] => {
		const was = old.get(line.sourceLineId);
		if (!was) return [{ field: "Line added", before: "", after: wordsOf(line) }];
		if (was.sku === line.sku)
			return [{ field: `Quantity of ${skuOf(line)}`, before: String(was.quantity), after: String(line.quantity) }];
		return [{ field: "Line", before: wordsOf(was), after: wordsOf(line) }];
	});
	const removed = before.lines.filter((line) => !kept.has(line.sourceLineId));
	return [...changed, ...removed.map((line) => ({ field: "Line removed", before: wordsOf(line), after: "" }))];
}

const skuOf = (line: Order["lines"][number]) => line.sku || line.name || "a line";
const wordsOf = (line: Order["lines"][number]) => `${line.quantity} × ${skuOf(line)}`;
const shippingOf = ({ shipping }: Order) => shipping.name || shipping.code;

/** First and last name are the name again. */
type Shown = Exclude<keyof Address, "firstName" | "lastName">;

const addressWords: Record<Shown, string> = {
	name: "Name",
	company: "Company",
	line1: "Street",
	line2: "Street, second line",
	city: "City",
	region: "Region",
	postalCode: "Postal code",
	country: "Country",
	phone: "Phone",
	email: "Mail",
};
