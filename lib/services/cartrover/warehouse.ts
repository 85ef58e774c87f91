/**
 * A warehouse that works by API: it lists new orders, says which it took, and posts tracking and stock. The public
 * pages of CartRover keep these paths to themselves; ours are those our own connector uses.
 */
import { z } from "zod";
import type { InventoryLevel } from "@/lib/canonical/inventory";
import { readShipments } from "@/lib/connectors/extensiv-im/shipped";
import { shipment, word } from "@/lib/connectors/extensiv-im/words";
import type { Read } from "@/lib/connectors/kit/types";
import { transact } from "@/lib/db/transact";
import { recordShipments } from "@/lib/flow/confirm/record-shipments";
import { commitDirect, openDirect } from "@/lib/flow/direct";
import { passOnStock, storeLevels } from "@/lib/flow/stock/fetch-inventory";
import { markDelivered } from "../orders/mark-delivered";
import { findOrder, type OrderRow } from "./find-orders";
import { type MerchantScope, must, programOf, refused } from "./who";

const updateBody = z.object({ order_status: word, shipments: z.array(shipment).max(200).optional() });

/** `at_wms`: the warehouse took the order. `shipped`: this left. Said twice, it is done once. */
export async function updateOrder(scope: MerchantScope, custRef: string, body: unknown) {
	must(scope, "orders:write");
	const parsed = updateBody.safeParse(body);
	if (!parsed.success) throw refused(`${parsed.error.issues[0]?.path.join(".") || "The body"}: cannot be read.`);
	const warehouseId = await programOf(scope, "destination");
	const order = await findOrder(scope, custRef);
	const { order_status: status } = parsed.data;
	if (status === "at_wms") {
		await take(scope, order, warehouseId);
		return { cust_ref: order.sourceId, order_status: "at_wms" };
	}
	if (status !== "shipped" && status !== "partial")
		throw refused("order_status: must be at_wms, partial or shipped for a warehouse.");
	const given = parsed.data.shipments ?? [];
	if (given.length === 0) throw refused("Missing required field(s): shipments");
	if (order.status === "new" || order.status === "error") await take(scope, order, warehouseId);
	await ship(scope, { order, warehouseId, body: { ...(body as object), order_status: status } });
	const after = await findOrder(scope, custRef);
	return { cust_ref: after.sourceId, order_status: after.isPartial ? "partial" : after.status };
}

async function take(scope: MerchantScope, order: OrderRow, warehouseId: string): Promise<void> {
	if (await deliveryKey(scope, order.id, warehouseId)) return;
	if (order.status !== "new" && order.status !== "error")
		throw refused(`The order is ${order.status}, and another warehouse has it.`);
	await markDelivered(scope, order.id, { number: "", reason: "Taken by API", connectionId: warehouseId });
}

async function deliveryKey(scope: MerchantScope, orderId: string, warehouseId: string): Promise<string | null> {
	const [row] = await transact(scope, (tx) =>
		tx.sql<{ key: string }>(
			`select "key" from "Delivery" where "accountId" = $1 and "orderId" = $2 and "connectionId" = $3 and "state" = 'accepted'`,
			[scope.accountId, orderId, warehouseId],
		),
	);
	return row?.key ?? null;
}

async function ship(
	scope: MerchantScope,
	{ order, warehouseId, body }: { order: OrderRow; warehouseId: string; body: object },
): Promise<void> {
	const key = await deliveryKey(scope, order.id, warehouseId);
	if (key === null) throw refused("Another warehouse has this order.");
	const work = await openDirect(scope, warehouseId, "shipments/fetch");
	const items = (order.lines ?? []).map((line) => ({
		item: line.sku,
		quantity: line.quantity,
		line_item_id: line.id,
	}));
	const reads = readShipments({ ...body, cust_ref: order.sourceId, items }, work.now()).map((read) =>
		read.ok
			? { ...read, value: { ...read.value, orderExternalId: "", orderNumber: key, ...lineIds(read.value, order) } }
			: read,
	);
	const bad = reads.find((read) => !read.ok);
	if (bad && !bad.ok) throw refused(`shipments: ${bad.problem}.`);
	const empty = reads.find((read) => read.ok && read.value.lines.length === 0);
	if (empty) throw refused("shipments.items: say what left: item and quantity.");
	await commitDirect(work, (tx) => recordShipments(tx, work, reads));
}

/** Lines by our id: the warehouse says the source's, or only the SKU. */
function lineIds(value: { lines: { lineId: string; sku: string; quantity: number }[] }, { lines }: OrderRow) {
	const idOf = (lineId: string) => lines?.find((line) => line.id === lineId || line.sourceLineId === lineId)?.id ?? "";
	return { lines: value.lines.map((line) => ({ ...line, lineId: idOf(line.lineId) })) };
}

const stockRow = z.object({
	sku: word.refine((sku) => sku !== "", "must not be empty"),
	qty_available: word,
	qty_on_hand: word,
	warehouse: word,
});
/** The place of stock whose row names no warehouse. */
const onlyPlace = "main";

/** Absolute figures; a SKU that is not mentioned stays as it is. */
export async function postInventory(scope: MerchantScope, body: unknown) {
	must(scope, "orders:write");
	const rows = Array.isArray(body) ? body : [body];
	if (rows.length > 1000) throw refused("Send at most 1,000 rows at once.");
	const warehouseId = await programOf(scope, "destination");
	const work = await openDirect(scope, warehouseId, "inventory/fetch");
	const success: object[] = [];
	const failed: object[] = [];
	const reads: Read<InventoryLevel>[] = [];
	for (const [index, raw] of rows.entries()) {
		const read = levelOf(raw, work.now());
		if ("problem" in read) failed.push({ sku: read.sku, index_pos: index, message: read.problem });
		else {
			success.push({ sku: read.level.sku });
			reads.push({ ok: true, sourceId: read.level.sku, changedAt: work.now(), value: read.level, raw: null });
		}
	}
	await commitDirect(work, async (tx) => {
		await storeLevels(tx, work, lastOfEach(reads));
		if (reads.length > 0) await passOnStock(tx, work);
	});
	return { success, failed };
}

/** A row that comes twice in one call counts as it was said last. */
function lastOfEach(reads: Read<InventoryLevel>[]): Read<InventoryLevel>[] {
	return [...new Map(reads.map((read) => [read.ok ? `${read.value.location}/${read.value.sku}` : "", read])).values()];
}

function levelOf(raw: unknown, now: Date): { level: InventoryLevel } | { sku: string; problem: string } {
	const parsed = stockRow.safeParse(raw);
	if (!parsed.success) return { sku: "", problem: `${parsed.error.issues[0]?.path.join(".") || "row"} cannot be read` };
	const { sku, qty_available, qty_on_hand, warehouse } = parsed.data;
	const available = countOf(qty_available || qty_on_hand);
	const onHand = countOf(qty_on_hand || qty_available);
	if (sku.length > 500) return { sku: "", problem: "sku must be at most 500 characters" };
	if (available === null || onHand === null)
		return { sku, problem: "qty_available and qty_on_hand must be whole numbers from 0" };
	const figures = { available, availableStated: qty_available !== "", onHand, locked: 0, incoming: 0 };
	return { level: { sku, location: warehouse || onlyPlace, ...figures, takenAt: now } };
}

function countOf(text: string): number | null {
	return /^\d{1,9}(\.0*)?$/.test(text) ? Math.floor(Number(text)) : null;
}
