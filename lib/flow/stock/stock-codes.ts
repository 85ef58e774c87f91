/** What one cart calls the items it is told about, and which of them are kits that the warehouse does not keep whole. */
import { type Kit, masterSku } from "@/lib/canonical/item-codes";
import { isFiltered } from "../intake/filters";
import { loadItemCodes, partsOf } from "../prepare/item-codes";
import type { Commit, FlowWork } from "../work";

export interface StockCodes {
	/** Parts by kit. */
	kits: ReadonlyMap<string, Kit["parts"]>;
	/** Null: the cart is not told of it, as it has no code of the wanted type or an item filter keeps it back. */
	codeOf(sku: string): string | null;
	/** Of an item without a code: what stands in the way. */
	whyUntold(sku: string): string;
}

export async function readStockCodes(tx: Commit, work: FlowWork, pushInventoryAs: string): Promise<StockCodes> {
	const tenant = [work.scope.accountId, work.scope.merchantId];
	const mapped = await tx.sql<{ code: string; sku: string }>(
		`select "code", "sku" from "ItemMapping" where "accountId" = $1 and "merchantId" = $2 and "connectionId" = $3`,
		[...tenant, work.connection.id],
	);
	const type = pushInventoryAs === masterSku ? "" : pushInventoryAs;
	const aliases =
		type === ""
			? []
			: await tx.sql<{ code: string; sku: string }>(
					`select "code", "sku" from "ItemAlias" where "accountId" = $1 and "merchantId" = $2 and "name" = $3`,
					[...tenant, type],
				);
	const kits = await tx.sql<{ code: string; parts: Kit["parts"] }>(
		`select "code", "parts" from "ItemKit" where "accountId" = $1 and "merchantId" = $2 and "mode" = 'explode'`,
		tenant,
	);
	const own = new Map(mapped.map(({ code, sku }) => [sku, code]));
	const ofType = new Map(aliases.map(({ code, sku }) => [sku, code]));
	const named = (sku: string) => own.get(sku) ?? (type === "" ? sku : (ofType.get(sku) ?? null));
	const isKept = (sku: string) => isFiltered(work.connection.filters.items, named(sku) ?? sku);
	return {
		kits: new Map(kits.map(({ code, parts }) => [code, parts])),
		codeOf: (sku) => (isKept(sku) ? null : named(sku)),
		whyUntold: (sku) => (isKept(sku) ? "the cart's Item Filters keep it back" : `it has no code of the type "${type}"`),
	};
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
export async function inWarehouseItems(tx: Commit, work: FlowWork, sold: SoldLine[]): Promise<SoldLine[]> {
	if (sold.length === 0) return [];
	const { accountId, merchantId } = work.scope;
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
