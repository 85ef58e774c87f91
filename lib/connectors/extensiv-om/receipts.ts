/**
 * Books what arrived on one line of a purchase order. Order Manager sets a line's received quantity: the whole is
 * told, so saying it twice changes nothing. Path and body are inferred from what a public integration does.
 */
import type { ReceiptMessage } from "@/lib/canonical/purchase-order";
import { ConnectorError } from "../kit/fault";
import { short } from "../kit/faults";
import type { Creator, Written } from "../kit/types";
import { bulkAnswer, type OmPurchaseOrderItem, omPurchaseOrder } from "./api";
import { type OmContext, refusal, stamp } from "./calls";
import { changesOf } from "./changes";
import { modifiedPurchaseOrders, receivedOf } from "./purchase-orders";
import type { OmSettings } from "./settings";
import { isTransferReceived } from "./transfers";

/** A receipt is booked after it happened; clocks that disagree are allowed for. */
const clockMs = 3_600_000;

export const receipts: Creator<OmSettings, ReceiptMessage> = {
	async find(context, _key, value): Promise<Written | null> {
		if (value.kind === "transfer") return (await isTransferReceived(context, value)) ? writtenAs(value, true) : null;
		const item = await itemOf(context, value);
		return item && receivedOf(context, item) >= value.receivedTotal ? writtenAs(value, true) : null;
	},
	async create(context, { attempt, value }): Promise<Written> {
		if (value.kind === "transfer") {
			const done = await receipts.find(context, "", value);
			if (done) return done;
			throw new ConnectorError({ kind: "permanent", code: "no-call" }, byHand);
		}
		const known = attempt > 1 ? await receipts.find(context, "", value) : null;
		return known ?? book(context, value);
	},
};

const byHand =
	"Order Manager publishes no call that receives a stock transfer. Receive it there, then send the receipts again.";

function writtenAs(value: ReceiptMessage, existed: boolean): Written {
	return { externalId: `${value.sourceLineId}/${value.receivedTotal}`, existed };
}

/** A purchase order that was received on has changed since, so it is among those that did. */
async function itemOf(context: OmContext, value: ReceiptMessage): Promise<OmPurchaseOrderItem | undefined> {
	const from = new Date(Math.min(value.receivedAt.getTime(), context.now().getTime()) - clockMs);
	for await (const { raw } of changesOf(context, modifiedPurchaseOrders, { cursor: null, from }))
		for (const one of raw) {
			const parsed = omPurchaseOrder.safeParse(one);
			if (!parsed.success || String(parsed.data.purchaseOrderId) !== value.purchaseOrderSourceId) continue;
			return parsed.data.purchaseOrderItems.find((item) => String(item.purchaseOrderItemId) === value.sourceLineId);
		}
	return undefined;
}

async function book(context: OmContext, value: ReceiptMessage): Promise<Written> {
	const { receiptPath, receivedIn } = context.settings;
	const received = receivedIn === "units" ? value.receivedTotal : value.receivedTotal / value.unitsPerPack;
	const body = [
		{
			purchaseOrderId: Number(value.purchaseOrderSourceId),
			...(value.closes && { closeShort: true }),
			purchaseOrderItems: [
				{
					purchaseOrderItemId: Number(value.sourceLineId),
					receivedQuantity: received,
					receivedDate: stamp(value.receivedAt),
				},
			],
		},
	];
	const { data, exchangeId } = await context.http.send("PUT", receiptPath, body, {
		schema: bulkAnswer,
		fault: refusal(context),
	});
	const [error] = data.errors;
	if (!error) return { ...writtenAs(value, false), exchangeId };
	const said = short(error.message, 45) || "the receipt";
	throw new ConnectorError(
		{ kind: "permanent", code: error.errorCode || "refused", field: "receivedQuantity" },
		`Order Manager refused ${value.quantity} of ${short(value.sku, 30)}: ${said}. Correct the purchase order there and resend.`,
		{ exchangeId },
	);
}
