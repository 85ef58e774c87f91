import { z } from "zod";
import { customFields, template } from "./reference-template";
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

export const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
const clock = z
	.string()
	.trim()
	.regex(/^([01]\d|2[0-3]):[0-5]\d$/, "must be a time such as 16:00");

function isZone(name: string): boolean {
	try {
		new Intl.DateTimeFormat("en", { timeZone: name });
		return true;
	} catch {
		return false;
	}
}

/** When the warehouse works. Without a time zone nothing is known of it, and nothing waits. */
const workingHours = {
	workTimeZone: text
		.default("")
		.refine((zone) => zone === "" || isZone(zone), "must be a time zone such as America/New_York"),
	workingDays: z.array(z.enum(weekdays)).min(1, "must name a day").default(["mon", "tue", "wed", "thu", "fri"]),
	opensAt: clock.default("08:00"),
	/** What is ready later is worked on the next working day. */
	cutOffAt: clock.default("16:00"),
	/** Days on which nobody works, with commas between: 2026-12-25, 2027-01-01. */
	holidays: z
		.string()
		.trim()
		.max(4000, "must be at most 4000 characters")
		.default("")
		.refine(
			(days) => days === "" || days.split(/[\s,]+/).every((day) => z.iso.date().safeParse(day).success),
			"must be days such as 2026-12-25, with commas between them",
		),
	/** An order that is ready outside the hours waits for the next opening. */
	deliverInHours: z.boolean().default(false),
};

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
		/** States and regions where those of the country are known: their codes, and whether the postal code lies there. */
		regionPolicy: z.enum(checkPolicies).default("off"),
		/** Characters that the warehouse's labels can hold. */
		characters: z.enum(["any", "latin", "ascii"]).default("any"),
		/** Reference templates: what the warehouse is told in these fields, see reference-template. Empty: what the cart has. */
		poNumberTemplate: template("order"),
		orderSourceTemplate: template("order"),
		noteTemplate: template("order"),
		/** "Name = text" by lines: custom fields of the warehouse. */
		customFields: customFields("order"),
		lineNoteTemplate: template("line"),
		lineFields: customFields("line"),
		purchaseSourceTemplate: template("purchase"),
		purchaseNoteTemplate: template("purchase"),
		purchaseFields: customFields("purchase"),
		purchaseLineFields: customFields("purchaseLine"),
		/** The most characters of every reference but notes; and what becomes of more. */
		referenceLength: limit,
		longReferences: z.enum(["cut", "stop"]).default("cut"),
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
