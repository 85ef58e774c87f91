/**
 * Changes of orders that the warehouse has already: told to it where it takes them. Promise: what is being told is
 * committed before the call, telling it twice changes nothing, and what is refused is shown to a person once.
 */
import { isDeepStrictEqual } from "node:util";
import { destinationOptions, sourceOptions } from "@/lib/canonical/connection-options";
import type { DeliverableOrder } from "@/lib/canonical/deliverable-order";
import { type Order, orderOf } from "@/lib/canonical/order";
import { changesBetween, type OrderChange } from "@/lib/canonical/order-changes";
import { ConnectorError } from "@/lib/connectors/kit/fault";
import type { UpdateAnswer } from "@/lib/connectors/kit/types";
import { newId } from "@/lib/db/ids";
import { changeCause } from "../intake/change-cause";
import { type ItemRule, isLineFiltered } from "../intake/filters";
import { loadItemFilters } from "../intake/load-filters";
import { keepOf } from "../prepare/address/kept";
import { type ItemCodes, loadItemCodes } from "../prepare/item-codes";
import { prepareOrder } from "../prepare/prepare-order";
import { loadShipMappings, type ShipMappings } from "../prepare/ship-methods/load";
import { raiseAlerts } from "../run/alerts";
import { writeEvents } from "../run/events";
import { type Commit, commit, type FlowWork, mustYield } from "../work";
import { codesToLoad, type Wanted, wantedOf } from "./draft";
import { markLeftOut } from "./keep-rulings";
import { takeOver } from "./take-over";

interface Row {
	id: string;
	number: string;
	document: unknown;
	sourceDocument: unknown;
	addressKept: boolean;
	connectionId: string;
	options: unknown;
	deliveryId: string;
	externalId: string;
	key: string;
	ruling: unknown;
	lines: { id: string; sourceLineId: string }[];
	hasShipments: boolean;
	/** It goes in several deliveries, or some of it waits for stock. */
	inParts: boolean;
}
export interface PlannedChange {
	itemFilter: ItemRule;
	orderId: string;
	number: string;
	deliveryId: string;
	externalId: string;
	order: Order;
	/** Our ids of the lines, old and new, by the source's. */
	lineIds: Map<string, string>;
	changes: OrderChange[];
	/** What the warehouse is told; a sentence where it cannot be told. */
	value: DeliverableOrder | string;
}

/** The first change that waits, if any does: in the commit with which the run begins anyway. */
export async function beginChanges(tx: Commit, work: FlowWork): Promise<PlannedChange | null> {
	if (!work.connection.connector.destination?.orders?.update) return null;
	await takeOver(tx, work);
	return claimChange(tx, work);
}

/** Tells every change that waits, one by one. Returns false when some wait on. */
export async function pushChanges(work: FlowWork, first: PlannedChange | null): Promise<boolean> {
	const update = work.connection.connector.destination?.orders?.update;
	for (let planned = first; planned && update; ) {
		const { externalId } = planned;
		const told = planned;
		const answer = await tell(told, (value) => update(work.connection.context, externalId, value));
		await commit(work, (tx) => settleChange(tx, work, told, answer));
		if (answer.state === "later" || mustYield(work)) return false;
		planned = await commit(work, (tx) => claimChange(tx, work));
	}
	return true;
}

type Answer = UpdateAnswer | { state: "later" };

async function tell(
	{ value }: PlannedChange,
	update: (value: DeliverableOrder) => Promise<UpdateAnswer>,
): Promise<Answer> {
	if (typeof value === "string") return { state: "refused", reason: value };
	try {
		return await update(value);
	} catch (error) {
		if (!(error instanceof ConnectorError)) throw error;
		// Replacing an order by the same order is harmless, so whatever was not answered is said again.
		return error.fault.kind === "permanent" ? { state: "refused", reason: error.message } : { state: "later" };
	}
}

