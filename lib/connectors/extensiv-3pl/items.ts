/** The merchant's items: read page by page, looked for by SKU, and added. */
import { z } from "zod";
import type { Product } from "@/lib/canonical/catalogue";
import type { Measured } from "@/lib/canonical/units";
import { reader } from "../kit/define";
import { ConnectorError } from "../kit/fault";
import type { Context, Creator, Read, Written } from "../kit/types";
import { fromLocal } from "../kit/zone";
import { type CustomerItem, customerItem, itemList, type Physical, rels } from "./api";
import { broken, hal, refusal } from "./calls";
import { rqlValue } from "./rql";
import type { ExtensivSettings } from "./settings";

/** The system allows no more items per page; their ids in one query stay far below what a URL may hold. */
const itemsPerPage = 100;

export const pageCursor = z.strictObject({ page: z.int().positive() });

/** One page of the merchant's items, whatever is readable of each. */
export async function itemPage(context: Context<ExtensivSettings>, page: number, rql?: string) {
	const { data, exchangeId } = await context.http.get(`/customers/${context.settings.customerId}/items`, {
		schema: itemList,
		headers: hal,
		query: { pgsiz: itemsPerPage, pgnum: page, sort: "readOnly.itemId", rql },
	});
	const raw = data._embedded?.[rels.customerItem] ?? [];
	const more = raw.length > 0 && page * itemsPerPage < data.totalResults;
	return { raw, total: data.totalResults, more, next: { page: more ? page + 1 : 1 }, exchangeId };
}

export const readProducts = reader<ExtensivSettings, Product, z.output<typeof pageCursor>>({
	cursor: pageCursor,
	async *read(context, { cursor }) {
		const { ignoreInactive } = context.settings;
		for (let at = cursor ?? { page: 1 }, more = true; more; ) {
			const items = await itemPage(context, at.page);
			const records = items.raw.flatMap((raw): Read<Product>[] => {
				const parsed = customerItem.safeParse(raw);
				if (!parsed.success) return [broken(raw, parsed.error, ["readOnly", "itemId"])];
				if (ignoreInactive && parsed.data.readOnly.deactivated) return [];
				return [toProduct(context, parsed.data, raw)];
			});
			({ more, next: at } = items);
			yield { records, next: at, total: items.total };
		}
	},
});

function toProduct({ settings, now }: Context<ExtensivSettings>, item: CustomerItem, raw: unknown): Read<Product> {
	const { sku, upc, description, description2, readOnly, options } = item;
	const sourceId = String(readOnly.itemId);
	const tracked = options?.trackBys?.trackLotNumber;
	const value: Product = {
		sku,
		name: description ?? "",
		externalId: sourceId,
		...(description2 && { description: description2 }),
		...(upc && { aliases: [{ name: "UPC", code: upc }] }),
		measures: measuresIn(item),
		active: !readOnly.deactivated,
		...(typeof tracked === "number" && { lotTracked: tracked > 0 }),
	};
	const changedAt = fromLocal(readOnly.lastModifiedDate, settings.timeZone) ?? now();
	return { ok: true, sourceId, changedAt, value, raw };
}

/** An item states its size twice; zeros stand for what nobody entered. That metric means kg and cm is inferred. */
function measuresIn({ options }: CustomerItem): Measured[] {
	const { metric, imperial } = options?.packageUnit ?? {};
	const of = (physical: Physical | null | undefined, units: Pick<Measured, "massUnit" | "lengthUnit">): Measured[] => {
		const known = Object.entries(physical ?? {}).filter(([, value]) => typeof value === "number" && value > 0);
		return known.length > 0 ? [{ ...Object.fromEntries(known), ...units }] : [];
	};
	return [...of(metric, { massUnit: "kg", lengthUnit: "cm" }), ...of(imperial, { massUnit: "lb", lengthUnit: "in" })];
}

/** As little as is needed to recognise an item. */
const known = z.object({ sku: z.string(), readOnly: z.object({ itemId: z.number() }) });

/** That this list can be narrowed is inferred; where it cannot be, it is walked to its end. */
async function find(context: Context<ExtensivSettings>, sku: string): Promise<Written | null> {
	for (let page = 1, more = true; more; page++) {
		const items = await itemPage(context, page, `sku==${rqlValue(sku)}`);
		for (const raw of items.raw) {
			const { data } = known.safeParse(raw);
			if (data?.sku === sku)
				return {
					...{ externalId: String(data.readOnly.itemId), externalNumber: data.sku },
					...{ existed: true, exchangeId: items.exchangeId },
				};
		}
		more = items.more;
	}
	return null;
}

export const addProduct: Creator<ExtensivSettings, Product> = {
	find,
	async create(context, { key, value, attempt }): Promise<Written> {
		const before = attempt > 1 ? await find(context, key) : null;
		if (before) return before;
		const path = `/customers/${context.settings.customerId}/items`;
		const body = toItem(key, value, context.settings.inventoryUnit);
		try {
			const { data, exchangeId } = await context.http.send("POST", path, body, {
				schema: known,
				headers: hal,
				fault: refusal,
			});
			return { externalId: String(data.readOnly.itemId), externalNumber: data.sku, existed: false, exchangeId };
		} catch (error) {
			const found = isDouble(error) ? await find(context, key) : null;
			if (found) return found;
			throw error;
		}
	},
};

function isDouble(error: unknown): boolean {
	return error instanceof ConnectorError && error.fault.kind === "permanent" && error.fault.code === "Duplicate";
}

/** One block of sizes, in the channel's units: the system works out the other. */
function toItem(sku: string, { name, description, aliases, measures, lotTracked }: Product, unit: string) {
	const [told] = measures ?? [];
	const { massUnit, lengthUnit: _, ...physical } = told ?? {};
	const upc = aliases?.find((alias) => alias.name === "UPC")?.code;
	return {
		sku,
		description: name || sku,
		...(description && { description2: description }),
		...(upc && { upc }),
		options: {
			inventoryUnit: { unitIdentifier: { name: unit }, inventoryMethod: 1 },
			...(Object.keys(physical).length > 0 && {
				packageUnit: { [massUnit === "lb" ? "imperial" : "metric"]: physical },
			}),
			trackBys: { trackLotNumber: lotTracked ? 1 : 0 },
		},
	};
}
