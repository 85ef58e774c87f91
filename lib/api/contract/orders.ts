import { z } from "zod";
import { orderStatuses, writeStates } from "@/lib/canonical/status";
import { maxText } from "@/lib/canonical/text";
import { address } from "./address";
import { base, id, inAccount, instant, pageInput, pageOf } from "./base";
import { exportOf } from "./export";
import { missingOrder } from "./missing-order";
import { orderAddressCheck } from "./order-address";
import { orderCan } from "./order-can";
import { orderDifference } from "./order-changes";
import { orderColumnList } from "./order-columns";
import { orderRules } from "./rules";

export const orderStatus = z.enum(orderStatuses);

/** What a list may be narrowed to: a status, or a flag that lies over it. */
export const orderFilterStates = [
	...orderStatuses,
	...(["held", "sending_canceled", "backordered", "cancel_refused", "changed"] as const),
] as const;

/** What a list of orders can be narrowed to. */
export const orderFilters = {
	/** Begins an order number, or is a tracking code, the warehouse's number or the shop's id. */
	search: z.string().trim().max(100).optional(),
	state: z.enum(orderFilterStates).optional(),
	merchantId: id("mer").optional(),
	connectionId: id("con").optional(),
	days: z.int().min(1).max(3650).optional(),
	/** Given by its cart or by a rule; whatever its case. */
	tag: z.string().trim().min(1).max(maxText).optional(),
};

export const orderSummary = z.object({
	id: id("ord"),
	number: z.string(),
	status: orderStatus,
	held: z.boolean(),
	/** Which sides hold it: the client, whose goods they are, or the staff. */
	heldBy: z.array(z.enum(["client", "staff", "go-live", "rule"])),
	sendingCanceled: z.boolean(),
	/** Of a cancellation at the warehouse: none, wanted, requested, pending, accepted or refused. */
	cancelState: z.string(),
	/** Made for a guided test of its cart and warehouse: no figure counts it. */
	test: z.boolean(),
	/** Of a change in the cart after delivery: on its way to the warehouse, waiting for a person, or dealt with. */
	changeState: z.enum(["wanted", "sending", "open", "dealt"]).nullable(),
	/** Some or all of it waits for stock. */
	backordered: z.boolean(),
	/** The end of the cart's hold window, while the order waits for it. */
	waitsUntil: instant.nullable(),
	problem: z.string().nullable(),
	merchant: z.object({ id: id("mer"), name: z.string() }),
	source: z.object({ id: id("con"), name: z.string() }),
	shipToName: z.string(),
	shipToCountry: z.string(),
	lineCount: z.int(),
	unitCount: z.int(),
	/** Given by its cart and by rules. */
	tags: z.array(z.string()),
	total: z.object({ amount: z.string(), currency: z.string() }).nullable(),
	placedAt: instant,
	createdAt: instant,
	updatedAt: instant,
});

const attempt = z.object({
	number: z.int(),
	startedAt: instant,
	durationMs: z.int(),
	outcome: z.string(),
	message: z.string().nullable(),
	exchangeId: id("xch").nullable(),
	runId: id("run").nullable(),
});

/** One step of an order's way: what happened, who or what did it, and how it went. */
export const journeyStep = z.object({
	id: z.string(),
	kind: z.enum(["loaded", "prepared", "delivery", "shipment", "receipt", "confirmation", "event", "ahead"]),
	tone: z.enum(["waiting", "moving", "done", "look", "person"]),
	title: z.string(),
	detail: z.string(),
	/** Null for what is still ahead. */
	at: instant.nullable(),
	/** A person, or the function that did it. */
	who: z.string(),
	/** How long the step took since the one before it, in milliseconds. */
	tookMs: z.int().nullable(),
	runId: id("run").nullable(),
	nextTryAt: instant.nullable(),
	/** What happens at `nextTryAt`, where it is no further try. */
	nextTryWords: z.string().optional(),
	attempts: z.array(attempt),
	notes: z.array(z.object({ label: z.string(), text: z.string() })),
});
export type JourneyStep = z.output<typeof journeyStep>;

