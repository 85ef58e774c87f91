/** What a merchant set up, as one file: everything here is small, and read at once when an export begins. */
import type { Transaction } from "@/lib/db/transact";
import type { Tenant } from "./erase-orders";

/** Each part is one query over `$1` account and `$2` merchant. Names of carts and warehouses stand for their ids. */
const parts: Record<string, string> = {
	rules: `select v."number", v."rules", v."note", v."publishedBy", v."publishedAt" from "RuleSet" s
	  join "RuleVersion" v on v."accountId" = s."accountId" and v."id" = s."publishedId"
	  where s."accountId" = $1 and s."merchantId" = $2`,
	filters: `select distinct on (f."connectionId") c."name" as "cart", f."filters", f."byName", f."createdAt" from "CartFilters" f
	  join "Connection" c on c."accountId" = f."accountId" and c."id" = f."connectionId"
	  where f."accountId" = $1 and f."merchantId" = $2 order by f."connectionId", f."version" desc`,
	shipMethods: `select c."name" as "cart", m."code", m."name", m."conditions", m."action", m."carrier", m."service" from "ShipMethodMapping" m
	  join "Connection" c on c."accountId" = m."accountId" and c."id" = m."connectionId"
	  where m."accountId" = $1 and m."merchantId" = $2 order by c."name", m."code"`,
	carriers: `select c."name" as "connection", m."direction", m."carrier", m."service", m."toCarrier", m."toService", m."twoWay" from "CarrierMapping" m
	  join "Connection" c on c."accountId" = m."accountId" and c."id" = m."connectionId"
	  where m."accountId" = $1 and m."merchantId" = $2 order by c."name", m."direction", m."carrier"`,
	stockRules: `select c."name" as "cart", s."sku", s."locations", s."safetyStock", s."share", s."cap", s."priority", s."scarceBelow" from "StockRule" s
	  join "Connection" c on c."accountId" = s."accountId" and c."id" = s."connectionId"
	  where s."accountId" = $1 and s."merchantId" = $2 order by c."name", s."sku"`,
	schedules: `select c."name" as "connection", f."job" as "function", f."mode", f."everyMinutes", f."dailyAt", f."timeZone", f."pausedAt" from "Flow" f
	  join "Connection" c on c."accountId" = f."accountId" and c."id" = f."connectionId"
	  where f."accountId" = $1 and f."merchantId" = $2 order by c."name", f."job"`,
};

export async function settingsJson(tx: Transaction, { accountId, merchantId }: Tenant): Promise<string> {
	const settings: Record<string, unknown> = {};
	for (const [name, query] of Object.entries(parts)) settings[name] = await tx.sql(query, [accountId, merchantId]);
	return `${JSON.stringify(settings, null, "\t")}\n`;
}
