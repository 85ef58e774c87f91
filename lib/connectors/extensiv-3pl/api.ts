import { z } from "zod";

/** Shapes of the answers of 3PL Warehouse Manager (HAL form), only the fields we use. Source: Extensiv's REL pages. */

export const rels = {
	order: "http://api.3plCentral.com/rels/orders/order",
	orderItem: "http://api.3plCentral.com/rels/orders/item",
	package: "http://api.3plCentral.com/rels/orders/package",
	packageContent: "http://api.3plCentral.com/rels/orders/packagecontent",
	customerItem: "http://api.3plCentral.com/rels/customers/item",
	facility: "http://api.3plCentral.com/rels/properties/facility",
	carrier: "http://api.3plCentral.com/rels/properties/carrier",
	receiver: "http://api.3plCentral.com/rels/inventory/receiver",
	receiveItem: "http://api.3plCentral.com/rels/inventory/receiveitem",
} as const;

export const tokenAnswer = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() });

const ref = z.object({ id: z.number(), name: z.string().nullish() });

const orderItem = z.object({
	itemIdentifier: z.object({ sku: z.string() }),
	qty: z.number(),
	externalId: z.string().nullish(),
	readOnly: z.object({ orderItemId: z.number() }),
});

const packageContent = z.object({ orderItemId: z.number(), qty: z.number() });
const orderPackage = z.object({
	packageId: z.number(),
	trackingNumber: z.string().nullish(),
	weight: z.number().nullish(),
	_embedded: z
		.object({ [rels.packageContent]: z.array(packageContent).default([]) })
		.partial()
		.nullish(),
});
export type OrderPackage = z.output<typeof orderPackage>;

export const wmsOrder = z.object({
	readOnly: z.object({
		orderId: z.number(),
		/** 0 open, 1 closed (shipped), 2 canceled. */
		status: z.number(),
		isClosed: z.boolean(),
		/** Set when the packers are done with it. */
		packDoneDate: z.string().nullish(),
		processDate: z.string().nullish(),
		lastModifiedDate: z.string().nullish(),
		customerIdentifier: ref.nullish(),
		facilityIdentifier: ref.nullish(),
		packages: z.array(orderPackage).nullish(),
	}),
	referenceNum: z.string(),
	/** What the parcel carrier charged. That they hold every carrier's cost, not only that of UPS, is inferred. */
	upsTransportationCharge: z.number().nullish(),
	upsServiceOptionCharge: z.number().nullish(),
	routingInfo: z
		.object({ carrier: z.string().nullish(), mode: z.string().nullish(), trackingNumber: z.string().nullish() })
		.nullish(),
	_embedded: z
		.object({ [rels.orderItem]: z.array(orderItem).default([]) })
		.partial()
		.nullish(),
});
export type WmsOrder = z.output<typeof wmsOrder>;

/** Records are parsed one by one, so that a malformed one does not hide its neighbours. */
export const orderList = z.object({
	totalResults: z.number(),
	_embedded: z
		.object({ [rels.order]: z.array(z.unknown()) })
		.partial()
		.nullish(),
});

export const stockSummaries = z.object({
	totalResults: z.number(),
	summaries: z.array(z.unknown()),
});
export const stockSummary = z.object({
	itemIdentifier: z.object({ id: z.number(), sku: z.string().min(1) }),
	available: z.number(),
	onHand: z.number(),
	onHold: z.number().nullish(),
	facilityId: z.number(),
});

export const itemList = z.object({
	totalResults: z.number(),
	_embedded: z
		.object({ [rels.customerItem]: z.array(z.unknown()) })
		.partial()
		.nullish(),
});
const size = z.number().nonnegative().max(1_000_000).nullish().catch(null);
const physical = z.object({ weight: size, length: size, width: size, height: size });
export type Physical = z.output<typeof physical>;

/** Known from public clients of the system. What an item leaves out or spoils of its options, it does not say. */
const itemOptions = z.object({
	packageUnit: z.object({ imperial: physical.nullish(), metric: physical.nullish() }).nullish().catch(null),
	/** 0 not, 1 allowed, 2 required. */
	trackBys: z.object({ trackLotNumber: z.number().nullish() }).nullish().catch(null),
});
export const customerItem = z.object({
	sku: z.string().min(1).max(500),
	upc: z.string().trim().max(500).nullish().catch(null),
	description: z.string().max(500).nullish(),
	description2: z.string().max(4000).nullish().catch(null),
	readOnly: z.object({
		itemId: z.number(),
		lastModifiedDate: z.string().nullish(),
		deactivated: z.boolean().nullish(),
	}),
	options: itemOptions.nullish().catch(null),
});
export type CustomerItem = z.output<typeof customerItem>;

export const facilityList = z.object({
	_embedded: z.object({
		[rels.facility]: z.array(
			z.object({ facilityId: z.number(), name: z.string(), deactivated: z.boolean().nullish() }),
		),
	}),
});
export const carrierList = z.object({
	_embedded: z.object({
		[rels.carrier]: z.array(
			z.object({ name: z.string(), shipmentServices: z.array(z.object({ description: z.string() })).nullish() }),
		),
	}),
});
export const customerAnswer = z.object({
	readOnly: z.object({ customerId: z.number() }),
	companyInfo: z.object({ companyName: z.string() }).nullish(),
});

const receiveItem = z.object({
	itemIdentifier: z.object({ sku: z.string().min(1) }),
	/** What arrived, on a receiver that is confirmed. */
	qty: z.int().nonnegative().max(1_000_000),
	externalId: z.string().max(500).nullish(),
	lotNumber: z.string().max(500).nullish(),
	expirationDate: z.string().nullish(),
});

export const wmsReceiver = z.object({
	readOnly: z.object({
		receiverId: z.number(),
		/** 0 open, 1 confirmed, 2 canceled: that these are the numbers of orders is inferred. */
		status: z.number(),
		lastModifiedDate: z.string().nullish(),
		customerIdentifier: ref.nullish(),
	}),
	referenceNum: z.string(),
	poNum: z.string().max(500).nullish(),
	arrivalDate: z.string().nullish(),
	_embedded: z
		.object({ [rels.receiveItem]: z.array(receiveItem).default([]) })
		.partial()
		.nullish(),
});
export type WmsReceiver = z.output<typeof wmsReceiver>;

export const receiverList = z.object({
	totalResults: z.number(),
	_embedded: z
		.object({ [rels.receiver]: z.array(z.unknown()) })
		.partial()
		.nullish(),
});
