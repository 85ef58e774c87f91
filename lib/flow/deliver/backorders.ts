/** What waits for stock, as it is kept: since when, how many units of each line, and why. */
import { insertRows, updateRows } from "@/lib/db/bulk";
import type { Transaction } from "@/lib/db/transact";
import { writeEvents } from "../run/events";
import type { Commit, FlowWork } from "../work";
import { type Claimant, shortOf, type Wait, waitWords } from "./allocate";
import type { DueRow } from "./due-orders";
import { sentUnits } from "./parts";
import type { Ready } from "./share-out";
import { isSplit } from "./shares/claim-share";
import { refreshShares } from "./shares/refresh-shares";

interface Waiting extends Ready {
	waits: Wait[];
	/** Units by order line that go now. */
	sends: ReadonlyMap<string, number>;
}

/** Notes what waits of these orders from now on. Nothing more is due of them until stock or a person calls. */
export async function beginWait(tx: Commit, work: FlowWork, waiting: Waiting[]): Promise<void> {
	if (waiting.length === 0) return;
	const { accountId, merchantId } = work.scope;
	const now = work.now();
	// What several warehouses wait for is put together from their shares.
	const plain = waiting.filter(({ row }) => !isSplit(row));
	await forgetHere(
		tx,
		work,
		waiting.map(({ row }) => row),
	);
	await insertRows(
		tx,
		"BackorderItem",
		{
			...{ accountId: "text", merchantId: "text", orderId: "text", connectionId: "text", lineId: "text", sku: "text" },
			...{ units: "int", available: "int", older: "int", counted: "boolean", examinedAt: "timestamptz" },
		},
		waiting.flatMap(({ row, waits }) =>
			waits.map((wait) => ({
				...{ accountId, merchantId, orderId: row.id, connectionId: work.connection.id },
				...{ ...wait, examinedAt: now },
			})),
		),
	);
	await updateRows(
		tx,
		"OrderLine",
		{ orderId: "text", id: "text", waitingQuantity: "int" },
		plain.flatMap(({ row, prepared }) =>
			[...unitsByLine(prepared)].map(([id, waitingQuantity]) => ({ orderId: row.id, id, waitingQuantity })),
		),
		waitingUpdate,
		[accountId],
	);
	await tx.sql(
		`update "Order" set "backorderedAt" = coalesce("backorderedAt", $3), "backorderAsked" = null, "dueAt" = null,
		   "problem" = null, "problemCode" = null, "updatedAt" = $3 where "accountId" = $1 and "id" = any($2)`,
		[accountId, plain.map(({ row }) => row.id), now],
	);
	const because = ({ waits }: Waiting) => shortOf(waits).map(waitWords).join("; ");
	await writeEvents(
		tx,
		work,
		waiting
			.filter(({ row }) => !row.backordered)
			.map((one) => ({ orderId: one.row.id, kind: "backordered" as const, facts: { reason: because(one) } })),
	);
	const idle = waiting.filter(({ sends }) => sends.size === 0);
	for (const one of idle)
		tx.record({
			subjectType: "order",
			subject: one.row.number,
			orderId: one.row.id,
			outcome: "skipped",
			reason: `waits for stock: ${because(one)}`,
		});
	tx.count("skipped", idle.length);
}

/** All that was not at the warehouse before this claim: it counts as waiting until the warehouse has taken it. */
function unitsByLine({ value }: Ready["prepared"]): Map<string, number> {
	return new Map(
		value.lines.map(({ lineId, quantity, kit }) => [kit?.lineId ?? lineId, quantity / (kit?.per ?? 1)] as const),
	);
}

/** Of these orders nothing waits any more: what was left is on its way. */
export async function endWait(tx: Commit, work: FlowWork, rows: DueRow[]): Promise<void> {
	const over = rows.filter(({ backordered, asked }) => backordered || asked !== null);
	if (over.length === 0) return;
	await forgetHere(tx, work, over);
	const waited = over.map(({ id }) => id);
	await tx.sql(
		`update "Order" set "backorderAsked" = null where "accountId" = $1 and "id" = any($2) and "backorderAsked" is not null`,
		[work.scope.accountId, waited],
	);
}

