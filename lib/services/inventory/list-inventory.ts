import type { Scope } from "@/lib/db/scope";
import { transact } from "@/lib/db/transact";
import { Conditions, cutPage, type Page, type PageInput, startsWith } from "../page";
import { expectedUnits, notPutAwayUnits } from "./purchase-units";

export interface StockRow {
	sku: string;
	merchant: { id: string; name: string };
	name: string;
	available: number;
	onHand: number;
	locked: number;
	/** What the warehouse expects, or our open purchase orders do where those are more. */
	incoming: number;
	/** Received since the last count: in no other number. */
	notPutAway: number;
	takenAt: Date;
	figures: { cart: string; quantity: number; state: string }[];
}

interface Row extends Omit<StockRow, "merchant" | "figures"> {
	merchantId: string;
	merchantName: string;
	figures: StockRow["figures"] | null;
}

const ofPage = { merchant: `page."merchantId"`, sku: `page."sku"` };

/** Stock summed over the locations of each merchant's warehouses, by merchant and SKU. */
export async function listInventory(
	scope: Scope,
	filters: PageInput & { search?: string | undefined; merchantId?: string | undefined },
): Promise<Page<StockRow>> {
	const conditions = new Conditions();
	conditions.add(`l."accountId" = ?`, scope.accountId);
	conditions.add(`l."merchantId" = ?`, scope.merchantId ?? filters.merchantId);
	if (filters.search) conditions.add(`lower(l."sku") like ?`, startsWith(filters.search));
	if (filters.after) {
		const [merchantId, ...sku] = filters.after.split("/");
		conditions.add(
			`(l."merchantId", l."sku") > (split_part(?, '/', 1), substr(?, strpos(?, '/') + 1))`,
			`${merchantId}/${sku.join("/")}`,
		);
	}
	const rows = await transact(scope, (tx) =>
		tx.sql<Row>(
			`with page as (
			   select l."merchantId", l."sku", sum(l."available")::bigint as "available", sum(l."onHand")::bigint as "onHand",
			     sum(l."locked")::bigint as "locked", sum(l."incoming")::bigint as "incoming", max(l."takenAt") as "takenAt"
			   from "InventoryLevel" l where ${conditions.where}
			   group by l."merchantId", l."sku" order by l."merchantId", l."sku" limit ${filters.limit + 1})
			 select page."merchantId", page."sku", page."available", page."onHand", page."locked", page."takenAt",
			   greatest(page."incoming", coalesce((${expectedUnits("true", ofPage)}), 0))::bigint as "incoming",
			   coalesce((${notPutAwayUnits("true", ofPage)}), 0)::int as "notPutAway", m."name" as "merchantName", coalesce(p."name", '') as "name",
			   (select json_agg(json_build_object('cart', c."name", 'quantity', f."quantity", 'state', f."state") order by c."name")
			    from "InventoryFigure" f join "Connection" c on c."accountId" = f."accountId" and c."id" = f."connectionId"
			    where f."accountId" = $1 and f."merchantId" = page."merchantId" and f."sku" = page."sku") as "figures"
			 from page join "Merchant" m on m."accountId" = $1 and m."id" = page."merchantId"
			 left join "Product" p on p."accountId" = $1 and p."merchantId" = page."merchantId" and p."sku" = page."sku"
			 order by page."merchantId", page."sku"`,
			conditions.values,
		),
	);
	return cutPage(rows, filters.limit, {
		key: (row) => `${row.merchantId}/${row.sku}`,
		item: ({ merchantId, merchantName, figures, ...row }) => ({
			...row,
			merchant: { id: merchantId, name: merchantName },
			figures: figures ?? [],
		}),
	});
}
