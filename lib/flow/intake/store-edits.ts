/**
 * What becomes of an order that its source changed. Still here, the edit replaces it; corrected by a person, the
 * correction stands; at the warehouse, the edit is kept beside it, pushed where the warehouse takes changes, and shown
 * to a person where it does not.
 */

import { orderOf } from "@/lib/canonical/order";
import { changesBetween, type OrderChange } from "@/lib/canonical/order-changes";
import type { OrderStatus } from "@/lib/canonical/status";
import { connectorByKey } from "@/lib/connectors";
import { insertRows, updateRows } from "@/lib/db/bulk";
import { raiseAlerts } from "../run/alerts";
import { type OrderEventKind, writeEvents } from "../run/events";
import type { Commit, FlowWork } from "../work";
import type { Accepted } from "./accept-order";
import { changeCause } from "./change-cause";
import { lineColumns, lineRows, orderColumns, orderRow } from "./order-rows";

export interface Edited {
	record: Extract<Accepted, { kind: "accept" }>;
	orderId: string;
}
interface Locked {
	id: string;
	status: OrderStatus;
	document: unknown;
	sourceDocument: unknown;
	editedAt: Date | null;
	/** The system that has the order, or may have it. */
	warehouse: string | null;
}
interface Edit extends Edited {
	/** What the cart says differently than before. */
	news: OrderChange[];
	/** What the cart says differently than what stands here. */
	left: OrderChange[];
	kind: Extract<
		OrderEventKind,
		"replaced-by-source" | "changed-under-edit" | "changed-after-delivery" | "changed-back"
	>;
	/** What must become of a change after delivery. */
	changeState: "wanted" | "open" | null;
}

/** Returns how many orders, or changes of orders, now wait for the warehouse. */
export async function storeEdits(tx: Commit, work: FlowWork, edited: Edited[]): Promise<number> {
	if (edited.length === 0) return 0;
	const locked = await lockEdited(tx, work, edited);
	const edits = edited.flatMap((one): Edit[] => {
		const order = locked.get(one.orderId);
		const edit = order && judgeEdit(one, order);
		return edit ? [edit] : [];
	});
	const replaced = edits.filter(({ kind }) => kind === "replaced-by-source");
	await replaceOrders(tx, work, replaced);
	await keepBeside(tx, work, edits);
	await rememberFingerprints(tx, work, edited);
	await writeEvents(
		tx,
		work,
		edits.map(({ orderId, kind, news }) => ({ orderId, kind, facts: { changes: news } })),
	);
	await tellChanges(tx, work, edits);
	for (const { record, orderId, kind } of edits)
		tx.record({
			subjectType: "order",
			subject: record.order.number,
			orderId,
			outcome: "updated",
			reason: reasons[kind],
		});
	tx.count("updated", edited.length);
	return replaced.length + edits.filter(({ changeState }) => changeState === "wanted").length;
}

const reasons: Record<Edit["kind"], string> = {
	"replaced-by-source": "changed in the cart before delivery",
	"changed-under-edit": "changed in the cart; the correction made here stands",
	"changed-after-delivery": "changed in the cart after it was sent",
	"changed-back": "changed back in the cart to what the warehouse has",
};

/** Locks edited orders against a delivery that starts meanwhile, then sees which of them have left already. */
async function lockEdited(tx: Commit, work: FlowWork, edited: Edited[]): Promise<Map<string, Locked>> {
	const values = [work.scope.accountId, edited.map(({ orderId }) => orderId)];
	await tx.sql(`select 1 from "Order" where "accountId" = $1 and "id" = any($2) order by "id" for update`, values);
	const rows = await tx.sql<Locked>(
		`select o."id", o."status", o."document", o."sourceDocument", o."editedAt",
		   (select c."connectorKey" from "Delivery" d
		    join "Connection" c on c."accountId" = d."accountId" and c."id" = d."connectionId"
		    where d."accountId" = o."accountId" and d."orderId" = o."id" and d."state" in ('sending', 'unknown', 'accepted')
		    order by d."id" limit 1) as "warehouse"
		 from "Order" o where o."accountId" = $1 and o."id" = any($2)`,
		values,
	);
	return new Map(rows.map((row) => [row.id, row]));
}

