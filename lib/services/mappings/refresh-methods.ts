import type { ShipMethod } from "@/lib/canonical/catalogue";
import { insertRows } from "@/lib/db/bulk";
import { newId } from "@/lib/db/ids";
import type { Scope } from "@/lib/db/scope";
import { transact } from "@/lib/db/transact";
import { pairKey } from "@/lib/flow/confirm/carriers/translate";
import { askSystem } from "../connections/ask-system";
import { gatherSettings, mustBeUsable } from "../connections/settings";
import { readCart, readPlace } from "./cart";
import { readWarehouses } from "./read-ship-methods";

/** Asks the merchant's warehouses which ship methods they have. Throws `partner-refused` with what one of them says. */
export async function refreshMethods(scope: Scope, cartId: string): Promise<{ listed: number; added: number }> {
	const { merchantId, warehouses } = await transact(scope, async (tx) => {
		const { merchant } = await readCart(tx, scope, cartId);
		const all = await readWarehouses(tx, scope, merchant.id);
		return { merchantId: merchant.id, warehouses: all.filter(({ lists }) => lists) };
	});
	const sum = { listed: 0, added: 0 };
	for (const { id } of warehouses) {
		const methods = await ask(scope, merchantId, id);
		const added = await keep(scope, { merchantId, connectionId: id }, methods);
		sum.listed += methods.length;
		sum.added += added;
	}
	return sum;
}

async function ask(scope: Scope, merchantId: string, connectionId: string): Promise<ShipMethod[]> {
	const key = await transact(scope, async (tx) => {
		const { id } = await readPlace(tx, scope, connectionId);
		const [row] = await tx.sql<{ connectorKey: string }>(
			`select "connectorKey" from "Connection" where "accountId" = $1 and "id" = $2`,
			[scope.accountId, id],
		);
		return row?.connectorKey ?? "";
	});
	const gathered = await gatherSettings(scope, { merchantId, connectorKey: key, connectionId, values: {} });
	mustBeUsable(gathered);
	const { connector, settings } = gathered;
	return askSystem(
		connector,
		settings,
		async (context) => (await connector.destination?.shipMethods?.list(context)) ?? [],
	);
}

function keep(
	scope: Scope,
	owner: { merchantId: string; connectionId: string },
	methods: ShipMethod[],
): Promise<number> {
	return transact(scope, async (tx) => {
		const rows = methods.map(({ code, name, carrier, service }) => ({
			...{ id: newId("whm"), accountId: scope.accountId, ...owner, createdAt: new Date() },
			...{ name: name || code, carrier, service: service || (carrier ? "" : code) },
		}));
		const added = await insertRows<typeof columns, { isNew: boolean }>(
			tx,
			"WarehouseMethod",
			columns,
			[...new Map(rows.map((row) => [pairKey(row), row])).values()],
			`on conflict ("accountId", "connectionId", lower("carrier"), lower("service")) do update
			 set "name" = excluded."name" where "WarehouseMethod"."name" <> excluded."name" returning (xmax = 0) as "isNew"`,
		);
		return added.filter(({ isNew }) => isNew).length;
	});
}

const columns = {
	...{ id: "text", accountId: "text", merchantId: "text", connectionId: "text" },
	...{ name: "text", carrier: "text", service: "text", createdAt: "timestamptz" },
};
