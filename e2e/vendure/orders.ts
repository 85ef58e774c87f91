/** What shoppers and the shop's people do with orders in a real Vendure. */
import { z } from "zod";
import type { Ask, Vendure } from "./start-vendure";
import type { Seeded } from "./store";

export const shopper = {
	firstName: "Ann",
	lastName: "Example",
	emailAddress: "ann@example.test",
	fullName: "Ann Example",
	company: "Example & Daughters",
	streetLine1: "1 Main St",
	streetLine2: "Apt 9",
	city: "Reno",
	province: "NV",
	postalCode: "89501",
	countryCode: "US",
	phoneNumber: "7755550101",
};

const placed = z.object({
	id: z.string(),
	code: z.string(),
	state: z.string(),
	lines: z.array(z.object({ id: z.string(), quantity: z.number(), productVariant: z.object({ sku: z.string() }) })),
});
export type PlacedOrder = z.output<typeof placed>;

export interface Purchase {
	lines: { sku: string; quantity: number }[];
	/** Only authorised: the money is taken later. Default: taken at once. */
	authorizeOnly?: boolean;
	/** What the shopper writes differently than others. */
	address?: Partial<Record<"city" | "province" | "postalCode" | "countryCode" | "streetLine1", string>>;
}

/** Buys as a new shopper, from the basket to the payment. The ids are the same in both APIs. */
export async function placePaidOrder(
	vendure: Vendure,
	seeded: Seeded,
	{ lines, authorizeOnly = false, address: differently = {} }: Purchase,
): Promise<PlacedOrder> {
	const shop = vendure.newShopper();
	for (const { sku, quantity } of lines) {
		await step(shop, "addItemToOrder(productVariantId: $id, quantity: $quantity)", {
			$id: ["ID!", seeded.variants[sku]],
			$quantity: ["Int!", quantity],
		});
	}
	const { firstName, lastName, emailAddress, ...address } = shopper;
	await step(shop, "setCustomerForOrder(input: $input)", {
		$input: ["CreateCustomerInput!", { firstName, lastName, emailAddress }],
	});
	await step(shop, "setOrderShippingAddress(input: $input)", {
		$input: ["CreateAddressInput!", { ...address, ...differently }],
	});
	const { methods } = z
		.object({ methods: z.array(z.object({ id: z.string() })).min(1) })
		.parse(await shop("{ methods: eligibleShippingMethods { id } }"));
	await step(shop, "setOrderShippingMethod(shippingMethodId: $ids)", { $ids: ["[ID!]!", [methods[0]?.id]] });
	await step(shop, 'transitionOrderToState(state: "ArrangingPayment")');
	const method = authorizeOnly ? "dummy-authorize" : "dummy";
	const paid = await step(shop, "addPaymentToOrder(input: $input)", {
		$input: ["PaymentInput!", { method, metadata: {} }],
	});
	const wanted = authorizeOnly ? "PaymentAuthorized" : "PaymentSettled";
	if (paid.state !== wanted) throw new Error(`the order is ${paid.state}, not ${wanted}`);
	return paid;
}

/** One mutation on the shopper's order; what it refuses is thrown. */
async function step(shop: Ask, mutation: string, variables: Record<string, [string, unknown]> = {}) {
	const declared = Object.entries(variables).map(([name, [type]]) => `${name}: ${type}`);
	const data = await shop(
		`mutation ${declared.length > 0 ? `(${declared.join(", ")})` : ""} { order: ${mutation} {
			... on Order { id code state lines { id quantity productVariant { sku } } } ... on ErrorResult { message } } }`,
		Object.fromEntries(Object.entries(variables).map(([name, [, value]]) => [name.slice(1), value])),
	);
	const { order } = z.object({ order: z.union([placed, z.object({ message: z.string() })]) }).parse(data);
	if ("message" in order) throw new Error(`${mutation}: ${order.message}`);
	return order;
}

/** Cancels the whole order, or some of its lines, as the shop's people do. */
export async function cancelOrder(
	{ admin }: Vendure,
	orderId: string,
	lines?: { orderLineId: string; quantity: number }[],
): Promise<void> {
	const data = await admin(
		`mutation ($input: CancelOrderInput!) { order: cancelOrder(input: $input) { ... on Order { state } ... on ErrorResult { message } } }`,
		{ input: { orderId, cancelShipping: !lines, reason: "no longer wanted", ...(lines && { lines }) } },
	);
	const { order } = z
		.object({ order: z.object({ state: z.string().optional(), message: z.string().optional() }) })
		.parse(data);
	if (order.message) throw new Error(`the order was not cancelled: ${order.message}`);
}

