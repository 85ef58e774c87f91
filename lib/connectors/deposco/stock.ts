import { z } from "zod";
import type { InventoryLevel } from "@/lib/canonical/inventory";
import { reader } from "../kit/define";
import { ConnectorError } from "../kit/fault";
import type { Read } from "../kit/types";
import { broken, collection, type DeposcoContext, failureInside, refusal, under } from "./calls";
import { listOf, nilText } from "./legacy/api";
import type { DeposcoSettings } from "./settings";

/** Where the integration API is, and what proves who we are there. Version 2 reads its stock there, too. */
export function integration({ settings }: DeposcoContext): { url: string; headers: Record<string, string> } {
	const { integrationUrl, userName, password, tenantCode } = settings;
	if (integrationUrl === "" || userName === "" || password === "")
		throw new ConnectorError(
			{ kind: "permanent", code: "no-integration", field: "integrationUrl" },
			"Stock needs the integration address with its user and password. Enter them in the connection's settings.",
		);
	const Authorization = `Basic ${Buffer.from(`${userName}:${password}`).toString("base64")}`;
	return {
		url: integrationUrl.replace(/\/$/, ""),
		headers: { Authorization, ...(tenantCode && { "X-Tenant-Code": tenantCode }) },
	};
}

const count = z.coerce.number();
const facilityStock = z.object({
	facility: z.string().min(1),
	inventory: z.object({ total: count, availableToPromise: count, unallocated: count, allocated: count.nullish() }),
});
const itemStock = z.object({
	itemNumber: z.string().min(1),
	businessUnit: nilText,
	facilityInventory: listOf(facilityStock),
});
const stockAnswer = z.object({ itemInventory: listOf(z.unknown()) });

/** Pages end with an empty one. Asked without a time, so that it is the whole stock. */
export async function stockPage(context: DeposcoContext, pageNo: number): Promise<unknown[]> {
	const { url, headers } = integration(context);
	const { data } = await context.http.get(`${url}/inventory/full`, {
		schema: stockAnswer,
		query: { pageNo },
		headers,
		authorized: false,
		fault: failureInside,
	});
	return data.itemInventory;
}

const pageCursor = z.strictObject({ page: z.int().positive() });

/** Version 2 has no stock on hand, so both generations read the integration API. */
export const inventory = reader<DeposcoSettings, InventoryLevel, z.output<typeof pageCursor>>({
	cursor: pageCursor,
	async *read(context, { cursor }) {
		const takenAt = context.now();
		let before = "";
		for (let page = cursor?.page ?? 1; ; page++) {
			const raw = await stockPage(context, page);
			// A system that does not know about pages gives the same one for ever.
			const first = JSON.stringify(raw[0] ?? null);
			if (raw.length === 0 || first === before) {
				yield { records: [], next: { page: 1 } };
				return;
			}
			before = first;
			yield { records: raw.flatMap((one) => levelsOf(context, one, takenAt)), next: { page: page + 1 } };
		}
	},
});

function levelsOf({ settings }: DeposcoContext, raw: unknown, takenAt: Date): Read<InventoryLevel>[] {
	const parsed = itemStock.safeParse(raw);
	if (!parsed.success) return [broken(raw, parsed.error, under(raw, "itemNumber"))];
	const { itemNumber: sku, businessUnit, facilityInventory } = parsed.data;
	if (businessUnit !== "" && businessUnit !== settings.businessUnit) return [];
	const places = facilityInventory.filter(({ facility }) => !settings.facility || facility === settings.facility);
	return places.map(({ facility: location, inventory: stock }): Read<InventoryLevel> => {
		const available = whole(stock[settings.stockField]);
		const [onHand, locked] = [whole(stock.total), whole(stock.allocated ?? 0)];
		const value = { sku, location, available, availableStated: true, onHand, locked, incoming: 0, takenAt };
		return { ok: true, sourceId: `${location}/${sku}`, changedAt: takenAt, value, raw };
	});
}

/** Stock may be a fraction or, for a moment, below nothing; what can be sold is whole units. */
function whole(value: number): number {
	return Math.min(1_000_000_000, Math.max(0, Math.floor(value)));
}

const facility = z.object({ number: nilText, name: nilText });

/** Version 2 lists facilities; with the integration API they are those that the first page of stock names. */
export async function facilities(context: DeposcoContext): Promise<{ externalId: string; name: string }[]> {
	if (context.settings.generation === "latest") {
		const { data } = await context.http.get("/facilities", { schema: collection, fault: refusal });
		return data.data.flatMap((raw) => {
			const { number = "", name = "" } = facility.safeParse(raw).data ?? {};
			return number || name ? [{ externalId: number || name, name: name || number }] : [];
		});
	}
	const rows = (await stockPage(context, 1)).flatMap((raw) => itemStock.safeParse(raw).data?.facilityInventory ?? []);
	return [...new Set(rows.map((one) => one.facility))].sort().map((name) => ({ externalId: name, name }));
}
