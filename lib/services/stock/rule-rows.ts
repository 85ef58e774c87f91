/** Stock rules of one merchant as they are kept, and the places that they may name. */
import { type CartRule, placeKey, plainCartRule, type SkuRule } from "@/lib/canonical/stock-rules";
import { insertRows } from "@/lib/db/bulk";
import type { Scope } from "@/lib/db/scope";
import type { Transaction } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import type { Owner } from "@/lib/flow/stock/read-rules";
import type { Effect } from "./plan-rules";

export interface Place {
	key: string;
	name: string;
	warehouse: string;
	excluded: boolean;
}

/** One at a time per merchant with the lock, so that two people who save at once are told of each other. */
export async function ownerOf(
	tx: Transaction,
	scope: Scope,
	merchantId: string,
	lock: "" | "for no key update" = "",
): Promise<Owner> {
	const [merchant] = await tx.sql(
		`select 1 from "Merchant" where "accountId" = $1 and "id" = $2 and ($3::text is null or "id" = $3) ${lock}`,
		[scope.accountId, merchantId, scope.merchantId ?? null],
	);
	if (!merchant) throw new AppError("not-found", { thing: "merchant" });
	return { accountId: scope.accountId, merchantId };
}

/** Locations of the merchant's warehouses: what they list, and where they said that something is. */
export async function readPlaces(tx: Transaction, owner: Owner): Promise<Place[]> {
	const rows = await tx.sql<Omit<Place, "key"> & { connectionId: string; location: string }>(
		`select c."id" as "connectionId", c."name" as "warehouse", p."location", coalesce(l."name", p."location") as "name",
		   l."excludedAt" is not null as "excluded"
		 from "Connection" c
		 cross join lateral (select "externalId" as "location" from "Location" where "accountId" = $1 and "connectionId" = c."id"
		   union select distinct "location" from "InventoryLevel" where "accountId" = $1 and "connectionId" = c."id") p
		 left join "Location" l on l."accountId" = $1 and l."connectionId" = c."id" and l."externalId" = p."location"
		 where c."accountId" = $1 and c."merchantId" = $2 and c."side" = 'destination' and c."archivedAt" is null
		 order by c."name", 4`,
		[owner.accountId, owner.merchantId],
	);
	return rows.map(({ connectionId, location, ...place }) => ({ key: placeKey(connectionId, location), ...place }));
}

/** Writes what the effects say; a cart that is told all there is has no row. */
export async function writeRules(tx: Transaction, owner: Owner, effects: Effect[]): Promise<void> {
	await tx.sql(
		`delete from "StockRule" r using unnest($2::text[], $3::text[]) g("connectionId", "sku")
		 where r."accountId" = $1 and r."connectionId" = g."connectionId" and r."sku" = g."sku"`,
		[owner.accountId, effects.map(({ key }) => key.connectionId), effects.map(({ key }) => key.sku)],
	);
	const rows = effects.flatMap(({ after }): Columns[] => {
		if (after === null || (after.kind === "cart" && isPlain(after))) return [];
		return [after.kind === "sku" ? skuColumns(after) : cartColumns(after)];
	});
	await insertRows(
		tx,
		"StockRule",
		{
			...{ accountId: "text", merchantId: "text", connectionId: "text", sku: "text", locations: "text[]" },
			...{ safetyStock: "int", share: "int", cap: "int", priority: "int", scarceBelow: "int" },
		},
		rows.map((row) => ({ ...owner, ...row })),
	);
	for (const { before, after } of effects)
		if (after?.kind === "cart" && (before?.kind !== "cart" || before.minimum !== after.minimum))
			await tx.sql(
				`update "Connection" set "options" = "options" || jsonb_build_object('minimumInventoryLevel', $3::int), "updatedAt" = now()
				 where "accountId" = $1 and "id" = $2`,
				[owner.accountId, after.connectionId, after.minimum],
			);
}

interface Columns {
	connectionId: string;
	sku: string;
	locations: string[] | null;
	safetyStock: number | null;
	share: number | null;
	cap: number | null;
	priority: number | null;
	scarceBelow: number | null;
}

function skuColumns({ connectionId, sku, safetyStock, cap }: SkuRule): Columns {
	const none = { locations: null, share: null, priority: null, scarceBelow: null };
	return { connectionId, sku, safetyStock, cap, ...none };
}

function cartColumns({ kind: _, minimum: __, ...rule }: CartRule): Columns {
	return { ...rule, sku: "", locations: rule.locations.length === 0 ? null : rule.locations };
}

function isPlain(rule: CartRule): boolean {
	const plain = plainCartRule(rule.connectionId);
	return JSON.stringify({ ...plain, ...rule, minimum: 0 }) === JSON.stringify(plain);
}
