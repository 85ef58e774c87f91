/**
 * A warehouse canceled what it had: one verb for the function that reads it and for the person who mends a difference.
 * Promise: said twice it is done once. An order of which something has left is not canceled. What we had asked for
 * ourselves is the answer to that, and the cart, which asked, is told nothing.
 */
import type { WarehouseCancellation } from "@/lib/canonical/cancellation";
import { sourceOptions } from "@/lib/canonical/connection-options";
import { statusesBefore } from "@/lib/canonical/status";
import { connectorByKey } from "@/lib/connectors";
import { insertRows } from "@/lib/db/bulk";
import { newId } from "@/lib/db/ids";
import type { Transaction } from "@/lib/db/transact";
import { closeComplete } from "../confirm/close-complete";
import { closeRest } from "../confirm/close-rest";
import { refreshShares } from "../deliver/shares/refresh-shares";
import { raiseAlerts } from "../run/alerts";
import { type Untold, untoldCause } from "./untold-cause";

/** canceled: by itself. asked: because we asked. partly: something had left, so only the rest. */
export type Outcome = "canceled" | "asked" | "partly";

interface Told {
	deliveryId: string;
	cancellation: WarehouseCancellation;
}
export interface Done extends Told {
	orderId: string;
	number: string;
	outcome: Outcome;
	/** The source connection that is to be told now. */
	tells: string | null;
}
interface Asker {
	accountId: string;
	now: Date;
}

/** Cancels here what the warehouse canceled. Returns what that changed; what was known already is not in it. */
export async function cancelByWarehouse(tx: Transaction, asker: Asker, told: Told[]): Promise<Done[]> {
	if (told.length === 0) return [];
	const rows = await lockOrders(tx, asker, told);
	const judged = told.flatMap(({ deliveryId, cancellation }) => {
		const row = rows.get(deliveryId);
		const outcome = row && outcomeOf(row);
		return row && outcome ? [{ row, cancellation, outcome }] : [];
	});
	const lines = judged.filter(({ outcome }) => outcome !== "asked").map((one) => lineOf(asker, one));
	const fresh = await insertLines(tx, lines);
	const news = judged.filter(({ row, outcome }) => outcome === "asked" || fresh.has(row.deliveryId));
	const of = (wanted: Outcome[]) => news.filter(({ outcome }) => wanted.includes(outcome)).map(({ row }) => row);
	await closeOrders(tx, asker, of(["canceled", "asked"]));
	const partly = of(["partly"]);
	// Of an order in parts, one part is over: the others go their way.
	await closeParts(tx, asker, partly.filter(isInParts));
	await closeRest(
		tx,
		asker,
		partly.filter((row) => !isInParts(row)).map(({ orderId }) => orderId),
	);
	await raiseUntold(tx, asker, { lines: lines.filter(({ deliveryId }) => fresh.has(deliveryId)), rows });
	return news.map(({ row, cancellation, outcome }) => ({
		...{ deliveryId: row.deliveryId, orderId: row.orderId, number: row.number, cancellation, outcome },
		tells: outcome === "canceled" && refusalOf(row) === null ? row.connectionId : null,
	}));
}

interface Row {
	deliveryId: string;
	deliveryState: string;
	cancelState: string;
	orderId: string;
	merchantId: string;
	number: string;
	status: string;
	hasShipped: boolean;
	/** Another part of it is at a warehouse, or may be, or another warehouse has still to send one. */
	othersLive: boolean;
	/** A part of it waits here for stock. */
	restWaits: boolean;
	connectionId: string;
	connectionName: string;
	connectorKey: string;
	options: unknown;
}

/** By delivery. What one that waits for a lock reads beside it is from before the wait, so it is read afterwards. */
async function lockOrders(tx: Transaction, { accountId }: Asker, told: Told[]): Promise<Map<string, Row>> {
	const values = [accountId, told.map(({ deliveryId }) => deliveryId)];
	await tx.sql(
		`select 1 from "Order" o where o."accountId" = $1 and o."id" in (
		   select "orderId" from "Delivery" where "accountId" = $1 and "id" = any($2)) order by o."id" for update of o`,
		values,
	);
	const rows = await tx.sql<Row>(
		`select d."id" as "deliveryId", d."state" as "deliveryState", d."cancelState", o."id" as "orderId", o."merchantId", o."number", o."status",
		   exists (select 1 from "Shipment" s where s."accountId" = $1 and s."orderId" = o."id") as "hasShipped",
		   exists (select 1 from "Delivery" x where x."accountId" = $1 and x."orderId" = o."id" and x."id" <> d."id"
		     and x."state" in ('sending', 'unknown', 'accepted')) or o."splits" = 'planned' and not o."sendingCanceled" and exists (
		       select 1 from "OrderShare" s where s."accountId" = $1 and s."orderId" = o."id" and s."connectionId" <> d."connectionId"
		       and s."rest" <> '{}') as "othersLive", o."backorderedAt" is not null as "restWaits",
		   c."id" as "connectionId", c."name" as "connectionName", c."connectorKey", c."options"
		 from "Delivery" d join "Order" o on o."accountId" = $1 and o."id" = d."orderId"
		 join "Connection" c on c."accountId" = $1 and c."id" = o."connectionId"
		 where d."accountId" = $1 and d."id" = any($2)`,
		values,
	);
	return new Map(rows.map((row) => [row.deliveryId, row]));
}

