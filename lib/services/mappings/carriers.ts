/** What carriers are called at one connection: seen, tried out and saved. */
import type { z } from "zod";
import type { carrierChange } from "@/lib/api/contract/ship-methods";
import { destinationOptions } from "@/lib/canonical/connection-options";
import { audit } from "@/lib/db/audit";
import { insertRows } from "@/lib/db/bulk";
import { newId } from "@/lib/db/ids";
import type { Scope } from "@/lib/db/scope";
import { type Transaction, transact } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import { type ShippedBy, toldCarrier } from "@/lib/flow/confirm/carriers/carrier-name";
import { type CarrierTable, noCarriers, pairKey } from "@/lib/flow/confirm/carriers/translate";
import { type CarrierRow, carrierRuleOf, loadCarriers } from "@/lib/flow/prepare/ship-methods/load";
import { type Place, readPlace } from "./cart";
import { wordsOf } from "./read-ship-methods";

type Change = z.output<typeof carrierChange>;
type Stored = CarrierRow & { id: string };

export function readCarriers(scope: Scope, connectionId: string) {
	return transact(scope, async (tx) => {
		const place = await readPlace(tx, scope, connectionId);
		const rows = await tx.sql<Stored & { shipments: number }>(
			`select c."id", c."direction", c."carrier", c."service", c."toCarrier", c."toService", c."twoWay",
			   case when c."direction" = 'in' then (select count(*)::int from "Shipment" s where s."accountId" = $1 and s."connectionId" = $2
			     and s."shippedAt" > now() - interval '30 days' and lower(s."carrier") = lower(c."carrier")
			     and (c."service" = '' or lower(s."service") = lower(c."service"))) else 0 end as "shipments"
			 from "CarrierMapping" c where c."accountId" = $1 and c."connectionId" = $2
			 order by c."direction", lower(c."carrier"), lower(c."service")`,
			[scope.accountId, connectionId],
		);
		const receives = await receiver(tx, scope, place);
		const { id, name, side, merchant } = place;
		return {
			connection: { id, name, side, merchant },
			rows: rows.map(({ shipments, ...row }) => {
				const { direction, from, to, twoWay } = carrierRuleOf(row);
				const arrived = { ...nobody, ...from };
				const told = direction === "in" ? receives(arrived).map(({ how: _, ...one }) => one) : [];
				return { id: row.id, direction, from, to, twoWay, shipments, receives: told };
			}),
		};
	});
}

const nobody: ShippedBy = { carrier: "", service: "", trackingNumbers: [], country: "", field: "" };

/** What each cart of the merchant would receive for one shipment of this warehouse. */
export function tryCarrier(
	scope: Scope,
	connectionId: string,
	given: { carrier: string; service: string; trackingNumber: string; country: string },
) {
	return transact(scope, async (tx) => {
		const place = await readPlace(tx, scope, connectionId);
		const receives = await receiver(tx, scope, place);
		const { carrier, service, trackingNumber, country } = given;
		const trackingNumbers = trackingNumber ? [trackingNumber] : [];
		return { receives: receives({ carrier, service, trackingNumbers, country: country.toUpperCase(), field: "" }) };
	});
}

async function receiver(tx: Transaction, scope: Scope, place: Place) {
	if (place.side !== "destination") return () => [];
	const carts = await tx.sql<{ id: string; name: string }>(
		`select "id", "name" from "Connection"
		 where "accountId" = $1 and "merchantId" = $2 and "side" = 'source' and "archivedAt" is null order by "name"`,
		[scope.accountId, place.merchant.id],
	);
	const tables = await loadCarriers(tx, scope.accountId, [place.id, ...carts.map(({ id }) => id)]);
	const table = (id: string): CarrierTable => tables.get(id) ?? noCarriers;
	const { parseCarrierFallback } = destinationOptions.parse(place.options);
	return (shipped: ShippedBy) =>
		carts.map(({ id, name }) => ({
			cart: name,
			...toldCarrier(shipped, { warehouse: table(place.id), cart: table(id), parseOther: parseCarrierFallback }),
		}));
}

