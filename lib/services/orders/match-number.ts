/**
 * Finding orders by a number. Row security lets only comparisons that betray nothing about other rows use an index:
 * neither `like` nor `lower` is one of them, and with either a search reads every order of the account.
 */
import type { Scope } from "@/lib/db/scope";
import type { Transaction } from "@/lib/db/transact";

/** The condition that an order's number begins with `text`, as typed, in capitals or in small letters; values follow `values`. */
export function numberBegins(text: string, values: unknown[], column = `"number"`): string {
	const ranges = [...new Set([text, text.toUpperCase(), text.toLowerCase()])].map((spelling) => {
		values.push(spelling, `${spelling}\u{10ffff}`);
		return `(${column} collate "C" >= $${values.length - 1} and ${column} collate "C" < $${values.length})`;
	});
	return `(${ranges.join(" or ")})`;
}

/** Orders whose warehouse number or tracking code is exactly this. */
export async function exactMatches(tx: Transaction, scope: Scope, text: string): Promise<string[]> {
	const rows = await tx.sql<{ orderId: string }>(
		`select d."orderId" from "Delivery" d where d."accountId" = $1 and d."externalId" = $2
		 union
		 select d."orderId" from "Delivery" d where d."accountId" = $1 and d."externalNumber" = $2
		 union
		 select d."orderId" from "Delivery" d where d."accountId" = $1 and d."key" = $2
		 union
		 select s."orderId" from "ShipmentPackage" p join "Shipment" s on s."accountId" = p."accountId" and s."id" = p."shipmentId"
		 where p."accountId" = $1 and p."trackingNumber" = $2
		 limit 200`,
		[scope.accountId, text],
	);
	return rows.map((row) => row.orderId);
}
