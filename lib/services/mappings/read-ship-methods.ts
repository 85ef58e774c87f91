import type { z } from "zod";
import type { shipMethodRow } from "@/lib/api/contract/ship-methods";
import { type DestinationOptions, destinationOptions, sourceOptions } from "@/lib/canonical/connection-options";
import type { CarrierPair } from "@/lib/canonical/ship-method";
import { connectorByKey } from "@/lib/connectors";
import type { Scope } from "@/lib/db/scope";
import { type Transaction, transact } from "@/lib/db/transact";
import { type CarrierTable, noCarriers, translate } from "@/lib/flow/confirm/carriers/translate";
import { loadCarriers } from "@/lib/flow/prepare/ship-methods/load";
import { codeKey } from "@/lib/flow/prepare/ship-methods/resolve";
import { type Suggestible, suggest } from "@/lib/flow/prepare/ship-methods/suggest";
import { waitingOrders } from "@/lib/flow/prepare/ship-methods/unmapped";
import { passed } from "@/lib/flow/prepare/steps/ship-method";
import { type Cart, type MethodRow, readCart, readRows } from "./cart";

/** Carts with how many of their codes nobody mapped, and how many orders wait for that. */
export function listCarts(scope: Scope) {
	return transact(scope, async (tx) => {
		const rows = await tx.sql<CartRow>(
			`select c."id", c."name", c."options", m."id" as "merchantId", m."name" as "merchantName",
			   (select count(*)::int from "ShipMethodMapping" s where s."accountId" = $1 and s."connectionId" = c."id" and s."action" = 'unmapped') as "unmapped",
			   (select count(*)::int from "Order" o where o."accountId" = $1 and o."connectionId" = c."id" and o."status" = 'error'
			     and o."problemCode" = 'unmapped-ship-method' and not o."sendingCanceled") as "waiting"
			 from "Connection" c join "Merchant" m on m."accountId" = $1 and m."id" = c."merchantId"
			 where c."accountId" = $1 and c."side" = 'source' and c."archivedAt" is null and ($2::text is null or c."merchantId" = $2)
			 order by m."name", c."name"`,
			[scope.accountId, scope.merchantId ?? null],
		);
		const items = rows.map(({ merchantId, merchantName, options, ...row }) => ({
			...row,
			merchant: { id: merchantId, name: merchantName },
			policy: sourceOptions.parse(options).unmappedShipMethods,
		}));
		return { items };
	});
}

interface CartRow {
	id: string;
	name: string;
	options: unknown;
	merchantId: string;
	merchantName: string;
	unmapped: number;
	waiting: number;
}

/** A cart's list with what each row becomes at each warehouse, what is alike, and how many orders wait. */
export function readShipMethods(scope: Scope, connectionId: string) {
	return transact(scope, async (tx) => {
		const cart = await readCart(tx, scope, connectionId);
		const rows = await readRows(tx, scope.accountId, connectionId);
		const warehouses = await readWarehouses(tx, scope, cart.merchant.id);
		const methods = await readMethods(tx, scope, cart.merchant.id);
		const waiting = new Map<string, number>();
		for (const { facts } of await waitingOrders(tx, scope.accountId, { connectionId })) {
			const key = codeKey(facts.code);
			waiting.set(key, (waiting.get(key) ?? 0) + 1);
		}
		return {
			cart: { id: cart.id, name: cart.name },
			merchant: cart.merchant,
			policy: cart.policy,
			rows: rows.map((row) => viewOf(row, { cart, warehouses, methods, waiting })),
			methods,
			warehouses: warehouses.map(({ id, name, lists }) => ({ id, name, lists })),
		};
	});
}

interface Warehouse {
	id: string;
	name: string;
	lists: boolean;
	options: DestinationOptions;
	carriers: CarrierTable;
}

interface Around {
	cart: Cart;
	warehouses: Warehouse[];
	methods: Suggestible[];
	waiting: ReadonlyMap<string, number>;
}

function viewOf(row: MethodRow, { cart, warehouses, methods, waiting }: Around): z.input<typeof shipMethodRow> {
	const unconditional = Object.keys(row.conditions).length === 0;
	const holds = row.action === "unmapped" && cart.policy === "refuse";
	const alike = row.action === "unmapped" && !row.code.includes("*") ? suggest(row, methods) : undefined;
	const told = (warehouse: Warehouse) => {
		const shipping = { code: row.code === row.name ? "" : row.code, name: row.name || row.code };
		const ours = row.action === "map" ? row : passed({ shipping }, warehouse.options);
		const { carrier, service } = translate(warehouse.carriers, "out", { carrier: ours.carrier, service: ours.service });
		return holds ? "" : [carrier, service].filter(Boolean).join(" ") || "no ship method";
	};
	return {
		...row,
		waiting: unconditional ? (waiting.get(codeKey(row.code)) ?? 0) : 0,
		suggestion: alike ? { carrier: alike.carrier, service: alike.service } : null,
		told:
			row.code.includes("*") && row.action !== "map"
				? []
				: warehouses.map((one) => ({ warehouse: one.name, words: told(one) })),
	};
}

export async function readWarehouses(tx: Transaction, scope: Scope, merchantId: string): Promise<Warehouse[]> {
	const rows = await tx.sql<{ id: string; name: string; connectorKey: string; options: unknown }>(
		`select "id", "name", "connectorKey", "options" from "Connection"
		 where "accountId" = $1 and "merchantId" = $2 and "side" = 'destination' and "archivedAt" is null order by "name"`,
		[scope.accountId, merchantId],
	);
	const carriers = await loadCarriers(
		tx,
		scope.accountId,
		rows.map(({ id }) => id),
	);
	return rows.map(({ id, name, connectorKey, options }) => ({
		...{ id, name, options: destinationOptions.parse(options), carriers: carriers.get(id) ?? noCarriers },
		lists: connectorByKey(connectorKey)?.destination?.shipMethods !== undefined,
	}));
}

/** What a code can be mapped to: what the merchant's warehouses list, then what was mapped to before. */
async function readMethods(tx: Transaction, scope: Scope, merchantId: string): Promise<Suggestible[]> {
	const rows = await tx.sql<Suggestible>(
		`select distinct on (lower("carrier"), lower("service")) "name", "carrier", "service" from (
		   select w."name", w."carrier", w."service", 0 as "rank" from "WarehouseMethod" w
		     join "Connection" c on c."accountId" = $1 and c."id" = w."connectionId" and c."archivedAt" is null
		     where w."accountId" = $1 and w."merchantId" = $2
		   union all select '', s."carrier", s."service", 1 from "ShipMethodMapping" s
		     where s."accountId" = $1 and s."merchantId" = $2 and s."action" = 'map') known
		 order by lower("carrier"), lower("service"), "rank"`,
		[scope.accountId, merchantId],
	);
	return rows.map((row) => ({ ...row, name: row.name || wordsOf(row) }));
}

export function wordsOf({ carrier, service }: CarrierPair): string {
	return [carrier, service].filter(Boolean).join(" ");
}