/** This run is the only one of its flow, so what says `sending` was cut off: it is told again. */
async function claimChange(tx: Commit, work: FlowWork): Promise<PlannedChange | null> {
	const [row] = await tx.sql<Row>(
		`select o."id", o."number", o."document", o."sourceDocument", o."addressKeptAt" is not null as "addressKept", o."connectionId", c."options", d."id" as "deliveryId", d."externalId", d."key",
		   (select r."result" from "OrderRuling" r where r."accountId" = $1 and r."orderId" = o."id") as "ruling",
		   (select json_agg(json_build_object('id', l."id", 'sourceLineId', l."sourceLineId"))
		    from "OrderLine" l where l."accountId" = $1 and l."orderId" = o."id") as "lines",
		   exists (select 1 from "Shipment" s where s."accountId" = $1 and s."orderId" = o."id") as "hasShipments",
		   o."backorderedAt" is not null or exists (select 1 from "Delivery" p where p."accountId" = $1 and p."orderId" = o."id"
		     and p."id" <> d."id") or exists (select 1 from "OrderShare" s where s."accountId" = $1 and s."orderId" = o."id" and s."place" > 1) as "inParts"
		 from "Order" o join "Delivery" d on d."accountId" = $1 and d."orderId" = o."id"
		 join "Connection" c on c."accountId" = $1 and c."id" = o."connectionId"
		 where o."accountId" = $1 and o."merchantId" = $2 and o."changeState" in ('wanted', 'sending')
		   and o."status" in ('at_wms', 'shipped', 'confirmed') and d."connectionId" = $3 and d."state" = 'accepted'
		   and d."externalId" is not null and d."cancelState" in ('none', 'refused')
		 order by o."id" limit 1 for update of o skip locked`,
		[work.scope.accountId, work.scope.merchantId, work.connection.id],
	);
	if (!row) return null;
	await tx.sql(`update "Order" set "changeState" = 'sending' where "accountId" = $1 and "id" = $2`, [
		work.scope.accountId,
		row.id,
	]);
	const { accountId, merchantId } = work.scope;
	const { connectionId } = row;
	const wanted = wantedOf({ document: row.sourceDocument, ruling: row.ruling });
	const lines = codesToLoad({ connectionId, lines: orderOf(row.sourceDocument).lines }, wanted.ruling);
	const codes = await loadItemCodes(tx, { accountId, merchantId, lines, warehouseId: work.connection.id });
	const mappingsOf = await loadShipMappings(tx, accountId, {
		cartIds: [connectionId],
		warehouseId: work.connection.id,
	});
	const filtersOf = await loadItemFilters(tx, accountId, [connectionId]);
	return planChange(work, row, {
		wanted,
		codes: codes.of(connectionId),
		shipMappings: mappingsOf(connectionId),
		itemFilter: filtersOf(connectionId),
	});
}

interface Known {
	wanted: Wanted;
	codes: ItemCodes;
	shipMappings: ShipMappings;
	itemFilter: ItemRule;
}

function planChange(work: FlowWork, row: Row, { wanted, ...mappings }: Known): PlannedChange {
	const order = orderOf(row.sourceDocument);
	const before = orderOf(row.document);
	const known = new Map(row.lines.map((line) => [line.sourceLineId, line.id]));
	const lineIds = new Map(
		order.lines.map(({ sourceLineId }) => [sourceLineId, known.get(sourceLineId) ?? newId("lin")] as const),
	);
	const base = {
		...{ orderId: row.id, number: row.number, deliveryId: row.deliveryId, externalId: row.externalId, order, lineIds },
		itemFilter: mappings.itemFilter,
		changes: changesBetween(before, order),
	};
	if (row.hasShipments) return { ...base, value: "Some of it has shipped already." };
	if (row.inParts) return { ...base, value: "It goes to the warehouse in parts." };
	const prepared = prepareOrder({
		// What a person said of the address holds for that address only.
		addressKept: row.addressKept && isDeepStrictEqual(before.shipTo, order.shipTo),
		...wanted,
		...{ orderId: row.id, lineIds, numberTaken: false, ...mappings },
		source: sourceOptions.parse(row.options),
		destination: destinationOptions.parse(work.connection.options),
		takes: work.connection.connector.destination?.orders?.takes,
		maxNumberLength: work.connection.connector.destination?.orders?.maxNumberLength,
	});
	return { ...base, value: prepared.ok ? { ...prepared.value, number: row.key } : prepared.problem };
}

