/**
 * Replaces the personal data of closed orders wherever the order's own rows hold it, in one transaction per batch.
 * What prevents doubles is not personal and stays: source keys, delivery keys, numbers, SKUs and quantities.
 */
import { z } from "zod";
import { updateRows } from "@/lib/db/bulk";
import type { Transaction } from "@/lib/db/transact";
import { eraseMentions } from "./erase-mentions";
import { blank, erased, withoutPerson, withoutWords, wordsOf } from "./person";

export interface Tenant {
	accountId: string;
	merchantId: string;
}

/** An order that nothing will be done with any more: its goods left, or it was canceled everywhere. `o` is the order. */
export const isClosed = `o."status" in ('shipped', 'confirmed', 'canceled') and not exists (
  select 1 from "Delivery" d where d."accountId" = o."accountId" and d."orderId" = o."id"
  and (d."state" in ('sending', 'unknown') or d."cancelState" in ('wanted', 'requested', 'pending')))`;

export interface ErasedOrders {
	/** How many were erased: those closed and not erased before. */
	count: number;
	/** Words that lead to their shoppers, to be looked for in what other systems said. */
	words: string[];
	/** Requests that were about these orders. */
	exchangeIds: string[];
}

interface OrderRow {
	id: string;
	number: string;
	sourceId: string;
	document: unknown;
	sourceDocument: unknown;
	shipToName: string;
	heldReason: string;
	problem: string | null;
}

/** Erases those of the orders that are closed. Locks them, so that two rounds never meet in one order. */
export async function eraseOrders(
	tx: Transaction,
	tenant: Tenant,
	orderIds: string[],
	now: Date,
): Promise<ErasedOrders> {
	const orders = await tx.sql<OrderRow>(
		`select o."id", o."number", o."sourceId", o."document", o."sourceDocument", o."shipToName", o."heldReason", o."problem" from "Order" o
		 where o."accountId" = $1 and o."merchantId" = $2 and o."id" = any($3) and o."erasedAt" is null and ${isClosed}
		 order by o."id" for update of o`,
		[tenant.accountId, tenant.merchantId, orderIds],
	);
	if (orders.length === 0) return { count: 0, words: [], exchangeIds: [] };
	const ids = orders.map(({ id }) => id);
	await tx.sql(
		`update "OrderShare" set "problem" = null, "problemCode" = null where "accountId" = $1 and "orderId" = any($2)`,
		[tenant.accountId, ids],
	);
	const words = new Map(
		orders.map((order) => [
			order.id,
			wordsOf([order.document, order.sourceDocument, { line1: "", name: order.shipToName }]),
		]),
	);
	await updateRows(
		tx,
		"Order",
		{ id: "text", document: "jsonb", sourceDocument: "jsonb", shipToName: "text", heldReason: "text", problem: "text" },
		orders.map((order) => ({
			id: order.id,
			document: withoutPerson(order.document, words.get(order.id) ?? []),
			sourceDocument: withoutPerson(order.sourceDocument, words.get(order.id) ?? []),
			shipToName: blank(order.shipToName),
			heldReason: blank(order.heldReason),
			problem: order.problem && blank(order.problem),
		})),
		{
			key: "id",
			set: `"document" = given."document", "sourceDocument" = given."sourceDocument", "shipToName" = given."shipToName", "heldReason" = given."heldReason",
			  "problem" = given."problem", "erasedAt" = $2, "eraseWantedAt" = null`,
			where: `"Order"."accountId" = $3 and "Order"."id" = given."id"`,
		},
		[now, tenant.accountId],
	);
	await eraseDeliveries(tx, tenant, ids, words);
	// What rules looked at is the shopper's: what they decided stays.
	await tx.sql(`update "OrderRuling" set "facts" = '{}' where "accountId" = $1 and "orderId" = any($2)`, [
		tenant.accountId,
		ids,
	]);
	await eraseEvents(tx, tenant, ids, words);
	await tx.sql("select crossdock_erase_audit($1)", [ids]);
	const all = [...new Set([...words.values()].flat())];
	const exchangeIds = await eraseAttempts(tx, tenant, ids);
	const more = await eraseMentions(tx, tenant, { orders, words: all });
	return { count: orders.length, words: all, exchangeIds: [...new Set([...exchangeIds, ...more])] };
}

