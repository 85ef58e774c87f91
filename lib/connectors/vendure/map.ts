import type { z } from "zod";
import type { Product } from "@/lib/canonical/catalogue";
import { fromMinorUnits } from "@/lib/canonical/money";
import type { Order } from "@/lib/canonical/order";
import type { Read } from "../kit/types";
import { type VendureOrder, variant, vendureOrder } from "./api";

/** A record of the orders list as ours. What does not fit is reported with its id. */
export function readOrder(raw: unknown): Read<Order> {
	const parsed = vendureOrder.safeParse(raw);
	if (parsed.success)
		return {
			ok: true,
			sourceId: parsed.data.id,
			changedAt: new Date(parsed.data.updatedAt),
			value: toOrder(parsed.data),
			raw,
		};
	return unusable(raw, parsed.error);
}

/** A variant of the catalogue as our product. */
export function readProduct(raw: unknown): Read<Product> {
	const parsed = variant.safeParse(raw);
	if (!parsed.success) return unusable(raw, parsed.error);
	const { id, sku, name, updatedAt } = parsed.data;
	return { ok: true, sourceId: id, changedAt: new Date(updatedAt), value: { sku, name, externalId: id }, raw };
}

function unusable(raw: unknown, { issues: [issue] }: z.ZodError): Read<never> {
	const field = issue?.path.join(".") ?? "";
	return { ok: false, sourceId: idOf(raw), field, problem: `${field} ${issue?.message ?? "is not usable"}`, raw };
}

function toOrder(order: VendureOrder): Order {
	const address = order.shippingAddress;
	const customer = order.customer;
	const customerName = customer ? `${customer.firstName} ${customer.lastName}`.trim() : "";
	const method = order.shippingLines[0]?.shippingMethod;
	return {
		sourceId: order.id,
		number: order.code,
		sourceStatus: order.state,
		placedAt: new Date(order.orderPlacedAt ?? order.createdAt),
		shipTo: {
			name: address?.fullName || customerName,
			company: address?.company ?? "",
			line1: address?.streetLine1 ?? "",
			line2: address?.streetLine2 ?? "",
			city: address?.city ?? "",
			region: address?.province ?? "",
			postalCode: address?.postalCode ?? "",
			country: address?.countryCode ?? "",
			phone: address?.phoneNumber ?? "",
			email: customer?.emailAddress ?? "",
		},
		...(customer && { customer: { name: customerName, email: customer.emailAddress } }),
		shipping: { code: method?.code ?? "", name: method?.name ?? "" },
		lines: order.lines
			// A line that was cancelled keeps its place with quantity 0.
			.filter((line) => line.quantity !== 0)
			.map((line) => ({
				sourceLineId: line.id,
				sku: line.productVariant.sku,
				name: line.productVariant.name,
				quantity: line.quantity,
				unitPrice: fromMinorUnits(line.unitPriceWithTax, order.currencyCode),
			})),
		total: fromMinorUnits(order.totalWithTax, order.currencyCode),
		note: "",
		giftMessage: "",
		tags: [],
	};
}

function idOf(raw: unknown): string {
	return typeof raw === "object" && raw !== null && "id" in raw ? String(raw.id) : "?";
}
