import { z } from "zod";
import type { CancelRequest, Order } from "@/lib/canonical/order";
import { reader } from "../kit/define";
import { ConnectorError } from "../kit/fault";
import type { Page, Read, ReadFrom } from "../kit/types";
import { warehouseId } from "./access";
import { omOrder, rawList } from "./api";
import { type OmContext, refusal } from "./calls";
import { type ChangeCursor, changeCursor, changedOrders } from "./changes";
import { readOrder } from "./map";
import { type OmSettings, wordsOf } from "./settings";

async function* ordersIn(
	context: OmContext,
	{ cursor, from }: ReadFrom<ChangeCursor>,
	status: string,
): AsyncGenerator<Page<Order, ChangeCursor>, void> {
	const place = await warehouseId(context);
	for await (const window of changedOrders(context, { cursor, from, status })) {
		const records = window.raw
			.filter((raw) => isOurs(raw, status, place))
			.map((raw) => readOrder(raw, context.settings));
		const newestMs = records.reduce((ms, read) => (read.ok ? Math.max(ms, read.changedAt.getTime()) : ms), 0);
		yield { records, next: window.next(newestMs) };
	}
}

/** What answers in place of what was asked for, as a cache may, must not load or cancel anything. */
function isOurs(raw: unknown, status: string, place: number | undefined): boolean {
	const parsed = omOrder.safeParse(raw);
	if (!parsed.success) return true;
	const { orderStatus, fulfillmentSource } = parsed.data;
	return orderStatus === status && (place === undefined || fulfillmentSource?.warehouseId === place);
}

export const orders = {
	...reader<OmSettings, Order, ChangeCursor>({
		cursor: changeCursor,
		read: (context, from) => ordersIn(context, from, context.settings.pickupStatus),
	}),
	async get(context: OmContext, sourceId: string): Promise<Read<Order> | null> {
		if (!/^\d+$/.test(sourceId)) return null;
		try {
			const { data } = await context.http.get(`/v1.1/orders/${sourceId}`, {
				schema: z.unknown(),
				fault: refusal(context),
			});
			return data === null ? null : await fromHere(context, data);
		} catch (error) {
			const gone =
				error instanceof ConnectorError && error.fault.kind === "permanent" && error.fault.code === "http-404";
			if (gone) return null;
			throw error;
		}
	},
	async find(context: OmContext, number: string): Promise<string | null> {
		const query = { orderNumber: number, page: 1, limit: 2 };
		const { data } = await context.http.get("/v1.1/orders", { schema: rawList, query, fault: refusal(context) });
		const found = data.map((raw) => omOrder.safeParse(raw)).find((one) => one.data?.orderNumber === number);
		return found?.data ? String(found.data.orderId) : null;
	},
	unwanted({ pickupStatus }: z.output<OmSettings>, order: Order): string | null {
		if (order.sourceStatus === pickupStatus) return null;
		return `it is ${wordsOf(order.sourceStatus)} there, and Pickup order status names ${wordsOf(pickupStatus)}`;
	},
};

/** An order of another warehouse is not this connection's, whoever asks for it. */
async function fromHere(context: OmContext, raw: unknown): Promise<Read<Order>> {
	const read = readOrder(raw, context.settings);
	const place = await warehouseId(context);
	const source = omOrder.safeParse(raw).data?.fulfillmentSource;
	if (!read.ok || place === undefined || source?.warehouseId === place) return read;
	const problem = `it goes to ${source?.name || "no warehouse"}, and Warehouse name is ${context.settings.warehouseName}`;
	return { ok: false, sourceId: read.sourceId, field: "fulfillmentSource", problem, raw };
}

export const cancellations = reader<OmSettings, CancelRequest, ChangeCursor>({
	cursor: changeCursor,
	async *read(context, from) {
		for await (const page of ordersIn(context, from, "CANCELLED"))
			yield { ...page, records: page.records.map((read) => toCancel(read)) };
	},
});

function toCancel(read: Read<Order>): Read<CancelRequest> {
	if (!read.ok) return read;
	const { cancelReason } = omOrder.parse(read.raw);
	const reason = cancelReason?.type ? wordsOf(cancelReason.type) : "";
	return {
		...read,
		value: { sourceId: read.sourceId, reason: ["Cancelled in Order Manager", reason].filter(Boolean).join(": ") },
	};
}
