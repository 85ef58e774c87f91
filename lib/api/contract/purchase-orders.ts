import { z } from "zod";
import { purchaseOrderKinds, purchaseOrderState, purchaseOrderStates } from "@/lib/canonical/purchase-order";
import { writeStates } from "@/lib/canonical/status";
import { base, id, inAccount, instant, pageInput, pageOf } from "./base";
import { journeyStep } from "./orders";

/** What a list may be narrowed to: a state, or what needs a person. */
export const purchaseOrderFilterStates = [...purchaseOrderStates, "problem", "changed", "over_received"] as const;

/** Units of a line, or of all lines. What was received and not put away is the difference of the two. */
const units = z.object({ expected: z.int(), received: z.int(), putAway: z.int(), inTransit: z.int() });
export type Units = z.output<typeof units>;

export const purchaseOrderSummary = z.object({
	id: id("pur"),
	number: z.string(),
	kind: z.enum(purchaseOrderKinds),
	state: purchaseOrderState,
	/** Whether the warehouse knows of it. */
	sending: z.enum(["waiting", "sent", "stopped", "canceled", "none"]),
	supplier: z.string(),
	merchant: z.object({ id: id("mer"), name: z.string() }),
	source: z.object({ id: id("con"), name: z.string() }),
	lineCount: z.int(),
	units,
	problem: z.string().nullable(),
	/** It changed at its source after the warehouse had it. */
	changed: z.boolean(),
	/** More arrived than was expected, or what nobody ordered. */
	overReceived: z.boolean(),
	/** Made for a guided test of its source and warehouse. */
	test: z.boolean(),
	expectedAt: instant.nullable(),
	receivedAt: instant.nullable(),
	createdAt: instant,
});

export const purchaseOrderDetail = purchaseOrderSummary.extend({
	sourceId: z.string(),
	note: z.string(),
	changeNote: z.string(),
	lines: z.array(
		units.extend({
			id: z.string(),
			sku: z.string(),
			name: z.string(),
			lot: z.string(),
			unitOfMeasure: z.string(),
			unitsPerPack: z.int(),
			expectedAt: instant.nullable(),
			/** What came of it, one entry per lot. */
			lots: z.array(z.object({ lot: z.string(), expiresAt: instant.nullable(), quantity: z.int() })),
		}),
	),
	/** Items that came and that nobody ordered. */
	strangers: z.array(z.object({ sku: z.string(), quantity: z.int() })),
	delivery: z
		.object({
			warehouse: z.object({ id: id("con"), name: z.string() }),
			number: z.string(),
			state: z.enum(writeStates),
			externalId: z.string().nullable(),
		})
		.nullable(),
	journey: z.array(journeyStep),
	/** Which buttons would do something now. */
	can: z.object({
		resend: z.boolean(),
		cancelSending: z.boolean(),
		enableSending: z.boolean(),
		dealWith: z.boolean(),
		resendReceipts: z.boolean(),
	}),
});
export type PurchaseOrderDetail = z.output<typeof purchaseOrderDetail>;

const path = "/accounts/{accountId}/purchase-orders";
const tags = ["Purchase orders"];
const one = inAccount.extend({ purchaseOrderId: id("pur") });
const changed = z.object({ id: id("pur") });
const verb = (name: string, summary: string) =>
	base
		.route({ method: "POST", path: `${path}/{purchaseOrderId}/${name}`, summary, tags })
		.meta({ permission: "orders:write" })
		.input(one)
		.output(changed);

export const purchaseOrdersContract = {
	list: base
		.route({ method: "GET", path, summary: "List purchase orders, newest first", tags })
		.meta({ permission: "orders:read" })
		.input(
			inAccount.extend({
				...pageInput,
				/** Begins a number, or is a SKU or the source's id. */
				search: z.string().trim().max(100).optional(),
				state: z.enum(purchaseOrderFilterStates).optional(),
				merchantId: id("mer").optional(),
			}),
		)
		.output(pageOf(purchaseOrderSummary)),
	get: base
		.route({ method: "GET", path: `${path}/{purchaseOrderId}`, summary: "One purchase order and its journey", tags })
		.meta({ permission: "orders:read" })
		.input(one)
		.output(purchaseOrderDetail),
	resend: verb("resend", "Tell the warehouse again"),
	cancelSending: verb("cancel-sending", "Never tell the warehouse"),
	enableSending: verb("enable-sending", "Let it be sent after all"),
	dealWith: verb("deal-with", "A change or an excess is dealt with"),
	resendReceipts: verb("resend-receipts", "Tell the source of its receipts again"),
};
