import { z } from "zod";
import { customFields, template } from "./reference-template";
import { unmappedPolicies } from "./ship-method";
import { instant, stockCount, text } from "./text";
import { workingHours } from "./working-hours";

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
export const destinationOptions = z
	.object({
		...workingHours,
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
		/** Reference templates: what the warehouse is told in these fields, see reference-template. Empty: what the cart has. */
		poNumberTemplate: template,
		orderSourceTemplate: template,
		noteTemplate: template,
		/** "Name = text" by lines: custom fields of the warehouse. */
		customFields,
		/** The most characters of the order source, the PO number and custom fields; and what becomes of more. */
		referenceLength: limit,
		longReferences: z.enum(["cut", "stop"]).default("cut"),
		/** Suppress PII: the warehouse is not told who the shopper is. */
		suppressPersonalData: z.boolean().default(false),
		/** Parse Carrier Fallback: where a shipment's carrier is OTHER_CARRIER, its tracking number says who carries. */
		parseCarrierFallback: z.boolean().default(false),
		/** Backorders: the warehouse sees to them and gets every order in full, or orders are held against its stock here. */
		backorders: z.enum(["warehouse", "here"]).default("warehouse"),
		/** Allow Partial: of an order that is short, what is there goes at once and the rest when stock comes. */
		allowPartial: z.boolean().default(false),
		/** Whether a newer order may go before an older one that needs more than there is. */
		skipAhead: z.boolean().default(true),
		/** What a shipment of less than was sent means: more will come, or that was all. */
		partialShipments: z.enum(["wait", "first_is_final"]).default("wait"),
	})
	.refine(({ opensAt, cutOffAt }) => opensAt < cutOffAt, { path: ["cutOffAt"], message: "must be after it opens" });
export type DestinationOptions = z.output<typeof destinationOptions>;

/** The terms of an inventory figure, in the order they are applied. Each amount has a sign: their sum is the figure. */
export const termKinds = [
	...(["level", "kit", "newer-orders", "waiting-orders", "floor"] as const),
	...(["safety", "share", "cap", "priority", "minimum"] as const),
] as const;
export const inventoryTerm = z.object({
	kind: z.enum(termKinds),
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
