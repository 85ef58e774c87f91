import type { ConfirmationMessage } from "@/lib/canonical/shipment";
import { ConnectorError } from "../kit/fault";
import { short } from "../kit/faults";
import type { Creator, Write, Written } from "../kit/types";
import { carrierList, externalShipments, shipmentList } from "./api";
import { type OmContext, refusal, remember, stamp } from "./calls";
import type { OmSettings } from "./settings";

/**
 * Marks an order as shipped from outside, with the warehouse's cost as its carrier fee. There is no key for a
 * repeated write, so our own shipment is recognised by its order and tracking number. One call holds all packages.
 */
export const confirm: Creator<OmSettings, ConfirmationMessage> & { takes: "one-per-order"; lines: false } = {
	takes: "one-per-order",
	lines: false,
	async find(context, _key, value) {
		const known = await shipmentsOf(context, value);
		return missingOf(value, known).length === 0 ? writtenAs(value, known) : null;
	},
	async create(context, write): Promise<Written> {
		if (write.value.trackingNumbers.length === 0)
			throw new ConnectorError(
				{ kind: "permanent", code: "no-tracking", field: "trackingNumbers" },
				"Order Manager takes no shipment without a tracking number. Enter one at the warehouse and resend.",
			);
		// A repeated row would ship the order twice: a later try sends only what is not there yet.
		const known = write.attempt > 1 ? await shipmentsOf(context, write.value) : new Map<string, number>();
		const missing = missingOf(write.value, known);
		if (missing.length === 0) return writtenAs(write.value, known);
		return ship(context, write, { known, missing });
	},
};

/** Ids of the order's outgoing shipments by tracking number. */
async function shipmentsOf(context: OmContext, value: ConfirmationMessage): Promise<Map<string, number>> {
	const query = { orderId: orderIdOf(value), page: 1, limit: 100 };
	const { data } = await context.http.get("/v1/shipments", { schema: shipmentList, query, fault: refusal(context) });
	const outgoing = data.filter(({ type }) => type !== "RETURN");
	return new Map(outgoing.map(({ trackingNumber, shipmentId }) => [trackingNumber, shipmentId]));
}

function missingOf({ trackingNumbers }: ConfirmationMessage, known: Map<string, number>): string[] {
	return trackingNumbers.filter((number) => !known.has(number));
}

function writtenAs({ trackingNumbers }: ConfirmationMessage, known: Map<string, number>): Written {
	return { externalId: trackingNumbers.map((number) => known.get(number)).join(","), existed: true };
}

async function ship(
	context: OmContext,
	{ value }: Write<ConfirmationMessage>,
	{ known, missing }: { known: Map<string, number>; missing: string[] },
): Promise<Written> {
	const { updateChannel, notifyCustomer, shipCurrency } = context.settings;
	const shippingCarrier = await carrierCode(context, value.carrier);
	const shipments = missing.map((trackingNumber) => ({
		orderId: orderIdOf(value),
		trackingNumber,
		shipMethod: { shippingCarrier },
		// The cost is that of the whole departure, so one package bears it.
		...(value.cost !== undefined &&
			trackingNumber === value.trackingNumbers[0] && {
				carrierFee: { amount: Number(value.cost), currency: shipCurrency },
			}),
		shipDate: stamp(value.shippedAt),
		deliveryStatus: "IN_TRANSIT",
	}));
	const { data, exchangeId } = await context.http.send(
		"PUT",
		"/v1.1/shipment/external",
		{ notifyCustomer, updateChannel, shipments },
		{ schema: externalShipments, fault: refusal(context) },
	);
	const made = new Map(known);
	for (const [n, trackingNumber] of missing.entries()) {
		const id = data[n]?.shipment;
		if (id === null || id === undefined) throw refused(data[n]?.processingMessage ?? "", exchangeId);
		made.set(trackingNumber, id);
	}
	return { ...writtenAs(value, made), existed: false, exchangeId };
}

function refused(message: string, exchangeId: string): ConnectorError {
	return new ConnectorError(
		{ kind: "permanent", code: "shipment-refused" },
		`Order Manager refused the shipment${message ? `: ${short(message)}` : ""}. Compare it with the order, and resend.`,
		{ exchangeId },
	);
}

/** Its own code for the carrier; one that it does not know is OTHER_CARRIER there. */
async function carrierCode(context: OmContext, carrier: string): Promise<string> {
	const codes = await remember(context, "carriers", async () => {
		const { data } = await context.http.get("/v1/shipment/carriers", { schema: carrierList, fault: refusal(context) });
		return data;
	});
	const plain = (text: string) => text.toUpperCase().replace(/[^A-Z0-9]/g, "");
	return codes.find((code) => plain(code) === plain(carrier)) ?? "OTHER_CARRIER";
}

function orderIdOf({ orderSourceId }: ConfirmationMessage): number {
	const id = Number(orderSourceId);
	if (Number.isSafeInteger(id)) return id;
	throw new ConnectorError(
		{ kind: "permanent", code: "unknown-order" },
		"Order Manager numbers its orders, and this id is no number. Load the order again.",
	);
}
