/**
 * Purchase orders for the warehouse, by change time like orders. `dateModified` stays null until the first edit, so
 * two lists are read: by creation, then by modification.
 */
import { z } from "zod";
import type { PurchaseOrder, PurchaseOrderState } from "@/lib/canonical/purchase-order";
import { maxText } from "@/lib/canonical/text";
import { reader } from "../kit/define";
import type { Read } from "../kit/types";
import { warehouseId } from "./access";
import { type OmPurchaseOrder, type OmPurchaseOrderItem, omPurchaseOrder, vendorList } from "./api";
import { type OmContext, refusal, remember } from "./calls";
import { changeCursor, changesOf, type TimedList } from "./changes";
import { type OmSettings, wordsOf } from "./settings";
import { readTransfers } from "./transfers";

export const purchaseOrderPath = "/v1.1/purchaseorders";
const lists = {
	created: { path: purchaseOrderPath, ask: {}, from: "createdDateFrom", to: "createdDateTo" },
	modified: { path: purchaseOrderPath, ask: {}, from: "modifiedDateFrom", to: "modifiedDateTo" },
} as const satisfies Record<string, TimedList>;
export const modifiedPurchaseOrders: TimedList = lists.modified;

const cursor = z.strictObject({ created: changeCursor, modified: changeCursor.nullable() });
type Cursor = z.output<typeof cursor>;

export const purchaseOrders = {
	...reader<OmSettings, PurchaseOrder, Cursor>({
		cursor,
		async *read(context, { cursor: at, from }) {
			let created = at?.created ?? null;
			let modified = at?.modified ?? null;
			for await (const window of changesOf(context, lists.created, { cursor: created, from })) {
				const records = await recordsOf(context, window.raw);
				created = window.next(newest(window.raw, "dateCreated"));
				yield { records, next: { created, modified } };
			}
			for await (const window of changesOf(context, lists.modified, { cursor: modified, from })) {
				const records = await recordsOf(context, window.raw);
				modified = window.next(newest(window.raw, "dateModified"));
				// A window of creation times always ends with a page, so there is a cursor by now.
				if (created) yield { records, next: { created, modified } };
			}
			for await (const records of readTransfers(context)) if (created) yield { records, next: { created, modified } };
		},
	}),
	unwanted(settings: z.output<OmSettings>, order: PurchaseOrder): string | null {
		const wanted = settings.purchaseOrderStatuses;
		if (wanted.some((one) => states[one] === order.state)) return null;
		const names = wanted.map(wordsOf).join(", ");
		return `it is ${wordsOf(statusOf[order.state])} there, and Pickup purchase order status names ${names}`;
	},
};

const states: Record<OmPurchaseOrder["status"], PurchaseOrderState> = {
	AWAITING_AUTHORIZATION: "awaiting_authorization",
	AWAITING_VENDOR_CONFIRMATION: "awaiting_confirmation",
	AWAITING_MODIFICATION_ACCEPTANCE: "awaiting_reauthorization",
	PENDING_DELIVERY: "pending_delivery",
	PARTIALLY_DELIVERED: "partially_fulfilled",
	FULFILLED: "fulfilled",
	CLOSED_SHORT: "closed_short",
	VOIDED: "voided",
	CANCELED: "canceled",
};
const statusOf = Object.fromEntries(Object.entries(states).map(([theirs, ours]) => [ours, theirs])) as Record<
	PurchaseOrderState,
	string
>;

function newest(raw: unknown[], field: "dateCreated" | "dateModified"): number {
	return raw.reduce<number>((ms, one) => {
		const parsed = omPurchaseOrder.safeParse(one);
		return Math.max(ms, parsed.data?.[field]?.getTime() ?? 0);
	}, 0);
}

async function recordsOf(context: OmContext, raw: unknown[]): Promise<Read<PurchaseOrder>[]> {
	if (raw.length === 0) return [];
	const place = await warehouseId(context);
	const names = await vendorNames(context);
	return raw.flatMap((one): Read<PurchaseOrder>[] => {
		const parsed = omPurchaseOrder.safeParse(one);
		if (!parsed.success) return [unreadable(one, parsed.error)];
		// The list knows no filter for the warehouse: what goes elsewhere is none of this connection's.
		if (place !== undefined && parsed.data.destinationWarehouseId !== place) return [];
		return [toPurchaseOrder(context, parsed.data, names)].map((read) => ({ ...read, raw: one }));
	});
}