function outcomeOf(row: Row): Outcome | null {
	const there = ["accepted", "unknown", "sending"].includes(row.deliveryState);
	if (!there || !statusesBefore("canceled").some((status) => status === row.status)) return null;
	if (row.hasShipped || (row.othersLive && row.cancelState === "none")) return "partly";
	// Also what it refused at first: the cart knows of it.
	return row.cancelState === "none" ? "canceled" : "asked";
}

/** Why the cart is not told, as words that follow a colon; null when it is. */
function refusalOf(row: Row): string | null {
	if (!connectorByKey(row.connectorKey)?.source?.cancel) return "it takes no cancellations from us.";
	if (!sourceOptions.parse(row.options).uploadCancellations) return "its settings say that a person does it.";
	return null;
}

interface Judged {
	row: Row;
	cancellation: WarehouseCancellation;
	outcome: Outcome;
}

function lineOf({ accountId, now }: Asker, { row, cancellation, outcome }: Judged) {
	const problem = outcome === "partly" ? "something of it has shipped, and the rest will not come." : refusalOf(row);
	return {
		id: newId("wcn"),
		accountId,
		merchantId: row.merchantId,
		orderId: row.orderId,
		deliveryId: row.deliveryId,
		connectionId: row.connectionId,
		key: `${row.deliveryId}/${cancellation.orderExternalId}`,
		canceledAt: cancellation.canceledAt,
		canceledBy: cancellation.by,
		reason: cancellation.reason,
		partly: outcome === "partly",
		state: problem === null ? "intended" : "refused",
		nextTryAt: problem === null ? now : null,
		problem,
		createdAt: now,
	};
}

/** Returns the deliveries whose cancellation was not known before. */
async function insertLines(tx: Transaction, lines: ReturnType<typeof lineOf>[]): Promise<Set<string>> {
	const columns = {
		...{ id: "text", accountId: "text", merchantId: "text", orderId: "text", deliveryId: "text", connectionId: "text" },
		...{ key: "text", canceledAt: "timestamptz", canceledBy: "text", reason: "text", partly: "boolean", state: "text" },
		...{ nextTryAt: "timestamptz", problem: "text", createdAt: "timestamptz" },
	};
	const inserted = await insertRows<typeof columns, { deliveryId: string }>(
		tx,
		"WarehouseCancellation",
		columns,
		lines,
		`on conflict ("accountId", "connectionId", "key") do nothing returning "deliveryId"`,
	);
	return new Set(inserted.map(({ deliveryId }) => deliveryId));
}

async function closeOrders(tx: Transaction, { accountId, now }: Asker, rows: Row[]): Promise<void> {
	if (rows.length === 0) return;
	await tx.sql(
		`update "Delivery" set "state" = 'canceled', "cancelState" = 'accepted', "cancelTryAt" = null, "nextTryAt" = null,
		   "problem" = null, "problemCode" = null
		 where "accountId" = $1 and "id" = any($2)`,
		[accountId, rows.map(({ deliveryId }) => deliveryId)],
	);
	await tx.sql(
		`update "Order" o set "status" = 'canceled', "canceledAt" = $3, "dueAt" = null, "problem" = null, "problemCode" = null, "updatedAt" = $3
		 where "accountId" = $1 and "id" = any($2) and "status" = any($4) and not exists (select 1 from "Delivery" d
		   where d."accountId" = $1 and d."orderId" = o."id" and d."state" in ('sending', 'unknown', 'accepted'))`,
		[accountId, rows.map(({ orderId }) => orderId), now, statusesBefore("canceled")],
	);
}

function isInParts({ othersLive, restWaits }: Row): boolean {
	return othersLive || restWaits;
}

/** The parts themselves are canceled where nothing of them has shipped. */
async function closeParts(tx: Transaction, { accountId, now }: Asker, rows: Row[]): Promise<void> {
	if (rows.length === 0) return;
	await tx.sql(
		`update "Delivery" d set "state" = 'canceled', "nextTryAt" = null, "problem" = null, "problemCode" = null
		 where "accountId" = $1 and "id" = any($2) and not exists (
		   select 1 from "Shipment" s where s."accountId" = $1 and s."deliveryId" = d."id")`,
		[accountId, rows.map(({ deliveryId }) => deliveryId)],
	);
	const orderIds = rows.map(({ orderId }) => orderId);
	await refreshShares(tx, accountId, orderIds);
	await closeComplete(tx, { accountId, now }, orderIds);
}

/** Where no cart is told, a person is: an alert for each order, until somebody has dealt with it. */
async function raiseUntold(
	tx: Transaction,
	{ accountId, now }: Asker,
	{ lines, rows }: { lines: ReturnType<typeof lineOf>[]; rows: Map<string, Row> },
): Promise<void> {
	const byMerchant = new Map<string, Untold[]>();
	for (const { merchantId, deliveryId, orderId, connectionId, problem } of lines) {
		const row = rows.get(deliveryId);
		if (!row || problem === null) continue;
		const untold = { orderId, connectionId, number: row.number, system: row.connectionName, problem };
		byMerchant.set(merchantId, [...(byMerchant.get(merchantId) ?? []), untold]);
	}
	for (const [merchantId, untold] of byMerchant)
		await raiseAlerts(tx, { accountId, merchantId }, untold.map(untoldCause), now);
}