async function settleChange(tx: Commit, work: FlowWork, planned: PlannedChange, answer: Answer): Promise<void> {
	const { orderId, number, changes } = planned;
	const state = { later: "wanted", refused: "open", accepted: null }[answer.state];
	// A change that came meanwhile says `wanted` again, and is told next.
	const [mine] = await tx.sql(
		`update "Order" set "changeState" = $3, "updatedAt" = $4
		 where "accountId" = $1 and "id" = $2 and "changeState" = 'sending' returning 1`,
		[work.scope.accountId, orderId, state, work.now()],
	);
	const record = { subjectType: "order" as const, subject: number, orderId };
	if (!mine || answer.state === "later") return;
	if (answer.state === "refused") {
		tx.count("failed");
		tx.record({ ...record, outcome: "refused", reason: answer.reason });
		await writeEvents(tx, work, [{ orderId, kind: "change-refused", facts: { reason: answer.reason, changes } }]);
		const cause = changeCause(orderId, number, changes, `The warehouse did not take it: ${answer.reason}.`);
		await raiseAlerts(tx, work.scope, [{ ...cause, connectionId: work.connection.id }], work.now(), "stated");
		return;
	}
	tx.count("updated");
	tx.record({ ...record, outcome: "updated", reason: "the change is at the warehouse" });
	await writeEvents(tx, work, [{ orderId, kind: "change-pushed", facts: { changes } }]);
	await keepPushed(tx, work, planned);
}

/** The warehouse has the order as the cart has it: so have we, with the same ids for the same lines. */
async function keepPushed(tx: Commit, work: FlowWork, planned: PlannedChange): Promise<void> {
	const one = [work.scope.accountId, planned.orderId];
	const { order, lineIds } = planned;
	await tx.sql(
		`update "Order" set "document" = "sourceDocument", "sourceDocument" = null, ${keepOf('"Order"."sourceDocument"')}, "shipToName" = $3, "shipToCountry" = $4,
		   "lineCount" = $5, "unitCount" = $6 where "accountId" = $1 and "id" = $2`,
		[
			...one,
			order.shipTo.name || order.shipTo.company,
			order.shipTo.country,
			order.lines.length,
			order.lines.reduce((units, line) => units + line.quantity, 0),
		],
	);
	await tx.sql(`update "Delivery" set "document" = $3 where "accountId" = $1 and "id" = $2`, [
		work.scope.accountId,
		planned.deliveryId,
		JSON.stringify(planned.value),
	]);
	await tx.sql(`delete from "OrderLine" where "accountId" = $1 and "orderId" = $2 and not "id" = any($3)`, [
		...one,
		[...lineIds.values()],
	]);
	for (const [position, line] of order.lines.entries())
		await tx.sql(
			`insert into "OrderLine" ("id", "accountId", "orderId", "sourceLineId", "position", "sku", "name", "quantity", "unitPrice", "filtered")
			 values ($3, $1, $2, $4, $5, $6, $7, $8, $9, $10)
			 on conflict ("accountId", "orderId", "id") do update
			 set "position" = excluded."position", "sku" = excluded."sku", "name" = excluded."name", "quantity" = excluded."quantity",
			   "filtered" = excluded."filtered"`,
			[
				...one,
				lineIds.get(line.sourceLineId),
				...[line.sourceLineId, position, line.sku, line.name, line.quantity, line.unitPrice?.amount ?? null],
				isLineFiltered(planned.itemFilter, line.sku),
			],
		);
	await markLeftOut(tx, work.scope.accountId, [planned.orderId]);
}
