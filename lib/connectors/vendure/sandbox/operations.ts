import { z } from "zod";
import { documents } from "../documents";
import type { ShopOrder, ShopStore } from "./store";

/** Input shapes of the operations, as strict as the real schema: a misspelt field is refused. */
const orderOptions = z.strictObject({
	take: z.int().optional(),
	skip: z.int().optional(),
	filter: z
		.strictObject({
			active: z.strictObject({ eq: z.boolean() }).optional(),
			updatedAt: z.strictObject({ after: z.iso.datetime() }).optional(),
			code: z.strictObject({ eq: z.string() }).optional(),
			state: z.strictObject({ in: z.array(z.string()).optional(), eq: z.string().optional() }).optional(),
		})
		.optional(),
	sort: z.strictObject({ updatedAt: z.enum(["ASC", "DESC"]) }).optional(),
});
const fulfillInput = z.strictObject({
	lines: z.array(z.strictObject({ orderLineId: z.string(), quantity: z.int() })),
	handler: z.strictObject({
		code: z.string(),
		arguments: z.array(z.strictObject({ name: z.string(), value: z.string() })),
	}),
});
const cancelInput = z.strictObject({ orderId: z.string(), cancelShipping: z.boolean(), reason: z.string() });
const variantOptions = z.strictObject({
	take: z.int().optional(),
	skip: z.int().optional(),
	filter: z.strictObject({ sku: z.strictObject({ in: z.array(z.string()) }) }).optional(),
	sort: z.strictObject({ id: z.enum(["ASC", "DESC"]) }).optional(),
});
const stockInput = z.array(
	z.strictObject({
		id: z.string(),
		stockLevels: z.array(z.strictObject({ stockLocationId: z.string(), stockOnHand: z.int() })),
	}),
);

/** A refusal that the real server answers with HTTP 200 and an entry in `errors`. */
export class GraphqlError extends Error {
	/** What the server did not expect, as a failure of its database, has no code. */
	constructor(
		message: string,
		readonly code: "USER_INPUT_ERROR" | "ENTITY_NOT_FOUND" | null,
	) {
		super(message);
	}
}

type Operation = (store: ShopStore, variables: Record<string, unknown>) => unknown;

/** What each document we send does in the shop. The key is the document itself: another text is refused. */
export const operations = new Map<string, Operation>([
	[documents.orders, (store, { options }) => listOrders(store, orderOptions.parse(options))],
	[documents.order, (store, { id }) => ({ order: showOrder(store.orders.get(String(id))) })],
	[
		documents.fulfillments,
		(store, { id }) => {
			const order = store.orders.get(String(id));
			return { order: order ? { id: order.id, state: order.state, fulfillments: order.fulfillments } : null };
		},
	],
	[documents.fulfill, (store, { input }) => ({ addFulfillmentToOrder: fulfill(store, fulfillInput.parse(input)) })],
	[
		documents.transition,
		(store, { id, state }) => ({ transitionFulfillmentToState: transition(store, String(id), String(state)) }),
	],
	[
		documents.orderState,
		(store, { id }) => {
			const order = store.orders.get(String(id));
			return { order: order ? { id: order.id, code: order.code, state: order.state } : null };
		},
	],
	[documents.cancelOrder, (store, { input }) => ({ cancelOrder: cancel(store, cancelInput.parse(input)) })],
	[documents.variants, (store, { options }) => listVariants(store, variantOptions.parse(options))],
	[documents.setStock, (store, { input }) => ({ updateProductVariants: setStock(store, stockInput.parse(input)) })],
	[documents.locations, (store) => ({ stockLocations: { items: store.locations } })],
	[documents.channel, () => ({ activeChannel: { code: "__default_channel__" } })],
	[documents.mayRead, () => ({})],
	[documents.mayWrite, () => ({})],
]);

function listOrders(store: ShopStore, options: z.output<typeof orderOptions>) {
	const take = options.take ?? 10;
	if (take > 1000) throw new GraphqlError("Cannot take more than 1000 results from a list query", "USER_INPUT_ERROR");
	const { filter } = options;
	const after = filter?.updatedAt ? Date.parse(filter.updatedAt.after) : Number.NEGATIVE_INFINITY;
	const states = filter?.state?.in ?? (filter?.state?.eq ? [filter.state.eq] : null);
	const found = store
		.byChange()
		.filter(
			(order) =>
				order.updatedAtMs > after &&
				(!filter?.code || order.code === filter.code.eq) &&
				(!states || states.includes(order.state)) &&
				(filter?.active?.eq !== false || order.state !== "AddingItems"),
		);
	const skip = options.skip ?? 0;
	return { orders: { totalItems: found.length, items: found.slice(skip, skip + take).map(showOrder) } };
}

function showOrder(order: ShopOrder | undefined): unknown {
	if (!order) return null;
	if (order.malformed !== undefined) return order.malformed;
	return {
		id: order.id,
		code: order.code,
		state: order.state,
		createdAt: order.createdAt,
		updatedAt: new Date(order.updatedAtMs).toISOString(),
		orderPlacedAt: order.placedAt,
		currencyCode: "USD",
		totalWithTax: order.lines.reduce((total, line) => total + line.price * line.quantity, 0),
		customer: order.customer,
		shippingAddress: order.address,
		shippingLines: [{ shippingMethod: order.method }],
		lines: order.lines.map((line) => ({
			id: line.id,
			quantity: line.quantity,
			orderPlacedQuantity: line.ordered,
			unitPriceWithTax: line.price,
			productVariant: { sku: line.sku, name: line.name },
		})),
	};
}

