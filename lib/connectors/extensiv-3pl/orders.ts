import { z } from "zod";
import { ConnectorError } from "../kit/fault";
import type { Context, Destination, Written } from "../kit/types";
import { orderList, rels, wmsOrder } from "./api";
import { hal, refusal } from "./calls";
import { toWmsOrder } from "./map";
import { rqlValue } from "./rql";
import type { ExtensivSettings } from "./settings";
import { updateOrder } from "./update";

/** As little as is needed to recognise an order: a flaw elsewhere in it must not hide that it exists. */
const known = z.object({
	referenceNum: z.string(),
	readOnly: z.object({ orderId: z.number(), status: z.number().nullish() }),
});

async function find(context: Context<ExtensivSettings>, key: string): Promise<Written | null> {
	const { data, exchangeId } = await context.http.get("/orders", {
		schema: orderList,
		headers: hal,
		query: {
			pgsiz: 10,
			rql: `referenceNum==${rqlValue(key)};readonly.customerIdentifier.id==${context.settings.customerId}`,
		},
	});
	const rows = (data._embedded?.[rels.order] ?? []).flatMap((raw) => {
		const parsed = known.safeParse(raw);
		return parsed.success && parsed.data.referenceNum === key ? [parsed.data] : [];
	});
	// A canceled order may share its number with the one that replaced it.
	const found = rows.find(({ readOnly }) => readOnly.status !== 2) ?? rows[0];
	if (!found) return null;
	const { orderId, status } = found.readOnly;
	const state = states[status ?? -1];
	return {
		...{ externalId: String(orderId), externalNumber: found.referenceNum, existed: true, exchangeId },
		...(state && { state }),
	};
}

/** By the system's own numbers, see `wmsOrder`. */
const states: Record<number, Written["state"]> = { 0: "open", 1: "shipped", 2: "canceled" };

export const orders: NonNullable<Destination<ExtensivSettings>["orders"]> = {
	/** The public pages name no limit of referenceNum; fifty characters fit every label they show. */
	maxNumberLength: 50,
	takes: {
		...{ sourceNumber: true, orderSource: true, note: true, customFields: true },
		line: { note: true, customFields: true },
	},
	find,
	update: updateOrder,
	async create(context, { key, value }): Promise<Written> {
		const body = toWmsOrder({ ...value, number: key }, context.settings);
		try {
			const { data, exchangeId } = await context.http.send("POST", "/orders", body, {
				schema: wmsOrder,
				headers: hal,
				fault: refusal,
			});
			const { orderId } = data.readOnly;
			return { externalId: String(orderId), externalNumber: data.referenceNum, existed: false, exchangeId };
		} catch (error) {
			// The reference number is the system's only guard against doubles: its refusal means the order is there.
			const found = isDuplicate(error) ? await find(context, key) : null;
			if (found) return found;
			throw error;
		}
	},
};

function isDuplicate(error: unknown): boolean {
	if (!(error instanceof ConnectorError) || error.fault.kind !== "permanent") return false;
	return error.fault.code === "Duplicate" && error.fault.field === "ReferenceNum";
}
