/** A merchant's orders that are due, filled by SQL: with rules and item codes, or with none. */
import pg from "pg";
import type { Condition, Rule, RuleAction } from "@/lib/canonical/rule";
import { publishRules } from "@/lib/services/rules/publish-rules";
import { saveDraft } from "@/lib/services/rules/save-draft";
import { createTestConnection, createTestTenant, type TestTenant } from "@/lib/testing/tenant";

/** Each item has two codes. */
const items = 10_000;
const ruleCount = 200;

export interface Place {
	tenant: TestTenant;
	wms: { id: string; flows: Record<string, string> };
}
type Settings = Record<"shop" | "warehouse", Record<string, unknown>>;

/** `full`: orders name items by aliases that are translated, and 200 rules are asked about each. */
export async function fillPlace(
	databaseUrl: string,
	{ shop, warehouse }: Settings,
	{ orders, full }: { orders: number; full: boolean },
): Promise<Place> {
	const tenant = await createTestTenant();
	const cart = await createTestConnection(tenant, {
		...{ connectorKey: "vendure", side: "source", settings: shop, secret: ["apiKey"] },
		options: full ? { translateItemCode: "Warehouse" } : {},
	});
	const wms = await createTestConnection(tenant, {
		...{ connectorKey: "extensiv-3pl", side: "destination", settings: warehouse, secret: ["clientSecret", "tplKey"] },
	});
	const { accountId, merchantId } = tenant;
	const client = new pg.Client({ connectionString: databaseUrl });
	await client.connect();
	try {
		await client.query(ordersSql, [accountId, merchantId, cart.id, orders, items]);
		await client.query(linesSql, [accountId]);
		if (full) await client.query(aliasesSql, [accountId, merchantId, items]);
		for (const table of ["Order", "OrderLine", "ItemAlias"]) await client.query(`vacuum analyze "${table}"`);
	} finally {
		await client.end();
	}
	if (full) await publish(tenant);
	return { tenant, wms };
}

async function publish({ scope, merchantId }: TestTenant): Promise<void> {
	const rules = Array.from({ length: ruleCount }, (_, n) => ruleOf(n));
	const { revision } = await saveDraft(scope, merchantId, { rules, revision: 0 });
	await publishRules(scope, merchantId, { revision, note: "" });
}

/** As merchants write them: each asks two or three things of an order, and few of them hold for it. */
function ruleOf(n: number): Rule {
	const kinds = [country, item, large, tagged, far];
	const [conditions, action] = (kinds[n % kinds.length] ?? country)(n);
	const when = { kind: "group" as const, mode: "all" as const, conditions };
	return { id: `r${n}`, name: `Rule ${n}`, rank: n, on: true, when, actions: [action] };
}

type Made = [Condition[], RuleAction];
const is = (fact: "country" | "region" | "postalCode", operator: "is" | "startsWith" | "oneOf", ...values: string[]) =>
	({ kind: "text", fact, test: { operator, values } }) satisfies Condition;
const more = (fact: "total" | "units", value: number) =>
	({ kind: "number", fact, test: { operator: "more", value } }) satisfies Condition;

function country(n: number): Made {
	return [[is("country", "oneOf", "DE", "FR", "US"), more("units", n)], { do: "tag", tag: `units-${n}` }];
}
function item(n: number): Made {
	const test = { operator: "is" as const, values: [`SHOP-${n}`] };
	return [
		[{ kind: "lines", quantifier: "any", line: { of: "sku", test } }],
		{ do: "addItem", sku: "CARD", quantity: 1 },
	];
}
function large(n: number): Made {
	return [[more("total", n * 10), is("region", "is", "CA")], { do: "shipMethod", code: "EXPRESS" }];
}
function tagged(n: number): Made {
	const tags: Condition = { kind: "tags", test: { operator: "is", values: [`tag-${n}`] } };
	const either: Condition = { kind: "group", mode: "any", conditions: [tags, is("postalCode", "startsWith", `9${n}`)] };
	return [[either, is("country", "is", "US")], { do: "tag", tag: `far-${n}` }];
}
function far(n: number): Made {
	return [[is("postalCode", "startsWith", String(100 + n))], { do: "skipLine", sku: `SHOP-${n}` }];
}

const ordersSql = `insert into "Order" ("id", "accountId", "merchantId", "connectionId", "sourceId", "number", "status", "dueAt", "shipToName",
   "shipToCountry", "lineCount", "unitCount", "totalAmount", "currency", "document", "placedAt", "sourceChangedAt", "createdAt", "updatedAt")
 select $1 || lpad(n::text, 8, '0'), $1, $2, $3, 's' || n, 'V' || lpad(n::text, 8, '0'), 'new', now(), 'Ann Example', 'US', 2, 3, 37.5, 'USD',
   jsonb_build_object('sourceId', 's' || n, 'number', 'V' || lpad(n::text, 8, '0'), 'sourceStatus', 'PaymentSettled', 'placedAt', now(),
     'shipTo', jsonb_build_object('name', 'Ann Example', 'line1', '12 Main Street', 'city', 'Reno', 'region', 'NV', 'postalCode', '8950' || n % 10,
       'country', 'US', 'phone', '+1 775 555 0100', 'email', 'ann@example.com'),
     'shipping', jsonb_build_object('code', 'ups-ground', 'name', 'UPS Ground'), 'total', jsonb_build_object('amount', '37.50', 'currency', 'USD'),
     'lines', jsonb_build_array(
       jsonb_build_object('sourceLineId', 'a', 'sku', 'SHOP-' || n % $5::int, 'name', 'Tee', 'quantity', 2, 'unitPrice', jsonb_build_object('amount', '12.50', 'currency', 'USD')),
       jsonb_build_object('sourceLineId', 'b', 'sku', 'SHOP-' || (n * 7) % $5::int, 'name', 'Mug', 'quantity', 1, 'unitPrice', jsonb_build_object('amount', '12.50', 'currency', 'USD')))),
   now(), now(), now(), now()
 from generate_series(1, $4::int) n`;

const linesSql = `insert into "OrderLine" ("id", "accountId", "orderId", "sourceLineId", "position", "sku", "name", "quantity", "shippedQuantity")
 select o."id" || (l.value ->> 'sourceLineId'), $1, o."id", l.value ->> 'sourceLineId', l.ordinality, l.value ->> 'sku', l.value ->> 'name',
   (l.value ->> 'quantity')::int, 0
 from "Order" o, jsonb_array_elements(o."document" -> 'lines') with ordinality l where o."accountId" = $1`;

const aliasesSql = `insert into "ItemAlias" ("id", "accountId", "merchantId", "name", "code", "sku")
 select $1 || t."name" || n, $1, $2, t."name", t."prefix" || n, 'MASTER-' || n
 from generate_series(0, $3::int - 1) n, (values ('Shop', 'SHOP-'), ('Warehouse', 'WH-')) t("name", "prefix")`;
