/** How Order Manager lists things, and what of its listings stock and products both need. */
import { z } from "zod";
import type { Page, Read } from "../kit/types";
import { rawList } from "./api";
import { type OmContext, refusal, remember } from "./calls";
import { channelId, salesChannels } from "./channels";
import { type Listing, listing } from "./destination-api";

const pageSize = 100;
export const pageCursor = z.strictObject({ page: z.int().positive() });
export type PageCursor = z.output<typeof pageCursor>;
type Query = Record<string, string | number | undefined>;

export async function onePage(context: OmContext, path: string, query: Query): Promise<unknown[]> {
	const { data } = await context.http.get(path, {
		schema: rawList,
		query: { ...query, limit: pageSize },
		fault: refusal(context),
	});
	return data;
}

/** Everything, page by page, and from the start again after the end. Lists have no total: a short page is the last. */
export async function* pages<T>(
	{ context, path, query, cursor }: { context: OmContext; path: string; query: Query; cursor: PageCursor | null },
	read: (raw: unknown[]) => Promise<Read<T>[]>,
): AsyncGenerator<Page<T, PageCursor>, void> {
	for (let page = cursor?.page ?? 1; ; page++) {
		const raw = await onePage(context, path, { ...query, page });
		const more = raw.length >= pageSize;
		yield { records: await read(raw), next: { page: more ? page + 1 : 1 } };
		if (!more) return;
	}
}

export interface ListingCode {
	code: string;
	/** The name of its sales channel. */
	channel: string;
}

/** Listing SKUs of the chosen sales channel, or of all, by master SKU; each once. */
export function listingsBySku(context: OmContext): Promise<Map<string, ListingCode[]>> {
	return remember(context, "listings", async () => {
		const channel = await channelId(context);
		const names = new Map((await salesChannels(context)).map((one) => [one.salesChannelId, one.name]));
		const found = new Map<string, Map<string, ListingCode>>();
		for (let page = 1; ; page++) {
			const raw = await onePage(context, "/v1/listings", { salesChannelId: channel, page });
			for (const one of raw) {
				const known = listing.safeParse(one).data;
				if (!known?.product) continue;
				const place = channelOf(known);
				if (channel !== undefined && place !== channel) continue;
				const codes = found.get(known.product.masterSku) ?? new Map<string, ListingCode>();
				const name = place === undefined ? "" : (names.get(place) ?? String(place));
				codes.set(`${name}/${known.listingSku}`, { code: known.listingSku, channel: name });
				found.set(known.product.masterSku, codes);
			}
			if (raw.length < pageSize) return new Map([...found].map(([sku, codes]) => [sku, [...codes.values()]]));
		}
	});
}

export function channelOf({ salesChannelId, salesChannel }: Listing): number | undefined {
	return salesChannelId ?? salesChannel?.salesChannelId;
}

export function broken(raw: unknown, idField: string, issue: { path: PropertyKey[]; message: string } | undefined) {
	const field = issue?.path.join(".") ?? "";
	const held = typeof raw === "object" && raw !== null ? (raw as Record<string, unknown>)[idField] : undefined;
	const sourceId = typeof held === "number" || typeof held === "string" ? String(held) : "?";
	return { ok: false, sourceId, field, problem: `${field} ${issue?.message ?? "is not usable"}`, raw } as const;
}
