import type { Commit } from "../work";

/**
 * Units of these items that are free at this warehouse: what it last counted outside excluded locations, less what was
 * sent to it since. A delivery without an answer counts as sent. Items that were never counted are not in the answer.
 */
export async function stockAtHand(
	tx: Commit,
	{ accountId, connectionId }: { accountId: string; connectionId: string },
	skus: string[],
): Promise<Map<string, number>> {
	if (skus.length === 0) return new Map();
	const counts = await tx.sql<{ sku: string; units: number; at: Date }>(
		`select l."sku", sum(l."available")::int as "units", min(l."takenAt") as "at" from "InventoryLevel" l
		 left join "Location" p on p."accountId" = $1 and p."connectionId" = $2 and p."externalId" = l."location"
		 where l."accountId" = $1 and l."connectionId" = $2 and l."sku" = any($3) and p."excludedAt" is null group by l."sku"`,
		[accountId, connectionId, skus],
	);
	if (counts.length === 0) return new Map();
	const oldestMs = Math.min(...counts.map(({ at }) => at.getTime()));
	const sent = await tx.sql<{ sku: string; units: number }>(
		`with sent as materialized (
		   select "document" -> 'lines' as "lines", case when "state" = 'accepted' then "acceptedAt" end as "acceptedAt" from "Delivery"
		   where "accountId" = $1 and "connectionId" = $2 and "state" = 'accepted' and "acceptedAt" > $5
		   union all
		   select "document" -> 'lines', null from "Delivery" where "accountId" = $1 and "connectionId" = $2 and "state" in ('sending', 'unknown'))
		 select c."sku", sum(x."quantity")::int as "units"
		 from sent cross join lateral jsonb_to_recordset(sent."lines") as x("sku" text, "stockSku" text, "quantity" int)
		 join unnest($3::text[], $4::timestamptz[]) as c("sku", "at") on c."sku" = coalesce(x."stockSku", x."sku")
		 where sent."acceptedAt" is null or sent."acceptedAt" > c."at" group by c."sku"`,
		[accountId, connectionId, counts.map(({ sku }) => sku), counts.map(({ at }) => at), new Date(oldestMs)],
	);
	const gone = new Map(sent.map(({ sku, units }) => [sku, units]));
	return new Map(counts.map(({ sku, units }) => [sku, Math.max(0, units - (gone.get(sku) ?? 0))]));
}
