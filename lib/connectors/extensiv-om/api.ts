import { z } from "zod";

/** Shapes of Order Manager's answers (v1 and v1.1), only the fields we use. Source: public clients and their schemas. */

export const orderStatuses = [
	"AWAITING_3PL_EXPORT",
	"AWAITING_SHIPMENT",
	"AWAITING_PAYMENT",
	"AWAITING_MC_FULFILLMENT",
	"AWAITING_DROPSHIP",
	"PENDING_FULFILLMENT",
	"UNRESOLVED",
	"ON_HOLD",
	"SHIPPED",
	"CANCELLED",
	"SKU_UNPROCESSED",
	"PROCESSED_OUTSIDE_OF_SKUBANA",
	"FBA_INBOUND_SHIPMENT_PLAN",
] as const;

export const cancelReasons = [
	"NO_INVENTORY",
	"SHIPPING_ADDRESS_UNDELIVERABLE",
	"CUSTOMER_EXCHANGE",
	"BUYER_CANCELLED",
	"BUYER_HAS_NOT_PAID",
	"GENERAL_ADJUSTMENT",
	"CARRIER_CREDIT_DECISION",
	"RISK_ASSESSMENT_INFORMATION_NOT_VALID",
	"CUSTOMER_RETURN",
	"MERCHANDISE_NOT_RECEIVED",
	"OTHER",
] as const;

const nullishText = z
	.string()
	.nullish()
	.transform((value) => value ?? "");
const id = z.int().nonnegative();
const instant = z.iso.datetime({ offset: true }).transform((value) => new Date(value));
const amount = z.object({ amount: z.number(), currency: z.string() });

const orderItem = z.object({
	orderItemId: id,
	listingSku: nullishText,
	product: z.object({ masterSku: nullishText, name: nullishText }).nullish(),
	quantityOrdered: z.number(),
	unitPrice: amount.nullish(),
	notes: nullishText,
});

export const omOrder = z.object({
	orderId: id,
	orderNumber: z.string().min(1),
	orderStatus: z.string(),
	salesChannel: z.object({ name: nullishText }).nullish(),
	customer: z.object({ name: nullishText }).nullish(),
	shipName: nullishText,
	shipCompany: nullishText,
	shipAddress1: nullishText,
	shipAddress2: nullishText,
	shipAddress3: nullishText,
	shipCity: nullishText,
	shipState: nullishText,
	shipZipCode: nullishText,
	shipCountry: nullishText,
	shipPhone: nullishText,
	shipEmail: nullishText,
	requestedShippingService: nullishText,
	shipMethod: z
		.object({
			shippingCarrier: nullishText,
			shippingServiceId: z
				.union([z.string(), z.number()])
				.nullish()
				.transform((value) => (value === null || value === undefined ? "" : String(value))),
		})
		.nullish(),
	fulfillmentSource: z.object({ warehouseId: id.nullish(), name: nullishText }).nullish(),
	orderItems: z.array(orderItem),
	orderTotal: amount.nullish(),
	orderDate: instant.nullish(),
	createdDate: instant,
	modifiedDate: instant.nullish(),
	labels: z.array(z.object({ name: z.string() })).nullish(),
	customField1: nullishText,
	customField2: nullishText,
	customField3: nullishText,
	internalNotes: nullishText,
	notesFromBuyer: nullishText,
	giftMessage: nullishText,
	cancelReason: z.object({ type: nullishText, details: nullishText }).nullish(),
});
export type OmOrder = z.output<typeof omOrder>;

/** Records are parsed one by one, so that a malformed one does not hide its neighbours. */
export const rawList = z.array(z.unknown());
export const warehouseList = z.array(z.object({ warehouseId: id, name: z.string() }));
/** The shape of a code in this list is not documented: text, or an object that names it. */
export const carrierList = z.array(
	z.union([
		z.string(),
		z
			.object({ shippingCarrier: z.string().nullish(), code: z.string().nullish(), name: z.string().nullish() })
			.transform((one) => one.shippingCarrier ?? one.code ?? one.name ?? ""),
	]),
);
export const tokenAnswer = z.object({ access_token: z.string().min(1), expires_in: z.number().positive().nullish() });

