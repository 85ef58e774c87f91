import type { Rule } from "@/lib/canonical/rule";
import type { NameOf } from "@/lib/canonical/rule-words";
import type { Scope } from "@/lib/db/scope";
import type { Transaction } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";

export interface Places {
	warehouses: { id: string; name: string }[];
	carts: { id: string; name: string }[];
	/** Also of those that are there no more. */
	nameOf: NameOf;
}

/** The merchant's connections, as rules name them. Throws `not-found`. */
export async function readPlaces(tx: Transaction, scope: Scope, merchantId: string): Promise<Places> {
	const [merchant] = await tx.sql(
		`select 1 from "Merchant" where "accountId" = $1 and "id" = $2 and ($3::text is null or "id" = $3)`,
		[scope.accountId, merchantId, scope.merchantId ?? null],
	);
	if (!merchant) throw new AppError("not-found", { thing: "merchant" });
	const rows = await tx.sql<{ id: string; name: string; side: string; archived: boolean }>(
		`select "id", "name", "side", "archivedAt" is not null as "archived" from "Connection"
		 where "accountId" = $1 and "merchantId" = $2 order by "name", "id"`,
		[scope.accountId, merchantId],
	);
	const names = new Map(rows.map(({ id, name }) => [id, name]));
	const of = (side: string) =>
		rows.filter((row) => row.side === side && !row.archived).map(({ id, name }) => ({ id, name }));
	return {
		warehouses: of("destination"),
		carts: of("source"),
		nameOf: (id) => names.get(id) ?? "a connection that is gone",
	};
}

/** Which rules are the same, whatever order their fields are kept in. */
export function sameRules(one: readonly Rule[], other: readonly Rule[]): boolean {
	return sorted(one) === sorted(other);
}

function sorted(value: unknown): string {
	return JSON.stringify(value, (_, inner) =>
		typeof inner === "object" && inner !== null && !Array.isArray(inner)
			? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
			: inner,
	);
}