/** The warehouse may have taken something of these orders: what it has waits no more. */
export async function noteTaken(tx: Transaction, accountId: string, orderIds: string[]): Promise<void> {
	if (orderIds.length === 0) return;
	await refreshShares(tx, accountId, orderIds);
	const rows = await tx.sql<{
		id: string;
		lines: { id: string; quantity: number }[];
		documents: unknown[] | null;
		ended: boolean;
	}>(
		`select o."id",
		   (select json_agg(json_build_object('id', l."id", 'quantity', l."quantity")) from "OrderLine" l
		    where l."accountId" = $1 and l."orderId" = o."id") as "lines",
		   (select json_agg(json_build_object('lines', d."document" -> 'lines')) from "Delivery" d
		    where d."accountId" = $1 and d."orderId" = o."id" and d."state" = 'accepted') as "documents",
		   not exists (select 1 from "BackorderItem" b where b."accountId" = $1 and b."orderId" = o."id")
		     and not exists (select 1 from "Delivery" d where d."accountId" = $1 and d."orderId" = o."id"
		       and d."state" in ('sending', 'unknown', 'intended')) as "ended"
		 from "Order" o where o."accountId" = $1 and o."id" = any($2) and o."backorderedAt" is not null and o."splits" is null`,
		[accountId, orderIds],
	);
	if (rows.length === 0) return;
	await updateRows(
		tx,
		"OrderLine",
		{ orderId: "text", id: "text", waitingQuantity: "int" },
		rows.flatMap(({ id: orderId, lines, documents, ended }) => {
			const sent = sentUnits((documents ?? []).map((document) => ({ state: "accepted", document })));
			return lines.map(({ id, quantity }) => {
				const waitingQuantity = ended || sent === null ? 0 : Math.max(0, quantity - (sent.get(id) ?? 0));
				return { orderId, id, waitingQuantity };
			});
		}),
		waitingUpdate,
		[accountId],
	);
	await tx.sql(`update "Order" set "backorderedAt" = null where "accountId" = $1 and "id" = any($2)`, [
		accountId,
		rows.filter(({ ended }) => ended).map(({ id }) => id),
	]);
}

const waitingUpdate = {
	key: "orderId" as const,
	set: `"waitingQuantity" = given."waitingQuantity"`,
	where: `"OrderLine"."accountId" = $2 and "OrderLine"."orderId" = given."orderId" and "OrderLine"."id" = given."id"`,
};

/** What waits of these orders is never sent. */
export async function withdrawRest(tx: Transaction, accountId: string, orderIds: string[]): Promise<void> {
	if (orderIds.length === 0) return;
	await forgetItems(tx, accountId, orderIds);
	await tx.sql(
		`update "Order" set "splits" = 'cut' where "accountId" = $1 and "id" = any($2) and "splits" is not null`,
		[accountId, orderIds],
	);
	await refreshShares(tx, accountId, orderIds);
	await tx.sql(
		`update "Order" set "backorderedAt" = null, "backorderAsked" = null, "dueAt" = null where "accountId" = $1 and "id" = any($2)
		   and "backorderedAt" is not null`,
		[accountId, orderIds],
	);
	await tx.sql(
		`update "OrderLine" set "waitingQuantity" = 0 where "accountId" = $1 and "orderId" = any($2) and "waitingQuantity" > 0`,
		[accountId, orderIds],
	);
}

/** Older orders than some of the queue that wait for one of the items and are not in it. */
export async function olderWaiting(
	tx: Commit,
	work: FlowWork,
	{ queue, skus }: { queue: Claimant[]; skus: string[] },
): Promise<Claimant[]> {
	const ids = queue.map(({ orderId }) => orderId).sort();
	const rows = await tx.sql<{ orderId: string; lineId: string; sku: string; units: number }>(
		`select b."orderId", b."lineId", b."sku", b."units" from "BackorderItem" b
		 join "Order" o on o."accountId" = $1 and o."id" = b."orderId"
		 where b."accountId" = $1 and b."connectionId" = $2 and b."sku" = any($3) and b."orderId" < $4 and not b."orderId" = any($5)
		   and o."backorderedAt" is not null and o."status" in ('new', 'at_wms') and o."heldAt" is null and not o."sendingCanceled"
		 order by b."orderId"`,
		[work.scope.accountId, work.connection.id, skus, ids.at(-1), ids],
	);
	return rows.map(({ orderId, lineId, sku, units }) => ({
		...{ orderId, takes: false, asked: null },
		needs: [{ lineId, units, parts: [{ sku, per: 1 }] }],
	}));
}

/** Of an order that is split, what other warehouses wait for stays. */
async function forgetHere(tx: Transaction, work: FlowWork, rows: DueRow[]): Promise<void> {
	const { accountId } = work.scope;
	const plain = rows.filter((row) => !isSplit(row)).map(({ id }) => id);
	if (plain.length > 0) await forgetItems(tx, accountId, plain);
	if (plain.length === rows.length) return;
	const split = rows.filter(isSplit).map(({ id }) => id);
	await tx.sql(`delete from "BackorderItem" where "accountId" = $1 and "orderId" = any($2) and "connectionId" = $3`, [
		accountId,
		split,
		work.connection.id,
	]);
}

async function forgetItems(tx: Transaction, accountId: string, orderIds: string[]): Promise<void> {
	await tx.sql(`delete from "BackorderItem" where "accountId" = $1 and "orderId" = any($2)`, [accountId, orderIds]);
}
