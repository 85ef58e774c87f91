/** The fields of our own words that a field map may name, and what each holds. */

/** What a field holds; values are brought into that form when they are read. */
export type Kind = "text" | "count" | "decimal" | "instant" | "flag" | "country";
export interface Word {
	kind: Kind;
	/** A map that reads must fill it. */
	needed?: true;
}
export interface Words {
	/** As a noun with its article: "an order". */
	what: string;
	/** By path as a map writes it. */
	fields: Record<string, Word>;
}

const of = (kind: Kind, names: string, needed = ""): Record<string, Word> =>
	Object.fromEntries(
		names.split(" ").map((name) => [name, needed.split(" ").includes(name) ? { kind, needed: true } : { kind }]),
	);
const address = (name: string, needed: boolean): Record<string, Word> => ({
	...of(
		"text",
		["name", "firstName", "lastName", "company", "line1", "line2", "city", "region", "postalCode", "phone", "email"]
			.map((field) => `${name}.${field}`)
			.join(" "),
		needed ? `${name}.line1` : "",
	),
	...of("country", `${name}.country`, needed ? `${name}.country` : ""),
});

/** What a source's order is read into. */
export const orderWords: Words = {
	what: "an order",
	fields: {
		...of(
			"text",
			"sourceId number sourceStatus orderSource shipping.code shipping.name currency note giftMessage tags[] customer.name customer.email sourceUrl lines[].sourceLineId lines[].sku lines[].name",
			"sourceId number lines[].sku",
		),
		...of("instant", "placedAt changedAt", "placedAt"),
		...of("decimal", "total lines[].unitPrice"),
		...of("count", "lines[].quantity", "lines[].quantity"),
		...address("shipTo", true),
		...address("billTo", false),
	},
};

export const cancelWords: Words = {
	what: "a cancellation",
	fields: { ...of("text", "sourceId reason", "sourceId"), ...of("instant", "changedAt") },
};

/** What is told to a warehouse. The last two are added by the connection. */
export const deliverableWords: Words = {
	what: "an order to send",
	fields: {
		...of(
			"text",
			"number sourceNumber orderSource shipMethod.carrier shipMethod.service note giftMessage lines[].lineId lines[].sku lines[].note lines[].extraFields[].name lines[].extraFields[].value extraFields[].name extraFields[].value reference",
		),
		...of("count", "lines[].quantity"),
		...of("decimal", "lines[].unitPrice"),
		...of("instant", "sentAt"),
		...address("shipTo", false),
	},
};

/** What a warehouse says of an order that it has. */
export const knownOrderWords: Words = { what: "an order there", fields: of("text", "id number state", "id number") };

export const shipmentWords: Words = {
	what: "a shipment",
	fields: {
		...of(
			"text",
			"externalId orderExternalId orderNumber carrier service trackingNumber trackingUrl lines[].lineId lines[].sku packages[].externalId packages[].trackingNumber packages[].trackingUrl packages[].lines[].lineId packages[].lines[].sku",
			"externalId",
		),
		...of("instant", "shippedAt changedAt", "shippedAt"),
		...of("decimal", "cost packages[].weight"),
		...of("count", "lines[].quantity packages[].lines[].quantity"),
		...of("flag", "final"),
	},
};

export const levelWords: Words = {
	what: "a stock level",
	fields: {
		...of("text", "sku location", "sku location"),
		...of("count", "available onHand locked incoming"),
		...of("instant", "takenAt"),
	},
};

export const productWords: Words = {
	what: "a product",
	fields: {
		...of("text", "sku name externalId description barcode massUnit lengthUnit", "sku"),
		...of("decimal", "weight length width height"),
		...of("flag", "active lotTracked"),
	},
};
/** What is told of a new product: weight and size in the warehouse's own units. */
export const newProductWords: Words = {
	what: "a new product",
	fields: {
		...of("text", "sku name description barcode massUnit lengthUnit"),
		...of("decimal", "weight length width height"),
		...of("flag", "lotTracked"),
	},
};
export const locationWords: Words = { what: "a location", fields: of("text", "externalId name", "externalId") };

/** What a cart is told of a shipment. `key` is the same on every attempt, so that it can be found again. */
export const confirmationWords: Words = {
	what: "a shipment confirmation",
	fields: {
		...of("text", "key orderSourceId carrier service trackingNumber trackingNumbers[] lines[].lineId lines[].sku"),
		...of("instant", "shippedAt"),
		...of("decimal", "cost"),
		...of("count", "lines[].quantity"),
	},
};

/** What a cart is told of stock: all figures of one call, or the one of each. */
export const figureWords: Words = {
	what: "a stock figure",
	fields: {
		...of("text", "sku location figures[].sku figures[].location"),
		...of("count", "quantity figures[].quantity"),
	},
};

export const keptWords: Words = { what: "a confirmation there", fields: of("text", "id key", "id key") };
export const outcomeWords: Words = {
	what: "an outcome",
	fields: { ...of("text", "sku reason", "sku"), ...of("flag", "ok", "ok") },
};
