import type { Order } from "@/lib/canonical/order";
import type { Read } from "../kit/types";
import { type RemoteOrder, remoteOrder } from "./api";

/** A record of the orders list in our words. What does not fit is reported with its id. */
export function readOrder(raw: unknown): Read<Order> {
	const parsed = remoteOrder.safeParse(raw);
	if (parsed.success) {
		const { id, changedAt } = parsed.data;
		return { ok: true, sourceId: id, changedAt: new Date(changedAt), value: toOrder(parsed.data), raw };
	}
	const issue = parsed.error.issues[0];
	const field = issue?.path.join(".") ?? "";
	return { ok: false, sourceId: idOf(raw), field, problem: `${field}: ${issue?.message ?? "is not usable"}`, raw };
}

function toOrder(remote: RemoteOrder): Order {
	const { shipTo, currency, email, shipping } = remote;
	return {
		sourceId: remote.id,
		number: remote.number,
		sourceStatus: remote.status,
		placedAt: new Date(remote.placedAt),
		shipTo: {
			name: shipTo.name ?? "",
			company: shipTo.company ?? "",
			line1: shipTo.line1 ?? "",
			line2: shipTo.line2 ?? "",
			city: shipTo.city ?? "",
			region: shipTo.region ?? "",
			postalCode: shipTo.postalCode ?? "",
			country: shipTo.country.toUpperCase(),
			phone: shipTo.phone ?? "",
			email: email ?? "",
		},
		customer: { name: shipTo.name ?? "", email: email ?? "" },
		shipping: { code: shipping?.code ?? "", name: shipping?.name ?? "" },
		lines: remote.lines.map(({ id, sku, name, quantity, price }) => ({
			sourceLineId: id,
			sku,
			name,
			quantity,
			unitPrice: { amount: price, currency },
		})),
		total: { amount: remote.total, currency },
		note: remote.note ?? "",
		giftMessage: "",
		tags: [],
	};
}

function idOf(raw: unknown): string {
	return typeof raw === "object" && raw !== null && "id" in raw ? String(raw.id) : "?";
}
