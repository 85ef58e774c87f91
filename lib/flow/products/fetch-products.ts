/**
 * Product Detail Pickup: what the warehouse says of its products becomes ours, and the codes it tells become aliases.
 * Promise: a page is stored together with the place after it, so that a cut run goes on there; only what changed is
 * written; a product that a complete reading does not mention counts as inactive.
 */
import { z } from "zod";
import { destinationOptions } from "@/lib/canonical/connection-options";
import { unitSetting } from "@/lib/canonical/units";
import type { Ended } from "@/lib/jobs/job";
import { readAhead } from "../run/read-pages";
import { type Commit, commit, type FlowWork, mustYield } from "../work";
import { storeAliases } from "./store-aliases";
import { storeProducts } from "./store-products";

/** Where a reading that was cut stands: the reader's own cursor. Without one, a reading begins. */
const placeKept = z.object({ at: z.unknown() });

export async function fetchProducts(work: FlowWork): Promise<Ended> {
	const reader = work.connection.connector.destination?.products;
	if (!reader) return { stop: true, because: "this system tells no products" };
	const units = unitSetting(destinationOptions.parse(work.connection.options));
	const kept = placeKept.safeParse(work.flow.cursor);
	const cursor = kept.success ? reader.cursor.safeParse(kept.data.at) : null;
	const from = { cursor: cursor?.success ? cursor.data : null };
	/** What the whole reading mentions; null once it is not known whether that is all. */
	let mentioned: Set<string> | null = from.cursor === null ? new Set() : null;
	for await (const page of readAhead(reader.read(work.connection.context, from))) {
		if (page.total !== undefined) work.counts.total = page.total;
		if (page.records.some((record) => !record.ok)) mentioned = null;
		await commit(work, async (tx) => {
			tx.count("read", page.records.length);
			const products = await storeProducts(tx, work, page.records, units);
			for (const { sku } of products) mentioned?.add(sku);
			await storeAliases(tx, work, products);
			await keepPlace(tx, work, { at: page.next });
		});
		if (mustYield(work)) return { done: true };
	}
	await commit(work, async (tx) => {
		if (mentioned) await retireUnmentioned(tx, work, [...mentioned]);
		await keepPlace(tx, work, null);
	});
	return { done: true };
}

function keepPlace(tx: Commit, work: FlowWork, place: z.output<typeof placeKept> | null): Promise<unknown> {
	return tx.sql(`update "Flow" set "cursor" = $3 where "accountId" = $1 and "id" = $2`, [
		work.scope.accountId,
		work.flow.id,
		place && JSON.stringify(place),
	]);
}

async function retireUnmentioned(tx: Commit, work: FlowWork, mentioned: string[]): Promise<void> {
	const gone = await tx.sql(
		`update "ProductDetail" set "active" = false, "updatedAt" = $4
		 where "accountId" = $1 and "connectionId" = $2 and "active" and not exists (
		   select 1 from unnest($3::text[]) as listed("sku") where listed."sku" = "ProductDetail"."sku") returning 1`,
		[work.scope.accountId, work.connection.id, mentioned, work.now()],
	);
	tx.count("updated", gone.length);
}
