import { z } from "zod";
import { unmappedPolicies } from "./ship-method";
import { instant, stockCount, text } from "./text";
import { lengthUnits, massUnits, unitModes, unitPairs } from "./units";

/** What every order source shares, whatever its system: the common cart settings of Integration Manager. */
export const sourceOptions = z.object({
	/** Order Source: text the warehouse sees in its own order source field. */
	orderSource: text.default(""),
	/** Earliest Order Date: orders placed before it are skipped, and the first read starts there. */
	earliestOrderDate: z.coerce.date().pipe(instant).nullable().default(null),
	/** Hold window: minutes after loading in which an order waits, and edits in the cart replace it. */
	holdMinutes: z
		.int("must be a whole number")
		.min(0, "must not be negative")
		.max(1440, "must be at most 1440")
		.default(0),
	/** Send Cancellation To WMS: ask the warehouse to cancel what was cancelled in the cart. */
	sendCancellations: z.boolean().default(true),
	/** Order Cancel Upload: cancel in the cart what the warehouse canceled; else a person is told. */
	uploadCancellations: z.boolean().default(true),
	/** Reject Unmapped Ship Methods: hold orders whose ship method has no mapping, or pass the cart's words through. */
	unmappedShipMethods: z.enum(unmappedPolicies).default("pass"),
	/** The order's own field that names the carrier where a warehouse and the tracking number name none. */
	carrierField: text.default(""),
	/** Split Order Handling: tell the cart of each shipment when it is seen, or only when the whole order has shipped. */
	splitShipments: z.enum(["send_each", "wait_for_all"]).default("send_each"),
	/** When a purchase order arrives in parts: tell of each receipt, wait for the last, or take the first for the last. */
	partialReceipts: z.enum(["tell_each", "wait_for_all", "first_is_final"]).default("tell_each"),
	/** Sync Inventory With Warehouse: the warehouse location whose stock counts; empty means all that are not excluded. */
	inventoryLocation: text.default(""),
	/** Minimum Inventory Level: below it the cart is told 0. */
	minimumInventoryLevel: stockCount.default(0),
	/** Translate Item Code: the type of alias that replaces the cart's codes, `masterSku`, or empty for none. */
	translateItemCode: text.default(""),
	/** What becomes of an order with a code that nobody here knows. The warehouse may know it all the same. */
	unknownItems: z.enum(["send", "hold"]).default("send"),
	/** Push Inventory Using Alias: the type of alias under which the cart is told; empty for the warehouse's own SKU. */
	pushInventoryAs: text.default(""),
});
export type SourceOptions = z.output<typeof sourceOptions>;

/** Fields of an address that a warehouse may insist on. */
export const requirable = ["company", "region", "postalCode", "phone", "email"] as const;
/** warn: said on the order; block: it stops; fix: put right where that is certain, else it stops. */
export const checkPolicies = ["off", "warn", "block", "fix"] as const;

const limit = z
	.int("must be a whole number")
	.min(5, "must be at least 5")
	.max(500, "must be at most 500")
	.nullable()
	.default(null);

/** What every destination shares. */
export const destinationOptions = z.object({
	/** Carrier and service of orders whose own shipping names none; empty passes the cart's words through. */
	defaultCarrier: text.default(""),
	defaultService: text.default(""),
	/** What the warehouse insists on, beside what every label needs. */
	requiredFields: z.array(z.enum(requirable)).default([]),
	/** The most characters of a name and of an address line; null: no limit. */
	maxNameLength: limit,
	maxLineLength: limit,
	/** Postal codes and telephone numbers by the rules of the country they are in. */
	postalCodePolicy: z.enum(checkPolicies).default("off"),
	phonePolicy: z.enum(checkPolicies).default("off"),
	/** Characters that the warehouse's labels can hold. */
	characters: z.enum(["any", "latin", "ascii"]).default("any"),
	/** Suppress PII: the warehouse is not told who the shopper is. */
	suppressPersonalData: z.boolean().default(false),
	/** Parse Carrier Fallback: where a shipment's carrier is OTHER_CARRIER, its tracking number says who carries. */
	parseCarrierFallback: z.boolean().default(false),
	/** Units of the weight and size of products; see lib/canonical/units. */
	unitMode: z.enum(unitModes).default("dynamic"),
	unitPair: z.enum(unitPairs).default("kg+cm"),
	/** With None: any of them. */
	massUnit: z.enum(massUnits).default("kg"),
	lengthUnit: z.enum(lengthUnits).default("cm"),
});
export type DestinationOptions = z.output<typeof destinationOptions>;

/** The named terms of an inventory figure, in the order they are applied. Each has a sign: their sum is `net`. */
export const inventoryTerm = z.object({
	kind: z.enum(["level", "kit", "newer-orders", "waiting-orders", "floor", "minimum"]),
	label: z.string(),
	amount: z.int(),
	detail: z.string().default(""),
});
export type InventoryTerm = z.output<typeof inventoryTerm>;

/** What a run counted. `total` is what the far side says there is, where it does. */
export const runCounts = z.object({
	read: z.int().default(0),
	created: z.int().default(0),
	updated: z.int().default(0),
	unchanged: z.int().default(0),
	skipped: z.int().default(0),
	failed: z.int().default(0),
	total: z.int().optional(),
});
export type RunCounts = z.output<typeof runCounts>;
