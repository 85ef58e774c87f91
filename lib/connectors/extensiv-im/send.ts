import { z } from "zod";
import { ConnectorError } from "../kit/fault";
import type { CancelAnswer, Context, Destination, Written } from "../kit/types";
import { call, orNull } from "./calls";
import { toRoverOrder } from "./map";
import type { ImSettings } from "./settings";
import { canceled, order as orderSchema } from "./words";

/** As little as is needed to recognise an order: a flaw elsewhere in it must not hide that it exists. */
const known = orderSchema.pick({ cust_ref: true, cust_po_no: true, order_status: true });

async function look(context: Context<ImSettings>, custRef: string) {
	return orNull(call(context, `/cart/orders/${encodeURIComponent(custRef)}`, { schema: known }));
}

async function find(context: Context<ImSettings>, key: string): Promise<Written | null> {
	const found = await look(context, key);
	if (!found || found.data.cust_ref !== key) return null;
	const state = states[found.data.order_status];
	const { cust_ref: externalId, cust_po_no: externalNumber } = found.data;
	return { externalId, externalNumber, existed: true, exchangeId: found.exchangeId, ...(state && { state }) };
}

const states: Record<string, Written["state"]> = {
	...{ new: "open", error: "open", at_wms: "open", partial: "open" },
	...{ shipped: "shipped", confirmed: "shipped", canceled: "canceled" },
};

export const orders: NonNullable<Destination<ImSettings>["orders"]> = {
	/** The public pages name no limit of cust_ref; fifty characters fit what clients were seen to send. */
	maxNumberLength: 50,
	takes: {
		...{ sourceNumber: true, orderSource: true, note: true, customFields: true },
		line: { note: true, customFields: true },
	},
	find,
	async create(context, { key, value }): Promise<Written> {
		try {
			const { exchangeId } = await call(context, "/cart/orders/cartrover", {
				body: toRoverOrder({ ...value, number: key }, context.now()),
				schema: z.object({ cust_ref: z.union([z.string(), z.number()]).optional() }).nullish(),
			});
			return { externalId: key, externalNumber: value.sourceNumber, existed: false, exchangeId };
		} catch (error) {
			const isThere =
				error instanceof ConnectorError && error.fault.kind === "permanent" && error.fault.code === "OrderDuplicate";
			const found = isThere ? await find(context, key) : null;
			if (found) return found;
			throw error;
		}
	},
};

/**
 * Before delivery Integration Manager cancels by itself; afterwards it asks the warehouse, whose answer shows only in
 * the order's status.
 */
export async function requestCancel(context: Context<ImSettings>, custRef: string): Promise<CancelAnswer> {
	const found = await look(context, custRef);
	if (!found) return { state: "refused", reason: "Integration Manager does not know it" };
	const status = found.data.order_status;
	if (status === "canceled") return { state: "accepted" };
	if (status === "partial" || status === "shipped" || status === "confirmed")
		return { state: "refused", reason: "it has shipped already" };
	const asked =
		status === "at_wms"
			? await call(context, `/cart/orders/wms_cancel/${encodeURIComponent(custRef)}`, { schema: canceled })
			: await call(context, "/cart/orders/cancel/cartrover", {
					body: { cust_ref: custRef },
					schema: canceled,
					repeatable: true,
				});
	const { success, message } = asked.data;
	if (!success) return { state: "refused", reason: message || "the warehouse does not cancel it" };
	return { state: status === "at_wms" ? "pending" : "accepted" };
}
