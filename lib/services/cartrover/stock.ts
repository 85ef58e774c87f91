/** Stock and products of a merchant, as the CartRover API tells them. */
import { roverTime } from "@/lib/connectors/extensiv-im/words";
import { transact } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import { type MerchantScope, must } from "./who";

interface Row {
	sku: string;
	name: string;
	createdAt: Date;
	places: { id: string; name: string | null; available: number; onHand: number; takenAt: string }[] | null;
}

const columns = `p."sku", p."name", p."createdAt",
  (select json_agg(json_build_object('id', i."location", 'name', l."name", 'available', i."available", 'onHand', i."onHand",
     'takenAt', i."takenAt") order by i."location")
   from "InventoryLevel" i left join "Location" l on l."accountId" = i."accountId" and l."connectionId" = i."connectionId"
     and l."externalId" = i."location"
   where i."accountId" = p."accountId" and i."merchantId" = p."merchantId" and i."sku" = p."sku" and l."excludedAt" is null) as "places"`;

export async function listInventory(scope: MerchantScope, { limit, page }: { limit: number; page: number }) {
	must(scope, "inventory:read");
	return transact(scope, async (tx) => {
		const one = [scope.accountId, scope.merchantId];
		const [count] = await tx.sql<{ total: number }>(
			`select count(*)::int as "total" from "Product" where "accountId" = $1 and "merchantId" = $2`,
			one,
		);
		const rows = await tx.sql<Row>(
			`select ${columns} from "Product" p where p."accountId" = $1 and p."merchantId" = $2 order by p."sku" limit $3 offset $4`,
			[...one, limit, (page - 1) * limit],
		);
		return { rows: rows.map(tellStock), total: count?.total ?? 0 };
	});
}

export async function readStock(scope: MerchantScope, sku: string) {
	return tellStock(await find(scope, sku));
}

export async function readProduct(scope: MerchantScope, sku: string) {
	const row = await find(scope, sku);
	return {
		sku: row.sku,
		name: row.name,
		description: row.name,
		retail_price: null,
		wholesale_price: null,
		weight_lbs: null,
		wms_product_main_id: null,
		last_updated_datetime: roverTime(newest(row)),
		aliases: [],
	};
}

async function find(scope: MerchantScope, sku: string): Promise<Row> {
	must(scope, "inventory:read");
	const [row] = await transact(scope, (tx) =>
		tx.sql<Row>(
			`select ${columns} from "Product" p where p."accountId" = $1 and p."merchantId" = $2 and p."sku" = $3`,
			[scope.accountId, scope.merchantId, sku],
		),
	);
	if (!row) throw new AppError("not-found", { thing: "SKU" });
	return row;
}

function tellStock(row: Row) {
	const places = row.places ?? [];
	const sum = (of: (place: (typeof places)[number]) => number) =>
		String(places.reduce((total, place) => total + of(place), 0));
	const warehouses = places.map((place) => [
		place.id,
		{
			warehouse: place.name ?? place.id,
			qty_available: String(place.available),
			qty_on_hand: String(place.onHand),
			wms_datetime: roverTime(new Date(place.takenAt)),
		},
	]);
	return {
		sku: row.sku,
		qty_available: sum((place) => place.available),
		qty_on_hand: sum((place) => place.onHand),
		wms_datetime: roverTime(newest(row)),
		// PHP writes an object without entries as a list, and its clients expect that.
		aliases: [],
		warehouses: warehouses.length === 0 ? [] : Object.fromEntries(warehouses),
	};
}

function newest({ places, createdAt }: Row): Date {
	return new Date(Math.max(createdAt.getTime(), ...(places ?? []).map((place) => Date.parse(place.takenAt))));
}