export const orderDetail = orderSummary.extend({
	sourceId: z.string(),
	sourceStatus: z.string(),
	sourceUrl: z.string().nullable(),
	problemCode: z.string().nullable(),
	problemAction: z.string().nullable(),
	heldReason: z.string(),
	dueAt: instant.nullable(),
	sourceChangedAt: instant,
	/** When a person corrected it; null when it is as its cart has it. */
	editedAt: instant.nullable(),
	/** Who corrected it last; empty when it is as its cart has it. */
	editedBy: z.string(),
	/** What its warehouse's settings say of the address, and what is proposed; null while there is nothing to decide. */
	addressCheck: orderAddressCheck.nullable(),
	/** What the cart says now, where that differs: before is what stands here, after what the cart has. */
	differences: z.array(orderDifference),
	/** Set when the warehouse canceled it by itself: who, when and why as far as it says, and what the cart knows. */
	warehouseCancellation: z
		.object({
			warehouse: z.string(),
			canceledAt: instant,
			by: z.string(),
			reason: z.string(),
			/** Something had shipped: only the rest was canceled. */
			partly: z.boolean(),
			/** Of telling the cart: intended, sending, unknown, accepted, refused, or dealt with by a person. */
			state: z.enum(["intended", "sending", "unknown", "accepted", "refused", "dealt"]),
			problem: z.string().nullable(),
		})
		.nullable(),
	/** What the merchant's rules decided about it, and why; null while they did not. */
	rules: orderRules.nullable(),
	/** Why the asker may not release it, while it is held. */
	releaseRefusal: z.string().nullable(),
	/** When the shopper's personal data was replaced. */
	erasedAt: instant.nullable(),
	/** Since when something of it waits for stock. */
	backorderedAt: instant.nullable(),
	shipTo: address,
	billTo: address.nullable(),
	customerEmail: z.string(),
	shipping: z.object({ code: z.string(), name: z.string() }),
	note: z.string(),
	giftMessage: z.string(),
	lines: z.array(
		z.object({
			id: z.string(),
			sku: z.string(),
			name: z.string(),
			quantity: z.int(),
			shippedQuantity: z.int(),
			/** Units that the warehouse has or had, and units that wait here for stock. */
			sentQuantity: z.int(),
			waitingQuantity: z.int(),
			/** Why they wait, item by item: "TEE: 5 needed, 3 available". */
			waitsFor: z.array(z.string()),
			unitPrice: z.string().nullable(),
			/** Kept here and not sent: an item filter of the cart holds it back. */
			filtered: z.boolean(),
		}),
	),
	deliveries: z.array(
		z.object({
			id: id("dlv"),
			connection: z.object({ id: id("con"), name: z.string() }),
			/** 1, and more where the order goes to the warehouse bit by bit. */
			part: z.int(),
			number: z.string(),
			state: z.enum(writeStates),
			externalId: z.string().nullable(),
			shipMethod: z.string(),
			cancelState: z.string(),
			/** A person said that the warehouse has it. */
			byHand: z.boolean(),
			/** When the warehouse works on it, by its days and hours; null where they are not known. */
			worksOn: instant.nullable(),
			/** What became of the order on its way to being sent: each step, in order, and what it changed. */
			steps: z.array(z.object({ step: z.string(), note: z.string(), ok: z.boolean() })),
		}),
	),
	shipments: z.array(
		z.object({
			id: id("shp"),
			externalId: z.string(),
			carrier: z.string(),
			service: z.string(),
			shippedAt: instant,
			overShipped: z.boolean(),
			packages: z.array(z.object({ trackingNumber: z.string(), trackingUrl: z.string().nullable() })),
			lines: z.array(z.object({ sku: z.string(), quantity: z.int() })),
			confirmed: z.boolean(),
			/** Carrier and service in the words that the cart has; empty until it has been told. */
			toldAs: z.string(),
		}),
	),
	journey: z.array(journeyStep),
	/** Which buttons would do something now. */
	can: orderCan,
	/** Where it could be marked as delivered. */
	warehouses: z.array(z.object({ id: id("con"), name: z.string() })),
});

