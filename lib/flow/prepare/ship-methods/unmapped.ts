/**
 * Orders that wait for a ship method to be mapped. One alert per cart and code, with the number of orders that wait;
 * a mapping that holds sets its orders free and closes the alert, in the transaction that saves it.
 */
import { orderOf } from "@/lib/canonical/order";
import type { ShipMethodRule } from "@/lib/canonical/ship-method";
import type { Transaction } from "@/lib/db/transact";
import { causeHolds } from "../../run/alert-causes";
import { type Cause, raiseAlerts } from "../../run/alerts";
import { codeKey, findRule, type ShipFacts, shipFacts, tableOf } from "./resolve";

interface Tenant {
	accountId: string;
	merchantId: string;
}

/** The code of an order `o` as its cart's list has it, in SQL. */
const codeColumn = `btrim(coalesce(nullif(o."document" -> 'shipping' ->> 'code', ''), o."document" -> 'shipping' ->> 'name', ''))`;
const isUnmapped = `o."accountId" = $1 and o."connectionId" = $2 and o."status" = 'error' and o."problemCode" = 'unmapped-ship-method'`;

/** Opens or joins the alerts of codes that orders of a cart wait for. */
export async function raiseUnmapped(
	tx: Transaction,
	tenant: Tenant,
	which: { connectionId: string; codes: readonly string[]; now: Date },
): Promise<void> {
	const keys = [...new Set(which.codes.map(codeKey))];
	const rows = await tx.sql<{ code: string; name: string; connection: string; count: number }>(
		`select min(${codeColumn}) as "code", min(o."document" -> 'shipping' ->> 'name') as "name", min(c."name") as "connection", count(*)::int as "count"
		 from "Order" o join "Connection" c on c."accountId" = o."accountId" and c."id" = o."connectionId"
		 where ${isUnmapped} and not o."sendingCanceled" and lower(${codeColumn}) = any($3) group by lower(${codeColumn})`,
		[tenant.accountId, which.connectionId, keys],
	);
	const causes = rows.map((row): Cause => ({ ...causeOf(which.connectionId, row), count: row.count }));
	await raiseAlerts(tx, tenant, causes, which.now, "stated");
}

function causeOf(connectionId: string, seen: { code: string; name: string; connection: string }): Cause {
	const { code, name, connection } = seen;
	const method = code === "" ? "none" : name && name !== code ? `${name} (${code})` : code;
	return {
		cause: `ship-method:${connectionId}:${code}`,
		code: "unmapped-ship-method",
		facts: { connection, method, code },
		connectionId,
	};
}

/** An order that waits, with what mappings ask of it. */
export interface WaitingOrder {
	id: string;
	number: string;
	unmapped: boolean;
	facts: ShipFacts;
}

/** Most orders looked at in one go: beyond it a save takes longer than a person waits. */
const most = 20_000;

/** Orders of a cart that have not been sent: those held for a mapping, and on request the new ones too. */
export async function waitingOrders(
	tx: Transaction,
	accountId: string,
	which: { connectionId: string; alsoNew?: boolean },
): Promise<WaitingOrder[]> {
	const rows = await tx.sql<{ id: string; number: string; unmapped: boolean; document: unknown }>(
		`select o."id", o."number", o."status" = 'error' as "unmapped", o."document" from "Order" o
		 where o."accountId" = $1 and o."connectionId" = $2 and ((${isUnmapped}) or ($3 and o."status" = 'new'))
		   and not o."sendingCanceled" order by o."id" limit ${most}`,
		[accountId, which.connectionId, which.alsoNew ?? false],
	);
	return rows.map(({ document, ...row }) => ({ ...row, facts: shipFacts(orderOf(document)) }));
}

/**
 * Sets free what the cart's mappings, as they are now, no longer stop; all of it where the cart refuses nothing any more.
 * Closes the alerts that nothing waits for. The caller starts the delivery. Returns the orders that go on.
 */
export async function releaseMapped(
	tx: Transaction,
	tenant: Tenant,
	which: { connectionId: string; refuses: boolean; now: Date },
): Promise<string[]> {
	const { connectionId } = which;
	const rules = await tx.sql<ShipMethodRule>(
		`select "code", "conditions", "action", "carrier", "service" from "ShipMethodMapping"
		 where "accountId" = $1 and "connectionId" = $2 order by "id"`,
		[tenant.accountId, connectionId],
	);
	const table = tableOf(rules);
	const waiting = await waitingOrders(tx, tenant.accountId, which);
	const free = waiting.filter(({ facts }) => !which.refuses || findRule(table, facts)).map(({ id }) => id);
	if (free.length > 0)
		await tx.sql(
			`update "Order" o set "status" = 'new', "problem" = null, "problemCode" = null, "updatedAt" = $4,
			   "dueAt" = greatest(coalesce(o."waitsUntil", $4), $4)
			 where ${isUnmapped} and o."id" = any($3)`,
			[tenant.accountId, connectionId, free, which.now],
		);
	const left = waiting.filter(({ id }) => !free.includes(id)).map(({ facts }) => facts.code);
	await tx.sql(
		`update "Alert" a set "resolvedAt" = $3 where a."accountId" = $1 and a."connectionId" = $2 and a."resolvedAt" is null
		   and a."cause" like 'ship-method:%' and not (${causeHolds("ship-method")})`,
		[tenant.accountId, connectionId, which.now],
	);
	if (left.length > 0 && free.length > 0)
		await raiseUnmapped(tx, tenant, { connectionId, codes: left, now: which.now });
	return free;
}
