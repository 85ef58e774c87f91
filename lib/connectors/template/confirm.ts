import type { ConfirmationMessage } from "@/lib/canonical/shipment";
import { ConnectorError } from "../kit/fault";
import type { Context, Creator, Written } from "../kit/types";
import { madeShipment, shipmentList } from "./api";
import type { Settings } from "./index";

const pathOf = (value: ConfirmationMessage) => `/orders/${encodeURIComponent(value.orderSourceId)}/shipments`;

async function find(context: Context<Settings>, key: string, value: ConfirmationMessage): Promise<Written | null> {
	const { data, exchangeId } = await context.http.get(pathOf(value), { schema: shipmentList });
	const ours = data.shipments.find((one) => one.reference === key);
	return ours ? { externalId: ours.id, existed: true, exchangeId } : null;
}

/** The shop keeps our key as `reference` and refuses a second shipment with the same one. */
export const confirm: Creator<Settings, ConfirmationMessage> & { takes: "one-per-package"; lines: true } = {
	takes: "one-per-package",
	lines: true,
	find,
	async create(context, { key, value }): Promise<Written> {
		const { orderSourceId: _, ...shipment } = value;
		try {
			const body = { reference: key, ...shipment, shippedAt: value.shippedAt.toISOString() };
			const { data, exchangeId } = await context.http.send("POST", pathOf(value), body, { schema: madeShipment });
			return { externalId: data.id, existed: false, exchangeId };
		} catch (error) {
			const taken =
				error instanceof ConnectorError && error.fault.kind === "permanent" && error.fault.code === "http-409";
			const found = taken ? await find(context, key, value) : null;
			if (found) return found;
			throw error;
		}
	},
};
