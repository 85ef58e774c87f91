/**
 * Purchase orders become receivers that wait for their goods. `referenceNum` is the number that people know; nothing
 * but that field guards against doubles, so it is looked for before a second try.
 */
import { z } from "zod";
import type { PurchaseOrder } from "@/lib/canonical/purchase-order";
import { ConnectorError } from "../kit/fault";
import type { PurchaseReferences } from "../kit/reference-fields";
import type { Context, Creator, Written } from "../kit/types";
import { toLocal } from "../kit/zone";
import { receiverList, rels } from "./api";
import { hal, refusal } from "./calls";
import { rqlValue } from "./rql";
import type { ExtensivSettings } from "./settings";

/** As little as is needed to recognise a receiver: a flaw elsewhere in it must not hide that it exists. */
const known = z.object({
	referenceNum: z.string(),
	readOnly: z.object({ receiverId: z.number(), status: z.number().nullish() }),
});

async function find(context: Context<ExtensivSettings>, key: string): Promise<Written | null> {
	const { data, exchangeId } = await context.http.get("/inventory/receivers", {
		schema: receiverList,
		headers: hal,
		query: {
			pgsiz: 10,
			rql: `referenceNum==${rqlValue(key)};readonly.customerIdentifier.id==${context.settings.customerId}`,
		},
	});
	const rows = (data._embedded?.[rels.receiver] ?? []).flatMap((raw) => {
		const parsed = known.safeParse(raw);
		return parsed.success && parsed.data.referenceNum === key ? [parsed.data] : [];
	});
	const found = rows.find(({ readOnly }) => readOnly.status !== 2) ?? rows[0];
	if (!found) return null;
	const { receiverId, status } = found.readOnly;
	return {
		...{ externalId: String(receiverId), externalNumber: found.referenceNum, existed: true, exchangeId },
		...(status === 2 && { state: "canceled" as const }),
	};
}

/** Of a receiver's own fields, those that a new one may hold and that nothing else fills. */
const ownFields = ["carrier", "trackingNumber", "trailerNumber"] as const;

export const purchaseOrders: Creator<ExtensivSettings, PurchaseOrder> & { takes: PurchaseReferences } = {
	takes: { note: true, customFields: ownFields, line: { customFields: true } },
	find,
	async create(context, { key, value, attempt }): Promise<Written> {
		const before = attempt > 1 ? await find(context, key) : null;
		if (before) return before;
		try {
			const { data, exchangeId } = await context.http.send(
				"POST",
				"/inventory/receivers",
				toReceiver(key, value, context),
				{
					schema: known,
					headers: hal,
					fault: refusal,
				},
			);
			const { receiverId } = data.readOnly;
			return { externalId: String(receiverId), externalNumber: data.referenceNum, existed: false, exchangeId };
		} catch (error) {
			const found = isDouble(error) ? await find(context, key) : null;
			if (found) return found;
			throw error;
		}
	},
};

function isDouble(error: unknown): boolean {
	if (!(error instanceof ConnectorError) || error.fault.kind !== "permanent") return false;
	return error.fault.code === "Duplicate" && error.fault.field === "ReferenceNum";
}

/** Lines carry our line id as `externalId`. That receive items keep it, as order items do, is inferred: the SKU serves too. */
function toReceiver(key: string, order: PurchaseOrder, { settings }: Context<ExtensivSettings>) {
	const local = (at: Date) => toLocal(at, settings.timeZone);
	const told = ownFields.flatMap((name) => {
		const field = order.extraFields?.find((one) => one.name === name);
		return field ? [[name, field.value] as const] : [];
	});
	const kind = order.kind === "transfer" ? "Transfer from" : "From";
	return {
		customerIdentifier: { id: settings.customerId },
		facilityIdentifier: { id: settings.facilityId },
		referenceNum: key,
		poNum: order.number,
		externalId: order.sourceId,
		...(order.expectedAt && { expectedDate: local(order.expectedAt) }),
		...Object.fromEntries(told),
		notes: [order.note, order.supplier && `${kind} ${order.supplier}`].filter(Boolean).join("\n"),
		receiveItems: order.lines.map((line) => ({
			itemIdentifier: { sku: line.sku },
			qty: line.quantity,
			externalId: line.sourceLineId,
			...(line.lot && { lotNumber: line.lot }),
			...(line.expiresAt && { expirationDate: local(line.expiresAt) }),
			...(line.extraFields && line.extraFields.length > 0 && { savedElements: line.extraFields }),
		})),
	};
}
