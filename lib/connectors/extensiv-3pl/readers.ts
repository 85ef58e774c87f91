import { z } from "zod";
import type { Product } from "@/lib/canonical/catalogue";
import type { InventoryLevel } from "@/lib/canonical/inventory";
import type { Shipment } from "@/lib/canonical/shipment";
import { reader } from "../kit/define";
import type { Read } from "../kit/types";
import { customerItem, itemList, orderList, rels, stockSummaries, stockSummary, wmsOrder } from "./api";
import { hal } from "./calls";
import { toShipment } from "./map";
import { parseTime, rqlTime } from "./rql";
import type { ExtensivSettings } from "./settings";

/** Orders may be closed with a time a little in the past, and several within one second: read that much again. */
const overlapMs = 2 * 60_000;

/** `since` is the latest close time stored; `page` continues a read that was cut. */
const shipmentCursor = z.object({ since: z.string(), page: z.int().positive(), newest: z.string() });

export const shipments = reader<ExtensivSettings, Shipment, z.output<typeof shipmentCursor>>({
	cursor: shipmentCursor,
	async *read(context, { cursor, from }) {
		const start = rqlTime(from ?? new Date(0));
		let at = cursor ?? { since: start, page: 1, newest: start };
		for (let more = true; more; ) {
			const lower = rqlTime(new Date(Math.max(0, (parseTime(at.since)?.getTime() ?? 0) - (cursor ? overlapMs : 0))));
			const { data } = await context.http.get("/orders", {
				schema: orderList,
				headers: hal,
				query: {
					pgsiz: 250,
					pgnum: at.page,
					sort: "readOnly.processDate,readOnly.orderId",
					detail: "OrderItems,Packages",
					rql: `readonly.isclosed==true;readonly.customerIdentifier.id==${context.settings.customerId};readonly.processDate=ge=${lower}`,
				},
			});
			const raw = data._embedded?.[rels.order] ?? [];
			const records = raw.map(readShipment);
			const newest = records.reduce(
				(last, record) => (record.ok && rqlTime(record.changedAt) > last ? rqlTime(record.changedAt) : last),
				at.newest,
			);
			more = at.page * 250 < data.totalResults;
			// `since` moves only at the end: pages of one read are counted from the same beginning.
			at = more ? { since: at.since, page: at.page + 1, newest } : { since: newest, page: 1, newest };
			yield { records, next: at, total: data.totalResults };
		}
	},
});

function readShipment(raw: unknown): Read<Shipment> {
	const parsed = wmsOrder.safeParse(raw);
	if (!parsed.success) return broken(raw, parsed.error);
	try {
		const value = toShipment(parsed.data);
		return { ok: true, sourceId: value.externalId, changedAt: value.shippedAt, value, raw };
	} catch (error) {
		return {
			ok: false,
			sourceId: String(parsed.data.readOnly.orderId),
			problem: error instanceof Error ? error.message : "is not usable",
			raw,
		};
	}
}

const looseId = z.object({ readOnly: z.object({ orderId: z.number() }) });

function broken<T>(raw: unknown, error: z.ZodError): Read<T> {
	const issue = error.issues[0];
	const id = looseId.safeParse(raw);
	const field = issue?.path.join(".") ?? "";
	return {
		ok: false,
		sourceId: id.success ? String(id.data.readOnly.orderId) : "?",
		field,
		problem: `${field} ${issue?.message ?? "is not usable"}`,
		raw,
	};
}

/** A whole reading of the stock; the moment it began is the moment all its levels are taken at. */
const pageCursor = z.object({ takenAt: z.string(), page: z.int().positive() });

export const inventory = reader<ExtensivSettings, InventoryLevel, z.output<typeof pageCursor>>({
	cursor: pageCursor,
	async *read(context) {
		const takenAt = context.now();
		const { customerId } = context.settings;
		// A SKU has one row per qualifier; rows of one SKU and facility may lie on two pages, so all are summed first.
		const levels = new Map<string, InventoryLevel>();
		const bad: Read<InventoryLevel>[] = [];
		for (let page = 1, more = true; more; page++) {
			const { data } = await context.http.get("/inventory/stocksummaries", {
				schema: stockSummaries,
				headers: hal,
				query: { pgsiz: 500, pgnum: page, rql: `customerIdentifier.id==${customerId}` },
			});
			for (const raw of data.summaries) addSummary(raw, takenAt, levels, bad);
			more = page * 500 < data.totalResults;
		}
		const good = [...levels.values()].map(
			(value): Read<InventoryLevel> => ({
				ok: true,
				sourceId: `${value.location}/${value.sku}`,
				changedAt: takenAt,
				value,
				raw: null,
			}),
		);
		const all = [...bad, ...good];
		const pages = Math.max(1, Math.ceil(all.length / 1000));
		for (let page = 1; page <= pages; page++) {
			const records = all.slice((page - 1) * 1000, page * 1000);
			yield { records, next: { takenAt: takenAt.toISOString(), page }, total: all.length };
		}
	},
});

function addSummary(
	raw: unknown,
	takenAt: Date,
	levels: Map<string, InventoryLevel>,
	bad: Read<InventoryLevel>[],
): void {
	const parsed = stockSummary.safeParse(raw);
	if (!parsed.success) {
		const field = parsed.error.issues[0]?.path.join(".") ?? "";
		bad.push({
			ok: false,
			sourceId: "?",
			field,
			problem: `${field} ${parsed.error.issues[0]?.message ?? "is not usable"}`,
			raw,
		});
		return;
	}
	const row = parsed.data;
	const location = String(row.facilityId);
	const key = `${location}/${row.itemIdentifier.sku}`;
	const known = levels.get(key);
	const count = (value: number) => Math.max(0, Math.trunc(value));
	levels.set(key, {
		sku: row.itemIdentifier.sku,
		location,
		available: (known?.available ?? 0) + count(row.available),
		availableStated: true,
		onHand: (known?.onHand ?? 0) + count(row.onHand),
		locked: (known?.locked ?? 0) + count(row.onHold ?? 0),
		incoming: 0,
		takenAt,
	});
}

export const products = reader<ExtensivSettings, Product, z.output<typeof pageCursor>>({
	cursor: pageCursor,
	async *read(context) {
		for (let page = 1, more = true; more; page++) {
			const { data } = await context.http.get(`/customers/${context.settings.customerId}/items`, {
				schema: itemList,
				headers: hal,
				query: { pgsiz: 100, pgnum: page, sort: "readOnly.itemId" },
			});
			more = page * 100 < data.totalResults;
			const records = (data._embedded?.[rels.customerItem] ?? []).map((raw): Read<Product> => {
				const parsed = customerItem.safeParse(raw);
				if (!parsed.success)
					return { ok: false, sourceId: "?", problem: parsed.error.issues[0]?.message ?? "is not usable", raw };
				const { sku, description, readOnly } = parsed.data;
				return {
					ok: true,
					sourceId: String(readOnly.itemId),
					changedAt: parseTime(readOnly.lastModifiedDate) ?? context.now(),
					value: { sku, name: description ?? "", externalId: String(readOnly.itemId) },
					raw,
				};
			});
			yield { records, next: { takenAt: context.now().toISOString(), page }, total: data.totalResults };
		}
	},
});
