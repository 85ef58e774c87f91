/** A merchant's item codes, as far as one page of orders needs them: looked up by code, never read whole. */
import type { Kit } from "@/lib/canonical/item-codes";
import type { Transaction } from "@/lib/db/transact";

/** What the steps may know of item codes. */
export interface ItemCodes {
	/** The warehouse's code by the cart's, of the order's own cart. */
	mapped: ReadonlyMap<string, string>;
	/** The warehouse's code by any alias of the merchant. */
	skuOf: ReadonlyMap<string, string>;
	/** Aliases by type, by the warehouse's code. */
	aliases: ReadonlyMap<string, Record<string, string>>;
	kits: ReadonlyMap<string, Kit>;
	/** Those of the codes that the warehouse said it keeps; null where it was never asked or nobody wants to know. */
	known: ReadonlySet<string> | null;
}

export interface PageOfCodes {
	of(connectionId: string): ItemCodes;
}

/** The cart's own mapping first, then any alias of the merchant where aliases are translated, else the code as it is. */
export function warehouseSku(codes: ItemCodes, translate: string, code: string): string {
	return codes.mapped.get(code) ?? (translate ? codes.skuOf.get(code) : undefined) ?? code;
}

/** What the warehouse packs for one of an item: itself, or a kit's parts. */
export function partsOf(codes: ItemCodes, translate: string, code: string): { sku: string; per: number }[] {
	const sku = warehouseSku(codes, translate, code);
	const kit = codes.kits.get(sku);
	if (kit?.mode !== "explode") return [{ sku, per: 1 }];
	return kit.parts.map((part) => ({ sku: part.sku, per: part.quantity }));
}

interface Asked {
	accountId: string;
	merchantId: string;
	/** Codes as the carts wrote them, with the cart each is from. */
	lines: { connectionId: string; code: string }[];
	/** The warehouse whose stock says what it knows; absent where no order would wait for that. */
	warehouseId?: string | undefined;
}

export async function loadItemCodes(tx: Transaction, asked: Asked): Promise<PageOfCodes> {
	const codes = [...new Set(asked.lines.map(({ code }) => code))];
	const tenant = [asked.accountId, asked.merchantId];
	const found = await tx.sql<{ connectionId: string | null; code: string; sku: string }>(
		`select "connectionId", "code", "sku" from "ItemMapping"
		 where "accountId" = $1 and "merchantId" = $2 and "connectionId" = any($4) and "code" = any($3)
		 union all select null, "code", "sku" from "ItemAlias" where "accountId" = $1 and "merchantId" = $2 and "code" = any($3)`,
		[...tenant, codes, [...new Set(asked.lines.map(({ connectionId }) => connectionId))]],
	);
	const kits = await readKits(tx, asked, [...new Set([...codes, ...found.map(({ sku }) => sku)])]);
	const parts = [...kits.values()].flatMap((kit) => kit.parts.map(({ sku }) => sku));
	const skus = [...new Set([...codes, ...found.map(({ sku }) => sku), ...parts])];
	const aliases = await readAliases(tx, asked, skus);
	const known = asked.warehouseId === undefined ? null : await readKnown(tx, asked, asked.warehouseId, skus);
	const skuOf = new Map(found.filter((row) => row.connectionId === null).map((row) => [row.code, row.sku]));
	const mappedFor = (cart: string) =>
		new Map(found.filter(({ connectionId }) => connectionId === cart).map((row) => [row.code, row.sku]));
	const byCart = new Map<string, ItemCodes>();
	return {
		of: (connectionId) => {
			const codes = byCart.get(connectionId) ?? { skuOf, aliases, kits, known, mapped: mappedFor(connectionId) };
			byCart.set(connectionId, codes);
			return codes;
		},
	};
}

async function readKits(tx: Transaction, { accountId, merchantId }: Asked, codes: string[]): Promise<Map<string, Kit>> {
	const rows = await tx.sql<Kit & { code: string }>(
		`select "code", "parts", "mode", "partial" from "ItemKit" where "accountId" = $1 and "merchantId" = $2 and "code" = any($3)`,
		[accountId, merchantId, codes],
	);
	return new Map(rows.map(({ code, ...kit }) => [code, kit]));
}

/** Each code is looked up by itself: a merchant's 20,000 aliases would else be walked whole for every page. */
async function readAliases(tx: Transaction, { accountId, merchantId }: Asked, skus: string[]) {
	const rows = await tx.sql<{ sku: string; names: Record<string, string> | null }>(
		`select asked."sku", (select json_object_agg(a."name", a."code") from "ItemAlias" a
		   where a."accountId" = $1 and a."merchantId" = $2 and a."sku" = asked."sku") as "names"
		 from unnest($3::text[]) as asked("sku")`,
		[accountId, merchantId, skus],
	);
	return new Map(rows.flatMap(({ sku, names }) => (names ? [[sku, names] as const] : [])));
}

async function readKnown(
	tx: Transaction,
	{ accountId }: Asked,
	warehouseId: string,
	skus: string[],
): Promise<Set<string> | null> {
	const rows = await tx.sql<{ sku: string }>(
		`select distinct "sku" from "InventoryLevel" where "accountId" = $1 and "connectionId" = $2 and "sku" = any($3)`,
		[accountId, warehouseId, skus],
	);
	if (rows.length > 0) return new Set(rows.map(({ sku }) => sku));
	const [any] = await tx.sql(`select 1 from "InventoryLevel" where "accountId" = $1 and "connectionId" = $2 limit 1`, [
		accountId,
		warehouseId,
	]);
	return any ? new Set() : null;
}
