/**
 * The orders list of an account with a million orders and their deliveries: what people ask it for, mixed, one after
 * another. The table is filled by SQL, since only reading it is measured.
 */
import pg from "pg";
import { jobScope, type Scope } from "@/lib/db/scope";
import { listOrders, type OrderFilters } from "@/lib/services/orders/list-orders";
import { createTestConnection, createTestTenant } from "@/lib/testing/tenant";
import { percentile, rounded } from "./numbers";
import type { Stage } from "./stage";

const merchants = 20;
const rounds = 20;
const limit = 50;

export async function measureOrdersList(stage: Stage) {
	const orders = stage.orders ?? 1_000_000;
	const { DATABASE_URL: databaseUrl = "" } = await stage.database("orders_list");
	const { accountId, scope, merchantIds } = await fill(databaseUrl, orders);
	const timesMs: number[] = [];
	const byKind = new Map<string, number[]>();
	for (let round = 0; round <= rounds; round++) {
		for (const [kind, filters] of Object.entries(questions(round, orders, merchantIds))) {
			const startedMs = performance.now();
			const page = await listOrders(scope, { limit, ...filters });
			const tookMs = performance.now() - startedMs;
			if (page.items.length === 0 && !kind.includes("nothing")) throw new Error(`${kind}: no order found`);
			// The first round opens connections and reads indexes into memory.
			if (round === 0) continue;
			timesMs.push(tookMs);
			byKind.set(kind, [...(byKind.get(kind) ?? []), tookMs]);
		}
	}
	for (const [kind, times] of byKind)
		stage.say(
			`  ${kind.padEnd(34)} p50 ${rounded(percentile(times, 0.5), 1)} ms, p95 ${rounded(percentile(times, 0.95), 1)} ms`,
		);
	stage.say(`  account ${accountId}: ${timesMs.length} pages of ${limit}`);
	return { orders, p50Ms: rounded(percentile(timesMs, 0.5), 1), p95Ms: rounded(percentile(timesMs, 0.95), 1) };
}

/** What is asked in one round; places and numbers differ from round to round. */
function questions(round: number, orders: number, merchantIds: string[]): Record<string, Omit<OrderFilters, "limit">> {
	const somewhere = Math.max(limit * 2, Math.floor((orders * (round + 1)) / (rounds + 2)));
	const merchantId = merchantIds[round % merchantIds.length] ?? "";
	const deep = idOf(somewhere);
	return {
		newest: {},
		"deep page": { after: deep },
		"one merchant": { merchantId },
		"one merchant, deep": { merchantId, after: deep },
		confirmed: { state: "confirmed" },
		"confirmed, deep": { state: "confirmed", after: deep },
		errors: { state: "error" },
		"errors of one merchant": { state: "error", merchantId },
		"last seven days": { days: 7 },
		"search: one number": { search: numberOf(somewhere) },
		"search: prefix of a hundred": { search: numberOf(somewhere).slice(0, -2) },
		"search: prefix of all": { search: "V0" },
		"search: nothing": { search: `X${somewhere}` },
	};
}

function idOf(n: number): string {
	return `ord_${String(n).padStart(24, "0")}`;
}
function numberOf(n: number): string {
	return `V${String(n).padStart(8, "0")}`;
}

async function fill(databaseUrl: string, orders: number) {
	const tenant = await createTestTenant();
	const { accountId } = tenant;
	const { id: connectionId } = await createTestConnection(tenant, {
		connectorKey: "vendure",
		side: "source",
		settings: { apiKey: "none" },
		secret: ["apiKey"],
	});
	const client = new pg.Client({ connectionString: databaseUrl });
	await client.connect();
	try {
		const { rows } = await client.query<{ id: string }>(
			`insert into "Merchant" ("id", "accountId", "name") select 'mer_' || n, $1, 'Merchant ' || n
			 from generate_series(1, $2::int) n returning "id"`,
			[accountId, merchants],
		);
		await client.query(ordersSql, [accountId, connectionId, orders, merchants]);
		await client.query(deliveriesSql, [accountId, connectionId]);
		await client.query(`vacuum analyze "Order"`);
		await client.query(`vacuum analyze "Delivery"`);
		const scope: Scope = { ...jobScope(accountId, "", "bench") };
		delete scope.merchantId;
		return { accountId, scope, merchantIds: rows.map((row) => row.id) };
	} finally {
		await client.end();
	}
}

/** One order a minute until now; one in fifty is not yet confirmed. */
const ordersSql = `insert into "Order" ("id", "accountId", "merchantId", "connectionId", "sourceId", "number", "status", "shipToName",
   "shipToCountry", "lineCount", "unitCount", "totalAmount", "currency", "document", "placedAt", "sourceChangedAt", "createdAt",
   "updatedAt", "deliveredAt", "problem", "problemCode")
 select 'ord_' || lpad(n::text, 24, '0'), $1, 'mer_' || (1 + abs(hashint4(n)) % $4::int), $2, 's' || n, 'V' || lpad(n::text, 8, '0'), s."status",
   'Ann Example', 'US', 2, 3, 37.5, 'USD', jsonb_build_object('number', n, 'note', repeat('x', 400)), a."at", a."at", a."at", a."at",
   case when s."status" not in ('new', 'error') then a."at" end,
   case when s."status" = 'error' then 'no ship method' end, case when s."status" = 'error' then 'bad-input' end
 from generate_series(1, $3::int) n
 cross join lateral (select now() - ($3::int - n) * interval '1 minute' as "at") a
 cross join lateral (select case when n % 50 <> 0 then 'confirmed'
   else (array['new', 'at_wms', 'at_wms', 'shipped', 'error', 'canceled'])[1 + (n / 50) % 6] end as "status") s`;

const deliveriesSql = `insert into "Delivery" ("id", "accountId", "merchantId", "orderId", "connectionId", "key", "state", "externalId",
   "externalNumber", "document", "steps", "createdAt")
 select 'dlv_' || substr("id", 5), "accountId", "merchantId", "id", $2, "number", 'accepted', 'w' || "sourceId", "number", '{}', '[]', "createdAt"
 from "Order" where "accountId" = $1 and "deliveredAt" is not null`;
