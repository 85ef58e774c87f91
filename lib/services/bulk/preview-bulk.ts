import type { z } from "zod";
import type { BulkChoice, bulkPreview } from "@/lib/api/contract/bulk";
import type { Scope } from "@/lib/db/scope";
import { type Transaction, transact } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import type { LockedOrder, OrderChange } from "../orders/change-order";
import { askerSide } from "../orders/side";
import { chooseOrders } from "./choose-orders";
import { changeOf, effectWords, inverses } from "./verbs";

type Preview = z.input<typeof bulkPreview>;
const sampleSize = 5;

/** What a verb would do to each of many orders, by the same rules that it is done by. Changes nothing. */
export async function previewBulk(scope: Scope, choice: BulkChoice): Promise<Preview> {
	const orders = await transact(scope, async (tx) => readFacts(tx, scope, await chooseOrders(tx, scope, choice)));
	const change = changeOf(choice.verb, scope, choice);
	const groups = new Map<string, Preview["groups"][number]>();
	for (const order of orders) {
		const refusal = refusalOf(change, order);
		const words = refusal === null ? effectWords[choice.verb] : withoutNumber(refusal, order.number);
		const group = groups.get(words) ?? { changes: refusal === null, words, count: 0, sample: [] };
		group.count++;
		if (group.sample.length < sampleSize) group.sample.push({ id: order.id, number: order.number });
		groups.set(words, group);
	}
	const sorted = [...groups.values()].sort((a, b) => Number(b.changes) - Number(a.changes) || b.count - a.count);
	return { total: orders.length, groups: sorted, undoable: choice.verb in inverses };
}

/** Why an order would stay as it is; null when it would change. */
export function refusalOf(change: OrderChange, order: LockedOrder): string | null {
	try {
		change.allow(order);
		return change.idle?.(order) ?? null;
	} catch (error) {
		if (error instanceof AppError && error.code === "conflict") return error.message;
		throw error;
	}
}

/** The sentence as it is said of several orders. */
function withoutNumber(sentence: string, number: string): string {
	const words = sentence.replace(`of order ${number} `, "").replace(`Order ${number} `, "");
	return (words.charAt(0).toLowerCase() + words.slice(1))
		.replace(/^has gone on: it is (.+)\.$/, "$1 already.")
		.replace(/^is /, "")
		.replace("Release it first", "Release first")
		.replace("Enable it first", "Enable sending first");
}

type Row = Omit<LockedOrder, "sourceDocument" | "side" | "clientsOwn">;

async function readFacts(tx: Transaction, scope: Scope, ids: string[]): Promise<LockedOrder[]> {
	const asker = await askerSide(tx, scope);
	const rows = await tx.sql<Row>(
		`select o."id", o."merchantId", o."connectionId", o."sourceId", o."number", o."status", o."heldAt", o."heldBy",
		   json_build_object('shipping', o."document" -> 'shipping') as "document", o."sendingCanceled", o."editedAt", o."sourceChangedAt", o."changeState",
		   o."backorderedAt" is not null as "backordered", exists (select 1 from "Delivery" d where d."accountId" = $1 and d."orderId" = o."id"
		     and d."state" in ('sending', 'unknown')) as "inFlight",
		   exists (select 1 from "Delivery" d where d."accountId" = $1 and d."orderId" = o."id"
		     and d."state" in ('sending', 'unknown', 'accepted')) as "mayBeThere",
		   (select count(*)::int from "Confirmation" f where f."accountId" = $1 and f."orderId" = o."id") as "confirmations"
		 from "Order" o where o."accountId" = $1 and o."id" = any($2) order by o."id"`,
		[scope.accountId, ids],
	);
	return rows.map((row) => ({ ...row, ...asker, sourceDocument: null }));
}