export const stockList = z.array(
	z.object({
		product: z.object({ masterSku: z.string() }),
		quantityLocked: z.number().nullish(),
		warehouseStockTotals: z.object({ lockedQuantity: z.number().nullish() }).nullish(),
	}),
);
export const productList = z.array(z.object({ masterSku: z.string() }));

export const bulkAnswer = z.object({
	errors: z
		.array(
			z.object({
				message: nullishText,
				errorCode: nullishText,
				identifier: z.unknown(),
				/** Counted from 1. */
				index: z.number().nullish(),
			}),
		)
		.nullish()
		.transform((value) => value ?? []),
});

/** What `status` may say is not documented, so a shipment counts as made when it has an id. */
export const externalShipments = z.array(
	z.object({ order: id.nullish(), shipment: id.nullish(), processingMessage: nullishText, status: nullishText }),
);
export const shipmentList = z.array(z.object({ shipmentId: id, type: nullishText, trackingNumber: nullishText }));

/** As Order Manager writes them; the order is that of a purchase order's life. */
export const purchaseOrderStatuses = [
	"AWAITING_AUTHORIZATION",
	"AWAITING_VENDOR_CONFIRMATION",
	"AWAITING_MODIFICATION_ACCEPTANCE",
	"PENDING_DELIVERY",
	"PARTIALLY_DELIVERED",
	"FULFILLED",
	"CLOSED_SHORT",
	"VOIDED",
	"CANCELED",
] as const;

const purchaseOrderItem = z.object({
	purchaseOrderItemId: id,
	vendorProductMasterSku: z.string().min(1),
	quantity: z.number(),
	/** How many units one of `quantity` holds. That they multiply is inferred. */
	uomUnitQuantity: z.number().nullish(),
	unitOfMeasure: nullishText,
	estimatedDeliveryDate: instant.nullish(),
	vendorProductVendorSku: nullishText,
	referenceNumber: nullishText,
	memo: nullishText,
	packaging: nullishText,
	/** Inferred: the public schemas name no field for what has arrived. Counted like `quantity`. */
	receivedQuantity: z.number().nullish(),
});
export type OmPurchaseOrderItem = z.output<typeof purchaseOrderItem>;

export const omPurchaseOrder = z.object({
	purchaseOrderId: id,
	number: z.union([z.string().min(1), z.number().transform(String)]),
	customPurchaseOrderNumber: nullishText,
	status: z.enum(purchaseOrderStatuses),
	vendorId: id.nullish(),
	destinationWarehouseId: id.nullish(),
	dateCreated: instant,
	/** Null until the first edit. */
	dateModified: instant.nullish(),
	dateIssued: instant.nullish(),
	internalNotes: nullishText,
	purchaseOrderItems: z.array(purchaseOrderItem),
});
export type OmPurchaseOrder = z.output<typeof omPurchaseOrder>;

/** Which words a transfer's status may be is not public. */
export const omTransfer = z.object({
	stockTransferOrderId: id,
	stockTransferOrderNumber: z.union([z.string().min(1), z.number().transform(String)]),
	status: nullishText,
	fromWarehouseId: id.nullish(),
	toWarehouseId: id.nullish(),
	createdDate: instant,
	items: z.array(
		z.object({
			stockTransferOrderItemId: id,
			masterSku: z.string().min(1),
			quantity: z.number(),
			receivedDate: instant.nullish(),
		}),
	),
});
export type OmTransfer = z.output<typeof omTransfer>;

/** That vendors have a name under `name` is inferred. */
export const vendorList = z.array(z.object({ vendorId: id, name: nullishText }));
