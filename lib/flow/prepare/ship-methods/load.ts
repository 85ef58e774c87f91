/** The mappings of ship methods and carriers that a page of orders needs, read once for all of them. */
import type { CarrierRule, ShipMethodRule } from "@/lib/canonical/ship-method";
import type { Transaction } from "@/lib/db/transact";
import { type CarrierTable, carrierTable, noCarriers } from "../../confirm/carriers/translate";
import { type ShipMethodTable, tableOf } from "./resolve";

/** What the step of the ship method may know. */
export interface ShipMappings {
	/** Of the order's cart. */
	methods: ShipMethodTable;
	/** Of the warehouse. */
	carriers: CarrierTable;
}

/** Gives the mappings of an order, by its cart. */
export async function loadShipMappings(
	tx: Transaction,
	accountId: string,
	given: { cartIds: readonly string[]; warehouseId: string },
): Promise<(cartId: string) => ShipMappings> {
	const cartIds = [...new Set(given.cartIds)];
	const methods = await loadMethods(tx, accountId, cartIds);
	const tables = await loadCarriers(tx, accountId, [given.warehouseId]);
	const carriers = tables.get(given.warehouseId) ?? noCarriers;
	return (cartId) => ({ methods: methods.get(cartId) ?? none, carriers });
}

const none = tableOf([]);

async function loadMethods(
	tx: Transaction,
	accountId: string,
	cartIds: string[],
): Promise<Map<string, ShipMethodTable>> {
	const rows = await tx.sql<ShipMethodRule & { connectionId: string }>(
		`select "connectionId", "code", "conditions", "action", "carrier", "service" from "ShipMethodMapping"
		 where "accountId" = $1 and "connectionId" = any($2) and "action" <> 'unmapped' order by "id"`,
		[accountId, cartIds],
	);
	return tablesBy(rows, tableOf);
}

/** The carriers of some connections. */
export async function loadCarriers(
	tx: Transaction,
	accountId: string,
	connectionIds: string[],
): Promise<Map<string, CarrierTable>> {
	const rows = await tx.sql<CarrierRow>(
		`select "connectionId", "direction", "carrier", "service", "toCarrier", "toService", "twoWay" from "CarrierMapping"
		 where "accountId" = $1 and "connectionId" = any($2) and "toCarrier" is not null order by "id"`,
		[accountId, connectionIds],
	);
	return tablesBy(rows, (some) => carrierTable(some.map(carrierRuleOf)));
}

export interface CarrierRow {
	connectionId: string;
	direction: CarrierRule["direction"];
	carrier: string;
	service: string;
	toCarrier: string | null;
	toService: string;
	twoWay: boolean;
}

export function carrierRuleOf({ direction, carrier, service, toCarrier, toService, twoWay }: CarrierRow): CarrierRule {
	const to = toCarrier === null ? null : { carrier: toCarrier, service: toService };
	return { direction, from: { carrier, service }, to, twoWay };
}

function tablesBy<Row extends { connectionId: string }, Table>(
	rows: Row[],
	make: (rows: Row[]) => Table,
): Map<string, Table> {
	const groups = new Map<string, Row[]>();
	for (const row of rows) {
		const group = groups.get(row.connectionId);
		if (group) group.push(row);
		else groups.set(row.connectionId, [row]);
	}
	return new Map([...groups].map(([id, group]) => [id, make(group)]));
}
