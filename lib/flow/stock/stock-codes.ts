/** What one cart calls the items it is told about, and which of them are kits that the warehouse does not keep whole. */
import { type Kit, masterSku } from "@/lib/canonical/item-codes";
import type { Transaction } from "@/lib/db/transact";
import { type Filters, isFiltered } from "../intake/filters";
import { loadItemCodes, partsOf } from "../prepare/item-codes";
import type { Owner } from "./read-rules";

export interface StockCodes {
	/** Null: the cart is not told of it, as it has no code of the wanted type or an item filter keeps it back. */
	codeOf(sku: string): string | null;
	/** Of an item without a code: what stands in the way. */
	whyUntold(sku: string): string;
}

export async function readCodes(
	tx: Transaction,
	owner: Owner,
	cart: { connectionId: string; pushInventoryAs: string; filters: Filters },
): Promise<StockCodes> {
	const tenant = [owner.accountId, owner.merchantId];
	const mapped = await tx.sql<{ code: string; sku: string }>(
		`select "code", "sku" from "ItemMapping" where "accountId" = $1 and "merchantId" = $2 and "connectionId" = $3`,
		[...tenant, cart.connectionId],
	);
	const type = cart.pushInventoryAs === masterSku ? "" : cart.pushInventoryAs;
	const aliases =
		type === ""
			? []
			: await tx.sql<{ code: string; sku: string }>(
					`select "code", "sku" from "ItemAlias" where "accountId" = $1 and "merchantId" = $2 and "name" = $3`,
					[...tenant, type],
				);
	return namesOf({ mapped, aliases, type, filters: cart.filters });
}

interface Pair {
	code: string;
	sku: string;
}

/**
 * The cart's own mapping first, then the alias of the wanted type, else the SKU itself. A code that the cart uses for
 * another item is nobody else's name: the cart would take one item's figure for the other's.
 */
export function namesOf(known: { mapped: Pair[]; aliases: Pair[]; type: string; filters: Filters }): StockCodes {
	const { type, filters } = known;
	const own = new Map(known.mapped.map(({ code, sku }) => [sku, code]));
	const meant = new Map(known.mapped.map(({ code, sku }) => [code, sku]));
	const ofType = new Map(known.aliases.map(({ code, sku }) => [sku, code]));
	const named = (sku: string) => own.get(sku) ?? (type === "" ? sku : (ofType.get(sku) ?? null));
	const otherOf = (sku: string) => {
		const other = meant.get(named(sku) ?? "");
		return other === sku ? undefined : other;
	};
	const isKept = (sku: string) => isFiltered(filters.items, named(sku) ?? sku);
	return {
		codeOf: (sku) => (isKept(sku) || otherOf(sku) !== undefined ? null : named(sku)),
		whyUntold: (sku) => {
			if (isKept(sku)) return "the cart's Item Filters keep it back";
			const other = otherOf(sku);
			return other === undefined
				? `it has no code of the type "${type}"`
				: `the cart means ${other} by ${named(sku)}, which is mapped to it`;
		},
	};
}

/** Parts by kit, of kits that the warehouse does not keep whole. */
export async function readKits(tx: Transaction, owner: Owner): Promise<ReadonlyMap<string, Kit["parts"]>> {
	const kits = await tx.sql<{ code: string; parts: Kit["parts"] }>(
		`select "code", "parts" from "ItemKit" where "accountId" = $1 and "merchantId" = $2 and "mode" = 'explode'`,
		[owner.accountId, owner.merchantId],
	);
	return new Map(kits.map(({ code, parts }) => [code, parts]));
}

export interface SoldLine {
	/** As the cart wrote it. */
	sku: string;
	connectionId: string;
	units: number;
	createdAt: Date;
	deliveredAt: Date | null;
}

/** The same in the warehouse's items: mapped, translated, and kits in their parts. */
export async function inWarehouseItems(tx: Transaction, owner: Owner, sold: SoldLine[]): Promise<SoldLine[]> {
	if (sold.length === 0) return [];
	const { accountId, merchantId } = owner;
	const carts = await tx.sql<{ id: string; type: string | null }>(
		`select "id", "options" ->> 'translateItemCode' as "type" from "Connection"
		 where "accountId" = $1 and "merchantId" = $2 and "side" = 'source'`,
		[accountId, merchantId],
	);
	const types = new Map(carts.map(({ id, type }) => [id, type ?? ""]));
	const lines = sold.map(({ sku, connectionId }) => ({ code: sku, connectionId }));
	const page = await loadItemCodes(tx, { accountId, merchantId, lines });
	const codes = new Map(carts.map(({ id }) => [id, page.of(id)]));
	return sold.flatMap((line) => {
		const known = codes.get(line.connectionId);
		if (!known) return [line];
		const translate = types.get(line.connectionId) ?? "";
		return partsOf(known, translate, line.sku).map(({ sku, per }) => ({ ...line, sku, units: line.units * per }));
	});
}