/** Marks units as packed, and no more: what a try leaves behind that ends before the fulfilment is Shipped. */
export async function beginFulfillment(
	{ admin }: Vendure,
	given: { lines: { orderLineId: string; quantity: number }[]; trackingCode: string },
): Promise<void> {
	const words = [
		{ name: "method", value: "UPS Ground" },
		{ name: "trackingCode", value: given.trackingCode },
	];
	const data = await admin(
		`mutation ($input: FulfillOrderInput!) { made: addFulfillmentToOrder(input: $input) { ... on Fulfillment { id } ... on ErrorResult { message } } }`,
		{ input: { lines: given.lines, handler: { code: "manual-fulfillment", arguments: words } } },
	);
	const { made } = z.object({ made: z.object({ message: z.string().optional() }) }).parse(data);
	if (made.message) throw new Error(`the units were not marked: ${made.message}`);
}

/** Ships every fulfilment that was made of an order, as the shop's people do by hand. */
export async function shipFulfillments({ admin }: Vendure, orderId: string): Promise<void> {
	const { order } = z
		.object({ order: z.object({ fulfillments: z.array(z.object({ id: z.string() })) }) })
		.parse(await admin(`query ($id: ID!) { order(id: $id) { fulfillments { id } } }`, { id: orderId }));
	for (const { id } of order.fulfillments)
		await admin(`mutation ($id: ID!) { transitionFulfillmentToState(id: $id, state: "Shipped") { __typename } }`, {
			id,
		});
}

const shownOrder = z.object({
	state: z.string(),
	fulfillments: z
		.array(
			z.object({
				state: z.string(),
				method: z.string(),
				trackingCode: z.string().nullable(),
				lines: z.array(z.object({ orderLineId: z.string(), quantity: z.number() })),
			}),
		)
		.nullable()
		.transform((list) => list ?? []),
});

/** The order as the shop's people see it. */
export async function showOrder({ admin }: Vendure, id: string): Promise<z.output<typeof shownOrder>> {
	const data = await admin(
		`query ($id: ID!) { order(id: $id) { state fulfillments { state method trackingCode lines { orderLineId quantity } } } }`,
		{ id },
	);
	return z.object({ order: shownOrder }).parse(data).order;
}

/** How many units a shopper can put into an empty basket, found by asking for too many. */
export async function sellable(vendure: Vendure, variantId: string): Promise<number> {
	const data = await vendure.newShopper()(
		`mutation ($id: ID!) { order: addItemToOrder(productVariantId: $id, quantity: 999) {
			... on Order { totalQuantity } ... on InsufficientStockError { quantityAvailable } ... on ErrorResult { message } } }`,
		{ id: variantId },
	);
	const { order } = z
		.object({ order: z.object({ totalQuantity: z.number().optional(), quantityAvailable: z.number().optional() }) })
		.parse(data);
	return order.totalQuantity ?? order.quantityAvailable ?? Number.NaN;
}

/**
 * More of a line than was bought, as the shop's people change an order that is paid: it is opened for changes, changed,
 * and paid for by hand before it goes on as it was.
 */
export async function changeQuantity(
	{ admin }: Vendure,
	orderId: string,
	line: { orderLineId: string; quantity: number },
): Promise<void> {
	const move = (state: string) =>
		changed(
			admin(
				`mutation ($id: ID!, $state: String!) { order: transitionOrderToState(id: $id, state: $state) { ... on Order { state } ... on ErrorResult { message } ... on OrderStateTransitionError { transitionError } } }`,
				{ id: orderId, state },
			),
		);
	await move("Modifying");
	await changed(
		admin(
			`mutation ($input: ModifyOrderInput!) { order: modifyOrder(input: $input) { ... on Order { state } ... on ErrorResult { message } } }`,
			{ input: { dryRun: false, orderId, adjustOrderLines: [line] } },
		),
	);
	await move("ArrangingAdditionalPayment");
	await changed(
		admin(
			`mutation ($input: ManualPaymentInput!) { order: addManualPaymentToOrder(input: $input) { ... on Order { state } ... on ErrorResult { message } } }`,
			{ input: { orderId, method: "dummy", transactionId: "by hand", metadata: {} } },
		),
	);
	await move("PaymentSettled");
}

async function changed(answer: Promise<unknown>): Promise<void> {
	const { order } = z
		.object({ order: z.object({ message: z.string().optional(), transitionError: z.string().optional() }).nullable() })
		.parse(await answer);
	if (order?.message) throw new Error(`the order was not changed: ${order.message} ${order.transitionError ?? ""}`);
}
