import type { ConfirmationMessage } from "@/lib/canonical/shipment";
import { ConnectorError } from "../kit/fault";
import type { Creator, Written } from "../kit/types";
import { writeXml } from "../kit/xml";
import { dayStamp, type StoreContext, stamp, tell } from "./calls";
import { headOf, isPlace } from "./map";
import { locate } from "./reading";
import { type StoreSettings, wordsOf } from "./settings";

/**
 * Tells the store that goods left. A notice carries no id of its own, and the protocol has no call that lists the
 * notices of an order, so after a lost answer only the order can be looked at: a notice sets its status and its time of
 * change. Limit: of two packages that left at once, the second is taken as told if only the first was.
 */
export const confirm: Creator<StoreSettings, ConfirmationMessage> & { takes: "one-per-package"; lines: true } = {
	takes: "one-per-package",
	lines: true,
	async find(context, key, value) {
		const arrived = await hasArrived(context, value);
		if (arrived === null) throw cannotTell();
		return arrived ? { externalId: idOf(value, key), existed: true } : null;
	},
	async create(context, { key, value, attempt }): Promise<Written> {
		const again = attempt > 1 && context.settings.afterLoss === "look";
		if (again && (await hasArrived(context, value))) return { externalId: idOf(value, key), existed: true };
		const [trackingNumber = "", ...others] = value.trackingNumbers;
		const query = { order_number: value.orderSourceId, carrier: value.carrier, service: value.service };
		const exchangeId = await tell(
			context,
			{ ...query, tracking_number: trackingNumber },
			notice(context, value, others),
		);
		return { externalId: idOf(value, key), existed: false, exchangeId };
	},
};

const idOf = ({ orderSourceId, trackingNumbers }: ConfirmationMessage, key: string) =>
	`${orderSourceId}/${trackingNumbers[0] ?? key}`;

/** Whether the order is shipped in the store since these goods left; null when that cannot be seen. */
async function hasArrived(context: StoreContext, value: ConfirmationMessage): Promise<boolean | null> {
	if (context.settings.afterLoss === "ask") return null;
	const raw = await locate(context, value.orderSourceId);
	const { status, changedAt } = headOf(raw, context.settings, context.now());
	if (raw === null || changedAt === null) return null;
	const isShipped = wordsOf(context.settings.shippedStatuses).includes(status.toLowerCase());
	// Times there are whole minutes, and a warehouse may name a time of departure that is still to come.
	const leftMs = Math.min(value.shippedAt.getTime(), context.now().getTime());
	return isShipped && changedAt.getTime() >= Math.floor(leftMs / 60_000) * 60_000;
}

/** Permanent, so that it stays with a person: told twice, a store mails the customer twice. */
function cannotTell(): ConnectorError {
	return new ConnectorError(
		{ kind: "permanent", code: "cannot-tell" },
		"The store cannot say whether it was told about this shipment. Look at the order there, and resend if it was not.",
	);
}

function notice(context: StoreContext, value: ConfirmationMessage, otherNumbers: string[]): string {
	const { timeZone, notifyCustomer } = context.settings;
	const others = otherNumbers.length > 0 ? `More tracking numbers: ${otherNumbers.join(", ")}` : "";
	return `<?xml version="1.0" encoding="utf-8"?>${writeXml("ShipNotice", {
		OrderNumber: value.orderSourceId,
		NotesToCustomer: others,
		NotifyCustomer: notifyCustomer,
		LabelCreateDate: stamp(value.shippedAt, timeZone),
		ShipDate: dayStamp(value.shippedAt, timeZone),
		Carrier: value.carrier,
		Service: value.service,
		TrackingNumber: value.trackingNumbers[0] ?? "",
		...(value.cost !== undefined && { ShippingCost: value.cost }),
		Items: {
			Item: value.lines.map(({ lineId, sku, quantity }) => ({
				SKU: sku,
				Quantity: quantity,
				...(!isPlace(lineId) && { LineItemID: lineId }),
			})),
		},
	})}`;
}