type Words = ReadonlyMap<string, string[]>;

interface DeliveryRow {
	id: string;
	orderId: string;
	document: unknown;
	steps: unknown;
	problem: string | null;
	cancelReason: string;
}

async function eraseDeliveries(tx: Transaction, { accountId }: Tenant, ids: string[], words: Words): Promise<void> {
	const rows = await tx.sql<DeliveryRow>(
		`select "id", "orderId", "document", "steps", "problem", "cancelReason" from "Delivery" where "accountId" = $1 and "orderId" = any($2)`,
		[accountId, ids],
	);
	await updateRows(
		tx,
		"Delivery",
		{ id: "text", document: "jsonb", steps: "jsonb", problem: "text", cancelReason: "text" },
		rows.map((row) => ({
			id: row.id,
			document: withoutPerson(row.document, words.get(row.orderId) ?? []),
			steps: stepsWithoutPerson(row.steps, words.get(row.orderId) ?? []),
			problem: row.problem && blank(row.problem),
			cancelReason: blank(row.cancelReason),
		})),
		{
			key: "id",
			set: `"document" = given."document", "steps" = given."steps", "problem" = given."problem", "cancelReason" = given."cancelReason",
			  "handBefore" = "Delivery"."handBefore" - 'problem'`,
			where: `"Delivery"."accountId" = $2 and "Delivery"."id" = given."id"`,
		},
		[accountId],
	);
}

/** What each step did stays; the one that looks at the address says where it leads. */
function stepsWithoutPerson(steps: unknown, words: string[]): unknown {
	return stepList.parse(steps).map(({ step, note, ...rest }) => ({
		...{ step, note: step === "Address" ? blank(note) : withoutWords(note, words) },
		...rest,
	}));
}

const stepList = z.array(z.looseObject({ step: z.string(), note: z.string() }));

async function eraseEvents(tx: Transaction, { accountId }: Tenant, ids: string[], words: Words): Promise<void> {
	const rows = await tx.sql<{ id: string; orderId: string; facts: unknown }>(
		`select "id", "orderId", "facts" from "OrderEvent" where "accountId" = $1 and "orderId" = any($2) and "facts" <> '{}'`,
		[accountId, ids],
	);
	await updateRows(
		tx,
		"OrderEvent",
		{ id: "text", facts: "jsonb" },
		rows.map(({ id, orderId, facts }) => ({ id, facts: withoutPerson(facts, words.get(orderId) ?? []) })),
		{
			key: "id",
			set: `"facts" = given."facts"`,
			where: `"OrderEvent"."accountId" = $2 and "OrderEvent"."id" = given."id"`,
		},
		[accountId],
	);
}

/** What a warehouse or a cart answered may quote the address: that it answered, when and how it went stays. */
async function eraseAttempts(tx: Transaction, { accountId }: Tenant, ids: string[]): Promise<string[]> {
	await tx.sql(
		`update "Confirmation" set "problem" = $3 where "accountId" = $1 and "orderId" = any($2) and "problem" is not null`,
		[accountId, ids, erased],
	);
	await tx.sql(
		`update "WarehouseCancellation" set "problem" = case when "problem" is null then null else $3 end,
		   "reason" = case when "reason" = '' then '' else $3 end
		 where "accountId" = $1 and "orderId" = any($2)`,
		[accountId, ids, erased],
	);
	const rows = await tx.sql<{ exchangeId: string | null }>(
		`update "Attempt" a set "message" = case when a."message" is null then null else $3 end
		 where a."accountId" = $1 and (
		   a."deliveryId" in (select "id" from "Delivery" where "accountId" = $1 and "orderId" = any($2))
		   or a."confirmationId" in (select "id" from "Confirmation" where "accountId" = $1 and "orderId" = any($2))
		   or a."cancellationId" in (select "id" from "WarehouseCancellation" where "accountId" = $1 and "orderId" = any($2)))
		 returning a."exchangeId"`,
		[accountId, ids, erased],
	);
	return rows.flatMap(({ exchangeId }) => (exchangeId ? [exchangeId] : []));
}
