import type { z } from "zod";
import type { itemsContract } from "@/lib/api/contract/items";
import { type ItemKind, itemRow, partsText } from "@/lib/canonical/item-codes";
import type { Scope } from "@/lib/db/scope";
import { transact } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import { csvRow } from "../csv";
import { cutPage, type PageInput } from "../page";
import { itemColumns, kitWords } from "./import-items";
import { rowColumns, tables } from "./item-rows";

type Listed = z.input<NonNullable<(typeof itemsContract.list)["~orpc"]["outputSchema"]>>;
interface Which {
	kind: ItemKind;
	search?: string | undefined;
	connectionId?: string | undefined;
}
interface Row {
	id: string;
	row: unknown;
	code: string;
	cart: string | null;
	updatedAt: Date;
}

/** Rows of one kind, by code. The search finds the beginning of a code, of what it leads to, or of a type. */
export async function listItems(scope: Scope, merchantId: string, which: Which & PageInput): Promise<Listed> {
	const rows = await readRows(scope, merchantId, which, { after: which.after ?? "", limit: which.limit + 1 });
	return cutPage(rows, which.limit, {
		key: ({ code, id }) => `${code}\n${id}`,
		item: ({ id, row, cart, updatedAt }) => ({ id, row: itemRow.parse(row), cart, updatedAt }),
	});
}

/** All rows of one kind, as the import reads them again. */
export async function exportItems(scope: Scope, merchantId: string, which: Which): Promise<File> {
	const rows = await readRows(scope, merchantId, which, { after: "", limit: 200_000 });
	const text = rows.map(({ row }) => csvRow(cellsOf(row))).join("");
	const name = { mapping: "sku-mappings", alias: "aliases", kit: "kits" }[which.kind];
	return new File([csvRow(itemColumns[which.kind]) + text], `${name}.csv`, { type: "text/csv;charset=utf-8" });
}

function cellsOf(stored: unknown): unknown[] {
	const row = itemRow.parse(stored);
	if (row.kind === "mapping") return [row.code, row.sku];
	if (row.kind === "alias") return [row.name, row.code, row.sku];
	return [row.code, partsText(row.parts), kitWords[row.mode], kitWords[row.partial]];
}

function readRows(
	scope: Scope,
	merchantId: string,
	which: Which,
	page: { after: string; limit: number },
): Promise<Row[]> {
	const { kind } = which;
	const [code = "", id = ""] = page.after.split("\n");
	const found = {
		mapping: `i."sku" ilike $4 || '%'`,
		alias: `i."sku" ilike $4 || '%' or i."name" ilike $4 || '%'`,
		kit: `i."parts"::text ilike '%' || $4 || '%'`,
	}[kind];
	const cart =
		kind === "mapping"
			? `(select c."name" from "Connection" c where c."accountId" = i."accountId" and c."id" = i."connectionId")`
			: "null::text";
	const onlyCart = kind === "mapping" ? `($8::text is null or i."connectionId" = $8)` : "$8::text is null or true";
	return transact(scope, async (tx) => {
		const [merchant] = await tx.sql(
			`select 1 from "Merchant" where "accountId" = $1 and "id" = $2 and ($3::text is null or "id" = $3)`,
			[scope.accountId, merchantId, scope.merchantId ?? null],
		);
		if (!merchant) throw new AppError("not-found", { thing: "merchant" });
		return tx.sql<Row>(
			`select ${rowColumns[kind]}, i."code", ${cart} as "cart", i."updatedAt" from "${tables[kind]}" i
			 where i."accountId" = $1 and i."merchantId" = $2 and ($4 = '' or i."code" ilike $4 || '%' or ${found})
			   and (i."code", i."id") > ($5, $6) and (${onlyCart}) and ($3::text is null or i."merchantId" = $3)
			 order by i."code", i."id" limit $7`,
			[
				...[scope.accountId, merchantId, scope.merchantId ?? null],
				...[(which.search ?? "").replace(/[\\%_]/g, "\\$&"), code, id, page.limit, which.connectionId ?? null],
			],
		);
	});
}
