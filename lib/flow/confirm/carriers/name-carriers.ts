/**
 * Names the carriers of a batch of confirmations as the cart is to be told, by the mappings as they are now: a mapping
 * that was saved since holds for what is sent again. What may have reached the cart keeps the name it was told until
 * the cart has taken the other one.
 */
import { destinationOptions, sourceOptions } from "@/lib/canonical/connection-options";
import type { CarrierPair } from "@/lib/canonical/ship-method";
import type { ConfirmationMessage } from "@/lib/canonical/shipment";
import { updateRows } from "@/lib/db/bulk";
import { loadCarriers } from "../../prepare/ship-methods/load";
import type { Commit, FlowWork } from "../../work";
import { toldCarrier } from "./carrier-name";
import { noCarriers } from "./translate";

interface Told {
	id: string;
	state: string;
	document: ConfirmationMessage;
}

interface ShippedRow extends CarrierPair {
	id: string;
	warehouseId: string;
	options: unknown;
	country: string | null;
	fields: { name: string; value: string }[] | null;
}

/** Gives carrier and service by confirmation, and keeps them in the messages that were not told yet. */
export async function nameCarriers(tx: Commit, work: FlowWork, batch: Told[]): Promise<Map<string, CarrierPair>> {
	if (batch.length === 0) return new Map();
	const { accountId } = work.scope;
	const shipped = await tx.sql<ShippedRow>(
		`select c."id", s."carrier", s."service", s."connectionId" as "warehouseId", w."options", o."document" #>> '{shipTo,country}' as "country",
		   o."document" -> 'extraFields' as "fields"
		 from "Confirmation" c join "Shipment" s on s."accountId" = $1 and s."id" = c."shipmentId"
		 join "Order" o on o."accountId" = $1 and o."id" = c."orderId"
		 join "Connection" w on w."accountId" = $1 and w."id" = s."connectionId"
		 where c."accountId" = $1 and c."id" = any($2)`,
		[accountId, batch.map(({ id }) => id)],
	);
	const ids = [...new Set(shipped.map(({ warehouseId }) => warehouseId))];
	const tables = await loadCarriers(tx, accountId, [...ids, work.connection.id]);
	const { carrierField } = sourceOptions.parse(work.connection.options);
	const messages = new Map(batch.map(({ id, document }) => [id, document]));
	const named = new Map<string, CarrierPair>();
	for (const row of shipped) {
		const { carrier, service } = toldCarrier(
			{
				...{ carrier: row.carrier, service: row.service },
				trackingNumbers: messages.get(row.id)?.trackingNumbers ?? [],
				country: row.country ?? "",
				field: row.fields?.find(({ name }) => carrierField !== "" && name === carrierField)?.value ?? "",
			},
			{
				warehouse: tables.get(row.warehouseId) ?? noCarriers,
				cart: tables.get(work.connection.id) ?? noCarriers,
				parseOther: destinationOptions.parse(row.options).parseCarrierFallback,
			},
		);
		named.set(row.id, { carrier, service });
	}
	const untold = batch.filter(({ state }) => state !== "unknown");
	await keepNames(
		tx,
		accountId,
		untold.flatMap(({ id, document }) => {
			const pair = named.get(id);
			return pair && isOther(document, pair) ? [{ id, ...pair }] : [];
		}),
	);
	return named;
}

export function isOther(a: CarrierPair, b: CarrierPair): boolean {
	return a.carrier !== b.carrier || a.service !== b.service;
}

/** What the cart was told, in its message. */
export async function keepNames(
	tx: Commit,
	accountId: string,
	changed: ({ id: string } & CarrierPair)[],
): Promise<void> {
	await updateRows(
		tx,
		"Confirmation",
		{ id: "text", carrier: "text", service: "text" },
		changed,
		{
			key: "id",
			set: `"document" = "Confirmation"."document" || jsonb_build_object('carrier', given."carrier", 'service', given."service")`,
			where: `"Confirmation"."accountId" = $2 and "Confirmation"."id" = given."id"`,
		},
		[accountId],
	);
}
