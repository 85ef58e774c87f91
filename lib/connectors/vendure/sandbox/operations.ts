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
export class GraphqlError extends Error {}

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
	[documents.variants, (store, { options }) => listVariants(store, variantOptions.parse(options))],
	[documents.setStock, (store, { input }) => ({ updateProductVariants: setStock(store, stockInput.parse(input)) })],
	[documents.locations, (store) => ({ stockLocations: { items: store.locations } })],
]);

function listOrders(store: ShopStore, options: z.output<typeof orderOptions>) {
	const take = options.take ?? 10;
	if (take > 1000) throw new GraphqlError("Cannot take more than 1000 results from a list query");
	const { filter } = options;
	const after = filter?.updatedAt ? Date.parse(filter.updatedAt.after) : Number.NEGATIVE_INFINITY;
	const states = filter?.state?.in ?? (filter?.state?.eq ? [filter.state.eq] : null);
	const found = store
		.byChange()
		.filter(
			(order) =>
				order.updatedAtMs > after &&
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

function fulfill(store: ShopStore, input: z.output<typeof fulfillInput>) {
	const order = store.orderOfLine(input.lines[0]?.orderLineId ?? "");
	if (!order || input.lines.some((line) => line.quantity <= 0)) {
		return {
			__typename: "EmptyOrderLineSelectionError",
			errorCode: "EMPTY_ORDER_LINE_SELECTION_ERROR",
			message: "At least one OrderLine must be specified",
		};
	}
	if (input.handler.code !== "manual-fulfillment") {
		return {
			__typename: "InvalidFulfillmentHandlerError",
			errorCode: "INVALID_FULFILLMENT_HANDLER_ERROR",
			message: "The handler does not exist",
		};
	}
	const argument = (name: string) => input.handler.arguments.find((one) => one.name === name)?.value ?? "";
	const made = store.fulfill(order, {
		method: argument("method"),
		trackingCode: argument("trackingCode"),
		lines: input.lines,
	});
	if (!made)
		return {
			__typename: "ItemsAlreadyFulfilledError",
			errorCode: "ITEMS_ALREADY_FULFILLED_ERROR",
			message: "One or more items have already been fulfilled",
		};
	return { __typename: "Fulfillment", id: made.id, state: made.state };
}

function transition(store: ShopStore, id: string, state: string) {
	const found = store.fulfillments.get(id);
	if (!found) throw new GraphqlError(`No Fulfillment with the id "${id}" could be found`);
	if (state !== "Shipped" || found.fulfillment.state !== "Pending") {
		const message = `Cannot transition Fulfillment from "${found.fulfillment.state}" to "${state}"`;
		return { __typename: "FulfillmentStateTransitionError", errorCode: "FULFILLMENT_STATE_TRANSITION_ERROR", message };
	}
	store.ship(found.order, found.fulfillment);
	return { __typename: "Fulfillment", id, state: "Shipped" };
}

function listVariants(store: ShopStore, options: z.output<typeof variantOptions>) {
	const take = options.take ?? 10;
	if (take > 1000) throw new GraphqlError("Cannot take more than 1000 results from a list query");
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

function setStock(store: ShopStore, input: z.output<typeof stockInput>) {
	const byId = new Map([...store.variants.values()].map((one) => [one.id, one]));
	if (input.some(({ stockLevels }) => stockLevels.some((level) => level.stockOnHand < 0)))
		throw new GraphqlError("stockOnHand cannot be a negative value");
	return input.map(({ id, stockLevels }) => {
		const variant = byId.get(id);
		if (!variant) throw new GraphqlError(`No ProductVariant with the id "${id}" could be found`);
		for (const level of stockLevels) {
			const known = variant.stock.get(level.stockLocationId);
			variant.stock.set(level.stockLocationId, { onHand: level.stockOnHand, allocated: known?.allocated ?? 0 });
		}
		return { id };
	});
}