function unreadable(raw: unknown, error: z.ZodError): Read<PurchaseOrder> {
	const known = z.object({ purchaseOrderId: z.number() }).safeParse(raw);
	const [issue] = error.issues;
	const field = issue?.path.join(".") ?? "";
	const sourceId = known.success ? String(known.data.purchaseOrderId) : "?";
	return { ok: false, sourceId, field, problem: `${field}: ${issue?.message ?? "is not usable"}`, raw };
}

function toPurchaseOrder(
	context: OmContext,
	given: OmPurchaseOrder,
	vendors: Map<number, string>,
): Read<PurchaseOrder> {
	const sourceId = String(given.purchaseOrderId);
	const bad = given.purchaseOrderItems.find((item) => !(unitsOf(item, item.quantity) > 0));
	const none = given.purchaseOrderItems.length === 0;
	if (bad || none) {
		const field = "purchaseOrderItems";
		const problem = bad ? `line ${bad.vendorProductMasterSku} has no whole quantity above 0` : "it has no lines";
		return { ok: false, sourceId, field, problem, raw: given };
	}
	const custom =
		context.settings.purchaseOrderNumber === "customPurchaseOrderNumber" && given.customPurchaseOrderNumber;
	const expected = given.purchaseOrderItems.flatMap((item) => item.estimatedDeliveryDate ?? []);
	const first = expected.sort((a, b) => a.getTime() - b.getTime())[0];
	const value: PurchaseOrder = {
		sourceId,
		number: custom || given.number,
		kind: "purchase",
		state: states[given.status],
		supplier: given.vendorId ? (vendors.get(given.vendorId) ?? `Vendor ${given.vendorId}`) : "",
		note: given.internalNotes,
		orderedAt: given.dateIssued ?? given.dateCreated,
		...(first && { expectedAt: first }),
		...extrasOf({ "Custom number": given.customPurchaseOrderNumber }),
		lines: given.purchaseOrderItems.map((item) => ({
			sourceLineId: String(item.purchaseOrderItemId),
			sku: item.vendorProductMasterSku,
			name: "",
			quantity: unitsOf(item, item.quantity),
			receivedQuantity: Math.max(0, receivedOf(context, item)),
			unitOfMeasure: item.unitOfMeasure,
			unitsPerPack: packOf(item),
			lot: "",
			...(item.estimatedDeliveryDate && { expectedAt: item.estimatedDeliveryDate }),
			...extrasOf({
				"Vendor SKU": item.vendorProductVendorSku,
				"Reference number": item.referenceNumber,
				Memo: item.memo,
				Packaging: item.packaging,
			}),
		})),
	};
	return { ok: true, sourceId, changedAt: given.dateModified ?? given.dateCreated, value, raw: given };
}

/** Fields of Order Manager's own, under the names people know there; those that hold something, as far as it fits. */
function extrasOf(fields: Record<string, string>): { extraFields?: { name: string; value: string }[] } {
	const extraFields = Object.entries(fields).flatMap(([name, value]) =>
		value ? [{ name, value: value.slice(0, maxText) }] : [],
	);
	return extraFields.length > 0 ? { extraFields } : {};
}

function packOf({ uomUnitQuantity }: OmPurchaseOrderItem): number {
	return Number.isInteger(uomUnitQuantity) && (uomUnitQuantity ?? 0) > 0 ? (uomUnitQuantity ?? 1) : 1;
}

function unitsOf(item: OmPurchaseOrderItem, quantity: number): number {
	const units = quantity * packOf(item);
	return Number.isInteger(units) && units <= 1_000_000 ? units : Number.NaN;
}

/** What has arrived of a line, in units, as far as Order Manager says. */
export function receivedOf({ settings }: OmContext, item: OmPurchaseOrderItem): number {
	const told = item.receivedQuantity ?? 0;
	const units = settings.receivedIn === "units" ? told : told * packOf(item);
	return Number.isFinite(units) && units <= 1_000_000_000 ? Math.round(units) : 0;
}

function vendorNames(context: OmContext): Promise<Map<number, string>> {
	return remember(context, "vendors", async () => {
		const { data } = await context.http.get("/v1/vendors", { schema: vendorList, fault: refusal(context) });
		return new Map(data.filter(({ name }) => name !== "").map(({ vendorId, name }) => [vendorId, name]));
	});
}
