/**
 * Answers the questions that are asked all the time from an index, so that a warehouse of a hundred thousand
 * orders stays quick; what the index does not settle is still filtered row by row.
 */
import { parseRql, type Term } from "./rql-filter";
import type { StoredOrder, WarehouseStore } from "./store";

/** Orders that fit, in the order asked for. Throws when the query cannot be parsed. */
export function findOrders(store: WarehouseStore, rql: string, sort: string): StoredOrder[] {
	const { test, terms } = rql === "" ? { test: () => true, terms: [] } : parseRql(rql);
	const found = fromIndex(store, terms) ?? { rows: store.orders, rest: [test], byChange: false };
	const rows = found.rest.length === 0 ? found.rows : found.rows.filter((row) => found.rest.every((fits) => fits(row)));
	const [first = ""] = sort.toLowerCase().split(",");
	if (first === "readonly.lastmodifieddate" && found.byChange) return rows;
	return sorted(rows, first);
}

interface Found {
	rows: StoredOrder[];
	/** What still has to be tested. */
	rest: ((row: unknown) => boolean)[];
	byChange: boolean;
}

function fromIndex(store: WarehouseStore, terms: Term[]): Found | null {
	const take = (path: string, operator: string) =>
		terms.find((term) => term.path === path && term.operator === operator && !term.values[0]?.includes("*"));
	const owner = take("readonly.customeridentifier.id", "==");
	const customer = store.customers.get(Number(owner?.values[0]));
	if (!customer) return null;
	const without = (...settled: (Term | undefined)[]) =>
		terms.filter((term) => !settled.includes(term)).map((term) => term.test);
	const reference = take("referencenum", "==");
	if (reference) {
		// As written only, though the comparison is blind to case: a look before a create must stay quick.
		const order = customer.byReference.get(reference.values[0] ?? "");
		return { rows: order ? [order] : [], rest: without(reference, owner), byChange: false };
	}
	const closed = take("readonly.isclosed", "==");
	if (closed?.values[0] !== "true") return null;
	const since = take("readonly.lastmodifieddate", "=ge=");
	const start = since ? firstSince(customer.closed, (since.values[0] ?? "").replace(/Z$/, "")) : 0;
	const rows = start === 0 ? customer.closed : customer.closed.slice(start);
	return { rows, rest: without(owner, closed, since), byChange: true };
}

function firstSince(closed: StoredOrder[], since: string): number {
	let low = 0;
	let high = closed.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((closed[middle]?.readOnly.lastModifiedDate ?? "") < since) low = middle + 1;
		else high = middle;
	}
	return low;
}

const sortKeys: Record<string, (order: StoredOrder) => string | number> = {
	"readonly.lastmodifieddate": (order) => order.readOnly.lastModifiedDate,
	"readonly.processdate": (order) => order.readOnly.processDate ?? "",
	"readonly.creationdate": (order) => order.readOnly.creationDate,
	"readonly.orderid": (order) => order.readOnly.orderId,
	referencenum: (order) => order.referenceNum,
};

/** By one property, falling back to the id; a leading minus turns it round, an unknown property is ignored. */
function sorted(rows: StoredOrder[], sort: string): StoredOrder[] {
	const key = sortKeys[sort.replace(/^-/, "")];
	if (!key) return rows;
	const sign = sort.startsWith("-") ? -1 : 1;
	return [...rows].sort((a, b) => {
		const [left, right] = [key(a), key(b)];
		return left === right ? a.readOnly.orderId - b.readOnly.orderId : left < right ? -sign : sign;
	});
}
