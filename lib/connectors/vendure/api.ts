import { z } from "zod";

/** Shapes of Vendure's Admin API answers (3.x), only the fields we ask for. Money is integer minor units. */

const nullishText = z
	.string()
	.nullish()
	.transform((value) => value ?? "");

export const vendureOrder = z.object({
	id: z.string(),
	code: z.string(),
	state: z.string(),
	createdAt: z.string(),
	updatedAt: z.string(),
	orderPlacedAt: z.string().nullish(),
	currencyCode: z.string(),
	totalWithTax: z.number(),
	customer: z.object({ firstName: nullishText, lastName: nullishText, emailAddress: nullishText }).nullish(),
	shippingAddress: z
		.object({
			fullName: nullishText,
			company: nullishText,
			streetLine1: nullishText,
			streetLine2: nullishText,
			city: nullishText,
			province: nullishText,
			postalCode: nullishText,
			countryCode: nullishText,
			phoneNumber: nullishText,
		})
		.nullish(),
	shippingLines: z.array(z.object({ shippingMethod: z.object({ code: z.string(), name: z.string() }) })),
	lines: z.array(
		z.object({
			id: z.string(),
			quantity: z.number(),
			orderPlacedQuantity: z.number(),
			unitPriceWithTax: z.number(),
			productVariant: z.object({ sku: z.string(), name: z.string() }),
		}),
	),
});
export type VendureOrder = z.output<typeof vendureOrder>;

/** Records are parsed one by one, so that a malformed one does not hide its neighbours. */
export const orderPage = z.object({ orders: z.object({ totalItems: z.number(), items: z.array(z.unknown()) }) });
export const oneOrder = z.object({ order: z.unknown() });

export const fulfillment = z.object({
	id: z.string(),
	state: z.string(),
	method: nullishText,
	trackingCode: nullishText,
	lines: z.array(z.object({ orderLineId: z.string(), quantity: z.number() })),
});
export type Fulfillment = z.output<typeof fulfillment>;
export const orderFulfillments = z.object({
	order: z.object({ id: z.string(), state: z.string(), fulfillments: z.array(fulfillment).nullish() }).nullable(),
});

/** What a mutation gives: the thing, or an error that is a member of the same union. */
export const fulfillmentResult = z.object({
	__typename: z.string(),
	id: z.string().optional(),
	state: z.string().optional(),
	errorCode: z.string().optional(),
	message: z.string().optional(),
	fulfillmentHandlerError: z.string().optional(),
	/** The state a fulfilment was in when it could not be moved. */
	fromState: z.string().optional(),
});
export const fulfillAnswer = z.object({ addFulfillmentToOrder: fulfillmentResult });
export const transitionAnswer = z.object({ transitionFulfillmentToState: fulfillmentResult });

export const orderState = z.object({
	order: z.object({ id: z.string(), code: z.string(), state: z.string() }).nullable(),
});
export const cancelAnswer = z.object({
	cancelOrder: z.object({
		__typename: z.string(),
		state: z.string().optional(),
		errorCode: z.string().optional(),
		message: z.string().optional(),
	}),
});

export const variant = z.object({
	id: z.string(),
	sku: z.string(),
	name: z.string(),
	updatedAt: z.string(),
	trackInventory: z.string(),
	stockLevels: z.array(z.object({ stockLocationId: z.string(), stockOnHand: z.number(), stockAllocated: z.number() })),
});
export const variantPage = z.object({
	productVariants: z.object({ totalItems: z.number(), items: z.array(z.unknown()) }),
});
export const setStockAnswer = z.object({ updateProductVariants: z.array(z.object({ id: z.string() }).nullable()) });
export const locationList = z.object({
	stockLocations: z.object({ items: z.array(z.object({ id: z.string(), name: z.string() })) }),
});
export const channelAnswer = z.object({ activeChannel: z.object({ code: z.string() }) });
export const mayAnswer = z.record(z.string(), z.unknown());