const refusedAs = (__typename: string, errorCode: string, message = `errorResult.${errorCode}`) => ({
	__typename,
	errorCode,
	message,
});

function fulfill(store: ShopStore, input: z.output<typeof fulfillInput>) {
	if (input.lines.reduce((sum, line) => sum + line.quantity, 0) === 0)
		return refusedAs(
			"EmptyOrderLineSelectionError",
			"EMPTY_ORDER_LINE_SELECTION_ERROR",
			"At least one OrderLine must be specified",
		);
	const foreign = input.lines.find((line) => !store.orderOfLine(line.orderLineId));
	const order = store.orderOfLine(input.lines[0]?.orderLineId ?? "");
	if (!order || foreign)
		throw new GraphqlError(`No OrderLine with the id "${foreign?.orderLineId}" could be found`, "ENTITY_NOT_FOUND");
	if (!store.isLeft(order, input.lines))
		return refusedAs(
			"ItemsAlreadyFulfilledError",
			"ITEMS_ALREADY_FULFILLED_ERROR",
			"One or more OrderItems are already part of a Fulfillment",
		);
	const short = store.shortOf(order, input.lines);
	if (short)
		return refusedAs(
			"InsufficientStockOnHandError",
			"INSUFFICIENT_STOCK_ON_HAND_ERROR",
			`Cannot create a Fulfillment as "${short}" has insufficient stockOnHand (0)`,
		);
	if (input.handler.code !== "manual-fulfillment")
		return refusedAs("InvalidFulfillmentHandlerError", "INVALID_FULFILLMENT_HANDLER_ERROR");
	const argument = (name: string) => input.handler.arguments.find((one) => one.name === name)?.value ?? "";
	const given = { method: argument("method"), trackingCode: argument("trackingCode"), lines: input.lines };
	const made = store.fulfill(order, given);
	return { __typename: "Fulfillment", id: made.id, state: made.state };
}

function transition(store: ShopStore, id: string, state: string) {
	const found = store.fulfillments.get(id);
	if (!found) throw new GraphqlError(`No Fulfillment with the id "${id}" could be found`, "ENTITY_NOT_FOUND");
	const fromState = found.fulfillment.state;
	if (state === "Cancelled" && fromState !== "Cancelled") {
		store.unfulfill(found.order, found.fulfillment);
		return { __typename: "Fulfillment", id, state };
	}
	if (state !== "Shipped" || fromState !== "Pending")
		return {
			...refusedAs(
				"FulfillmentStateTransitionError",
				"FULFILLMENT_STATE_TRANSITION_ERROR",
				`Cannot transition Fulfillment from "${fromState}" to "${state}"`,
			),
			fromState,
		};
	store.ship(found.order, found.fulfillment);
	return { __typename: "Fulfillment", id, state: "Shipped" };
}

/** A whole order: also one that has shipped, which is why nobody must ask for it. */
function cancel(store: ShopStore, input: z.output<typeof cancelInput>) {
	const order = store.orders.get(input.orderId);
	if (!order) throw new GraphqlError(`No Order with the id "${input.orderId}" could be found`, "ENTITY_NOT_FOUND");
	if (order.state === "AddingItems") return refusedAs("CancelActiveOrderError", "CANCEL_ACTIVE_ORDER_ERROR");
	if (order.state !== "Cancelled") store.cancel(order, input.reason);
	return { __typename: "Order", id: order.id, state: order.state };
}

function listVariants(store: ShopStore, options: z.output<typeof variantOptions>) {
	const take = options.take ?? 10;
	if (take > 1000) throw new GraphqlError("Cannot take more than 1000 results from a list query", "USER_INPUT_ERROR");
	const wanted = options.filter?.sku.in;
	const all = wanted ? wanted.flatMap((sku) => store.variants.get(sku) ?? []) : [...store.variants.values()];
	const skip = options.skip ?? 0;
	const items = all.slice(skip, skip + take).map((one) => ({
		id: one.id,
		sku: one.sku,
		name: one.name,
		updatedAt: new Date(0).toISOString(),
		trackInventory: one.trackInventory,
		stockLevels: [...one.stock].map(([stockLocationId, { onHand, allocated }]) => ({
			stockLocationId,
			stockOnHand: onHand,
			stockAllocated: allocated,
		})),
	}));
	return { productVariants: { totalItems: all.length, items } };
}

/** All of a call or nothing: it is one transaction. */
function setStock(store: ShopStore, input: z.output<typeof stockInput>) {
	const byId = new Map([...store.variants.values()].map((one) => [one.id, one]));
	for (const { id, stockLevels } of input) {
		if (!byId.has(id))
			throw new GraphqlError(`No ProductVariant with the id "${id}" could be found`, "ENTITY_NOT_FOUND");
		if (stockLevels.some((level) => !store.locations.some((one) => one.id === level.stockLocationId)))
			throw new GraphqlError("FOREIGN KEY constraint failed", null);
	}
	for (const { id, stockLevels } of input) {
		const stock = byId.get(id)?.stock;
		for (const level of stockLevels) {
			const allocated = stock?.get(level.stockLocationId)?.allocated ?? 0;
			stock?.set(level.stockLocationId, { onHand: level.stockOnHand, allocated });
		}
	}
	return input.map(({ id }) => ({ id }));
}