/** Null for what changes nothing that a warehouse or a person would do differently. */
function judgeEdit(edited: Edited, order: Locked): Edit | null {
	const { record } = edited;
	const here = orderOf(order.document);
	const news = changesBetween(order.sourceDocument ? orderOf(order.sourceDocument) : here, record.order);
	const left = changesBetween(here, record.order);
	const edit = { ...edited, news, left, changeState: null };
	const isOpen = order.status === "new" || order.status === "error";
	if (isOpen && order.warehouse === null)
		return { ...edit, kind: order.editedAt ? "changed-under-edit" : "replaced-by-source" };
	if (news.length === 0) return null;
	if (left.length === 0) return { ...edit, kind: "changed-back" };
	// What has shipped or was canceled is changed in the cart by refunds and notes: shown, and nobody is called.
	if (!isOpen && order.status !== "at_wms") return { ...edit, kind: "changed-after-delivery" };
	const takes = connectorByKey(order.warehouse ?? "")?.destination?.orders?.update !== undefined;
	// A person's correction is not overwritten at the warehouse by what the cart says.
	return { ...edit, kind: "changed-after-delivery", changeState: takes && !order.editedAt ? "wanted" : "open" };
}

async function replaceOrders(tx: Commit, work: FlowWork, edits: Edit[]): Promise<void> {
	const now = work.now();
	await updateRows(
		tx,
		"Order",
		orderColumns,
		edits.map(({ record, orderId }) => ({ id: orderId, ...tenantOf(work), ...orderRow(record, now) })),
		{
			key: "id",
			set: `"number" = given."number", "shipToName" = given."shipToName", "shipToCountry" = given."shipToCountry",
			      "lineCount" = given."lineCount", "unitCount" = given."unitCount", "totalAmount" = given."totalAmount",
			      "currency" = given."currency", "document" = given."document", "sourceDocument" = null,
			      "sourceChangedAt" = given."sourceChangedAt",
			      "updatedAt" = given."updatedAt", "status" = 'new', "problem" = null, "problemCode" = null,
			      "dueAt" = case when "Order"."sendingCanceled" then null else greatest(given."dueAt", "Order"."waitsUntil") end`,
			where: `"Order"."accountId" = given."accountId" and "Order"."id" = given."id"`,
		},
	);
	const ids = edits.map(({ orderId }) => orderId);
	if (ids.length > 0)
		await tx.sql(`delete from "OrderLine" where "accountId" = $1 and "orderId" = any($2)`, [work.scope.accountId, ids]);
	await insertRows(
		tx,
		"OrderLine",
		lineColumns,
		edits.flatMap(({ record, orderId }) =>
			lineRows(work.scope.accountId, orderId, record.order, work.connection.filters.items),
		),
	);
}

/** What the cart says is kept beside what stands here, for as long as the two differ. */
async function keepBeside(tx: Commit, work: FlowWork, edits: Edit[]): Promise<void> {
	await updateRows(
		tx,
		"Order",
		{ id: "text", sourceDocument: "jsonb", sourceChangedAt: "timestamptz", changeState: "text" },
		edits
			.filter(({ kind }) => kind !== "replaced-by-source")
			.map(({ record, orderId, kind, changeState }) => ({
				id: orderId,
				sourceDocument: kind === "changed-back" ? null : record.order,
				sourceChangedAt: record.changedAt,
				changeState,
			})),
		{
			key: "id",
			set: `"sourceDocument" = given."sourceDocument", "sourceChangedAt" = given."sourceChangedAt",
			  "changeState" = given."changeState", "updatedAt" = $3`,
			where: `"Order"."accountId" = $2 and "Order"."id" = given."id"`,
		},
		[work.scope.accountId, work.now()],
	);
}

async function rememberFingerprints(tx: Commit, work: FlowWork, edited: Edited[]): Promise<void> {
	await updateRows(
		tx,
		"SourceKey",
		{ sourceId: "text", fingerprint: "text" },
		edited.map(({ record: { sourceId, fingerprint } }) => ({ sourceId, fingerprint })),
		{
			key: "sourceId",
			set: `"fingerprint" = given."fingerprint"`,
			where: `"SourceKey"."accountId" = $2 and "SourceKey"."connectionId" = $3 and "SourceKey"."sourceId" = given."sourceId"`,
		},
		[work.scope.accountId, work.connection.id],
	);
}

/** One alert per order, however often it changes; it closes when the change is undone, taken or dealt with. */
async function tellChanges(tx: Commit, work: FlowWork, edits: Edit[]): Promise<void> {
	const causes = edits
		.filter(({ changeState }) => changeState === "open")
		.map(({ orderId, record, left }) => changeCause(orderId, record.order.number, left));
	await raiseAlerts(
		tx,
		work.scope,
		causes.map((cause) => ({ ...cause, connectionId: work.connection.id })),
		work.now(),
		"stated",
	);
}

export function tenantOf(work: FlowWork) {
	return { accountId: work.scope.accountId, merchantId: work.scope.merchantId, connectionId: work.connection.id };
}
