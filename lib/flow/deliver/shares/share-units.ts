/**
 * SQL: units of a split order (`o`) by line, each at the warehouse that has or is to send them, and since when that has
 * them; null while it may not have them. `$1` the account.
 */
export const shareUnits = `(select s."connectionId" as "at", r."key" as "lineId", r."value"::int as "units", null::timestamptz as "since"
   from "OrderShare" s cross join lateral jsonb_each_text(s."rest") r where s."accountId" = $1 and s."orderId" = o."id"
   union all
   select d."connectionId", coalesce(x."kit" ->> 'lineId', x."lineId"), max(x."quantity" / coalesce((x."kit" ->> 'per')::int, 1)),
     case when d."state" = 'accepted' then d."acceptedAt" end
   from "Delivery" d cross join lateral jsonb_to_recordset(d."document" -> 'lines') as x("lineId" text, "quantity" int, "kit" jsonb)
   where d."accountId" = $1 and d."orderId" = o."id" and d."state" in ('sending', 'unknown', 'accepted') group by d."id", 1, 2)`;
