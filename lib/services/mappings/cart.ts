import { type SourceOptions, sourceOptions } from "@/lib/canonical/connection-options";
import type { ShipMethodAction, ShipMethodConditions } from "@/lib/canonical/ship-method";
import type { Scope } from "@/lib/db/scope";
import type { Transaction } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";

export interface Place {
	id: string;
	name: string;
	side: "source" | "destination";
	merchant: { id: string; name: string };
	options: unknown;
}

export interface Cart extends Place {
	policy: SourceOptions["unmappedShipMethods"];
}

/** One connection of the scope. Throws `not-found` for a foreign or archived one. */
export async function readPlace(
	tx: Transaction,
	scope: Scope,
	connectionId: string,
	lock: "" | "for no key update of c" = "",
): Promise<Place> {
	const [row] = await tx.sql<Omit<Place, "merchant"> & { merchantId: string; merchantName: string }>(
		`select c."id", c."name", c."side", c."options", c."merchantId", m."name" as "merchantName"
		 from "Connection" c join "Merchant" m on m."accountId" = c."accountId" and m."id" = c."merchantId"
		 where c."accountId" = $1 and c."id" = $2 and c."archivedAt" is null and ($3::text is null or c."merchantId" = $3) ${lock}`,
		[scope.accountId, connectionId, scope.merchantId ?? null],
	);
	if (!row) throw new AppError("not-found", { thing: "connection" });
	const { merchantId, merchantName, ...place } = row;
	return { ...place, merchant: { id: merchantId, name: merchantName } };
}

/** The same for a cart; with the lock, two people who save at once are one after the other. */
export async function readCart(
	tx: Transaction,
	scope: Scope,
	connectionId: string,
	lock: "" | "for no key update of c" = "",
): Promise<Cart> {
	const place = await readPlace(tx, scope, connectionId, lock);
	if (place.side !== "source") throw new AppError("not-found", { thing: "cart" });
	return { ...place, policy: sourceOptions.parse(place.options).unmappedShipMethods };
}

/** One stored row of a cart's list. */
export interface MethodRow {
	id: string;
	code: string;
	name: string;
	conditions: ShipMethodConditions;
	action: ShipMethodAction;
	carrier: string;
	service: string;
}

export function readRows(tx: Transaction, accountId: string, connectionId: string): Promise<MethodRow[]> {
	return tx.sql<MethodRow>(
		`select "id", "code", "name", "conditions", "action", "carrier", "service" from "ShipMethodMapping"
		 where "accountId" = $1 and "connectionId" = $2 order by lower("code"), "id"`,
		[accountId, connectionId],
	);
}
