import type { z } from "zod";
import type { CsvFile } from "@/lib/api/contract/export";
import type { stockRulesContract } from "@/lib/api/contract/stock-rules";
import { skuRule } from "@/lib/canonical/stock-rules";
import type { Scope } from "@/lib/db/scope";
import { transact } from "@/lib/db/transact";
import { exportTable } from "../export-table";
import { Conditions, cutPage, type PageInput, startsWith } from "../page";
import { ownerOf } from "./rule-rows";

type Listed = z.input<NonNullable<(typeof stockRulesContract.listSkus)["~orpc"]["outputSchema"]>>;
interface Which {
	search?: string | undefined;
	connectionId?: string | undefined;
}
interface Row {
	connectionId: string;
	cart: string;
	sku: string;
	safetyStock: number | null;
	cap: number | null;
	updatedAt: Date;
}

/** What differs for single SKUs, by SKU and cart. */
export async function listSkuRules(scope: Scope, merchantId: string, which: Which & PageInput): Promise<Listed> {
	const conditions = new Conditions();
	conditions.add(`r."accountId" = ?`, scope.accountId);
	conditions.add(`r."merchantId" = ?`, merchantId);
	conditions.add(`r."connectionId" = ?`, which.connectionId);
	if (which.search) conditions.add(`lower(r."sku") like ?`, startsWith(which.search));
	conditions.add(`(r."sku", r."connectionId") > (substr(?, strpos(?, '/') + 1), split_part(?, '/', 1))`, which.after);
	const rows = await transact(scope, async (tx) => {
		await ownerOf(tx, scope, merchantId);
		return tx.sql<Row>(
			`select r."connectionId", c."name" as "cart", r."sku", r."safetyStock", r."cap", r."updatedAt" from "StockRule" r
			 join "Connection" c on c."accountId" = r."accountId" and c."id" = r."connectionId" and c."archivedAt" is null
			 where ${conditions.where} and r."sku" <> '' order by r."sku", r."connectionId" limit ${which.limit + 1}`,
			conditions.values,
		);
	});
	return cutPage(rows, which.limit, {
		key: (row) => `${row.connectionId}/${row.sku}`,
		item: ({ cart, updatedAt, ...rule }) => ({ rule: skuRule.parse({ kind: "sku", ...rule }), cart, updatedAt }),
	});
}

/** The same as the import reads it again. */
export function exportSkuRules(scope: Scope, merchantId: string, which: Which): Promise<CsvFile> {
	return exportTable(scope, {
		table: "stock-rules",
		filter: { merchantId, ...which },
		page: (asked) => listSkuRules(scope, merchantId, { ...which, ...asked }),
		columns: [
			["SKU", ({ rule }) => rule.sku],
			["Cart", ({ cart }) => cart],
			["Safety stock", ({ rule }) => rule.safetyStock],
			["Cap", ({ rule }) => rule.cap],
		],
	});
}