const one = inAccount.extend({ orderId: id("ord") });
const path = "/accounts/{accountId}/orders";
const tags = ["Orders"];
const changed = z.object({ id: id("ord") });

export const ordersContract = {
	list: base
		.route({ method: "GET", path, summary: "List orders, newest first", tags })
		.meta({ permission: "orders:read" })
		.input(inAccount.extend({ ...pageInput, ...orderFilters }))
		.output(pageOf(orderSummary)),
	tags: base
		.route({ method: "GET", path: "/accounts/{accountId}/order-tags", summary: "Tags of recent orders", tags })
		.meta({ permission: "orders:read" })
		.input(inAccount)
		.output(z.object({ items: z.array(z.string()) })),
	export: exportOf(path, "Orders", "Orders")
		.meta({ permission: "orders:read" })
		.input(inAccount.extend({ ...orderFilters, columns: orderColumnList.optional() })),
	exportShipments: exportOf("/accounts/{accountId}/shipments", "What left of the orders that a list shows,", "Orders")
		.meta({ permission: "orders:read" })
		.input(inAccount.extend(orderFilters)),
	get: base
		.route({ method: "GET", path: `${path}/{orderId}`, summary: "One order and its journey", tags })
		.meta({ permission: "orders:read" })
		.input(one)
		.output(orderDetail),
	find: base
		.route({
			method: "GET",
			path: "/accounts/{accountId}/find",
			summary: "Find orders, SKUs and connections by any number",
			tags,
		})
		.meta({ permission: "orders:read" })
		.input(inAccount.extend({ query: z.string().trim().min(2).max(100) }))
		.output(
			z.object({
				items: z.array(z.object({ id: z.string(), title: z.string(), detail: z.string(), path: z.string() })),
			}),
		),
	explainMissing: base
		.route({
			method: "POST",
			path: "/accounts/{accountId}/connections/{connectionId}/find-order",
			summary: "Why is this order not here?",
			tags,
		})
		.meta({ permission: "orders:read" })
		.input(inAccount.extend({ connectionId: id("con"), number: z.string().trim().min(1).max(100) }))
		.output(missingOrder),
	pull: base
		.route({
			method: "POST",
			path: "/accounts/{accountId}/connections/{connectionId}/pull-order",
			summary: "Load one order of a cart now",
			tags,
		})
		.meta({ permission: "orders:write" })
		.input(inAccount.extend({ connectionId: id("con"), sourceId: z.string().trim().min(1).max(200) }))
		.output(z.object({ queuedAt: instant })),
	hold: base
		.route({ method: "POST", path: `${path}/{orderId}/hold`, summary: "Hold an order back", tags })
		.meta({ permission: "orders:write" })
		.input(one.extend({ reason: z.string().trim().max(200, "is longer than 200 characters. Shorten it.").default("") }))
		.output(changed),
	release: base
		.route({ method: "POST", path: `${path}/{orderId}/release`, summary: "Release a held order", tags })
		.meta({ permission: "orders:write" })
		.input(one)
		.output(changed),
	resend: base
		.route({ method: "POST", path: `${path}/{orderId}/resend`, summary: "Try the delivery again now", tags })
		.meta({ permission: "orders:write" })
		.input(one)
		.output(changed),
	cancelSending: base
		.route({ method: "POST", path: `${path}/{orderId}/cancel-sending`, summary: "Never send this order", tags })
		.meta({ permission: "orders:write" })
		.input(one)
		.output(changed),
	enableSending: base
		.route({ method: "POST", path: `${path}/{orderId}/enable-sending`, summary: "Send this order after all", tags })
		.meta({ permission: "orders:write" })
		.input(one)
		.output(changed),
	resendTracking: base
		.route({
			method: "POST",
			path: `${path}/{orderId}/resend-tracking`,
			summary: "Tell the cart about the shipments again",
			tags,
		})
		.meta({ permission: "orders:write" })
		.input(one)
		.output(changed),
};