/** Saves rows, and gives the change that takes them back. What is sent from now on is named by them. */
export function saveCarriers(scope: Scope, connectionId: string, changes: Change[]) {
	return transact(scope, async (tx) => {
		const place = await readPlace(tx, scope, connectionId, "for no key update of c");
		const stored = await tx.sql<Stored>(
			`select "id", "direction", "carrier", "service", "toCarrier", "toService", "twoWay" from "CarrierMapping"
			 where "accountId" = $1 and "connectionId" = $2`,
			[scope.accountId, connectionId],
		);
		const { gone, rows, undo } = plan(place, stored, changes);
		await tx.sql(`delete from "CarrierMapping" where "accountId" = $1 and "connectionId" = $2 and "id" = any($3)`, [
			...[scope.accountId, connectionId, gone],
		]);
		const now = new Date();
		const own = { accountId: scope.accountId, merchantId: place.merchant.id, connectionId };
		await insertRows(
			tx,
			"CarrierMapping",
			columns,
			rows.map((row) => ({ ...own, ...row, createdAt: now, updatedAt: now })),
		);
		if (changes.length > 0)
			await audit(tx, scope, {
				...{
					action: "carriers.saved",
					subjectType: "connection",
					subjectId: connectionId,
					merchantId: place.merchant.id,
				},
				before: { name: place.name, carriers: undo.map(sentenceOf).slice(0, 20) },
				after: { name: place.name, carriers: changes.map(sentenceOf).slice(0, 20) },
			});
		return { saved: changes.length, undo };
	});
}

const columns = {
	...{ id: "text", accountId: "text", merchantId: "text", connectionId: "text", direction: "text" },
	...{ carrier: "text", service: "text", toCarrier: "text", toService: "text", twoWay: "boolean" },
	...{ createdAt: "timestamptz", updatedAt: "timestamptz" },
};

function plan(place: Place, stored: Stored[], changes: Change[]) {
	const byId = new Map(stored.map((row) => [row.id, row]));
	const gone: string[] = [];
	const rows: Stored[] = [];
	const undo: Change[] = [];
	for (const [at, change] of changes.entries()) {
		const before = change.id ? byId.get(change.id) : undefined;
		if (change.id && !before) throw new AppError("not-found", { thing: "carrier" });
		if (change.direction === "in" && place.side === "source")
			refuse(at, "direction", "is only for warehouses: a cart is told carriers, it tells none.");
		if (before) gone.push(before.id);
		if (change.remove) {
			if (before) undo.push(changeOf(before));
			continue;
		}
		const row = rowOf(change, place, before?.id ?? newId("cam"));
		rows.push(row);
		undo.push(before ? { ...changeOf(before), id: row.id } : { ...change, id: row.id, remove: true });
	}
	const keep = stored.filter(({ id }) => !gone.includes(id));
	const seen = new Set(keep.map(keyOf));
	for (const [at, row] of rows.entries()) {
		if (pairKey(row) === pairKey(nobody)) refuse(at, "from", "is empty. Type the carrier, its service or both.");
		if (seen.has(keyOf(row))) refuse(at, "from", `${wordsOf(row)} is on the list twice. Change the row that is there.`);
		seen.add(keyOf(row));
	}
	return { gone, rows, undo };
}

function keyOf(row: CarrierRow): string {
	return `${row.direction} ${pairKey(row)}`;
}

function rowOf({ direction, from, to, twoWay }: Change, place: Place, id: string): Stored {
	const target = { toCarrier: to ? to.carrier : null, toService: to?.service ?? "" };
	return { id, connectionId: place.id, direction, ...from, ...target, twoWay: twoWay && to !== null };
}

function changeOf(row: Stored): Change {
	return { ...carrierRuleOf(row) };
}

function sentenceOf({ direction, from, to, remove }: Change): string {
	const way = remove ? "removed" : to ? wordsOf(to) || "no carrier" : "passed through";
	return `${direction === "in" ? "from" : "to"} the other side, ${wordsOf(from)}: ${way}`;
}

function refuse(at: number, field: string, problem: string): never {
	throw new AppError("bad-input", { field, problem }, { fields: { [`changes.${at}.${field}`]: problem } });
}
