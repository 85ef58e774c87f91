/** One page of products: what differs from what is known is written, in one statement each. */
import { type Product, product } from "@/lib/canonical/catalogue";
import { type Measures, measuresOf, type UnitSetting } from "@/lib/canonical/units";
import type { Read } from "@/lib/connectors/kit/types";
import { insertRows } from "@/lib/db/bulk";
import { newId } from "@/lib/db/ids";
import type { Commit, FlowWork } from "../work";

/** Writes a page and gives back what could be used of it, each SKU once: the last statement counts. */
export async function storeProducts(
	tx: Commit,
	work: FlowWork,
	records: Read<Product>[],
	units: UnitSetting,
): Promise<Product[]> {
	const usable = new Map<string, Product>();
	for (const record of records) {
		const parsed = record.ok ? product.safeParse(record.value) : null;
		if (parsed?.success) usable.set(parsed.data.sku, parsed.data);
		else {
			const reason = record.ok ? (parsed?.error?.issues[0]?.message ?? "is not usable") : record.problem;
			tx.count("failed");
			tx.record({ subjectType: "sku", subject: record.sourceId, outcome: "failed", reason });
		}
	}
	const products = [...usable.values()];
	await nameProducts(tx, work, products);
	const written = await writeDetails(
		tx,
		work,
		products.map((one) => ({ product: one, measures: measuresOf(one.measures ?? [], units) })),
	);
	const created = written.filter(({ isNew }) => isNew).length;
	tx.count("created", created);
	tx.count("updated", written.length - created);
	tx.count("unchanged", products.length - written.length);
	return products;
}

/** The merchant's own list of SKUs; a name that a warehouse tells is better than none. */
async function nameProducts(tx: Commit, work: FlowWork, products: Product[]): Promise<void> {
	const { accountId, merchantId } = work.scope;
	await insertRows(
		tx,
		"Product",
		{ id: "text", accountId: "text", merchantId: "text", sku: "text", name: "text" },
		products.map(({ sku, name }) => ({ id: newId("prd"), accountId, merchantId, sku, name })),
		`on conflict ("accountId", "merchantId", "sku") do update set "name" = excluded."name"
		 where excluded."name" <> '' and "Product"."name" <> excluded."name"`,
	);
}

interface Told {
	product: Product;
	measures: Measures;
}
const columns = {
	...{ accountId: "text", merchantId: "text", connectionId: "text", sku: "text", externalId: "text" },
	...{ name: "text", description: "text", aliases: "jsonb", active: "boolean", lotTracked: "boolean" },
	...{ grams: "float8", lengthMm: "float8", widthMm: "float8", heightMm: "float8", updatedAt: "timestamptz" },
};
/** What a warehouse leaves out it does not take back, but whether a product is active it always says. */
const told: Record<string, string> = {
	externalId: `coalesce(nullif(excluded."externalId", ''), "ProductDetail"."externalId")`,
	name: `coalesce(nullif(excluded."name", ''), "ProductDetail"."name")`,
	description: `coalesce(nullif(excluded."description", ''), "ProductDetail"."description")`,
	aliases: `case when excluded."aliases" = '[]' then "ProductDetail"."aliases" else excluded."aliases" end`,
	active: `excluded."active"`,
	...Object.fromEntries(
		["lotTracked", "grams", "lengthMm", "widthMm", "heightMm"].map((name) => [
			name,
			`coalesce(excluded."${name}", "ProductDetail"."${name}")`,
		]),
	),
};
const names = Object.keys(told);

/** Returns a row for each that is new or differs. */
export function writeDetails(tx: Commit, work: FlowWork, details: Told[]): Promise<{ isNew: boolean }[]> {
	return insertRows<typeof columns, { isNew: boolean }>(
		tx,
		"ProductDetail",
		columns,
		details.map(({ product: { sku, externalId, name, description, aliases, active, lotTracked }, measures }) => ({
			...{ accountId: work.scope.accountId, merchantId: work.scope.merchantId, connectionId: work.connection.id },
			...{ sku, externalId, name, description: description ?? "", aliases: aliases ?? [], active: active ?? true },
			...{ lotTracked: lotTracked ?? null, ...measures, updatedAt: work.now() },
		})),
		`on conflict ("accountId", "connectionId", "sku") do update
		 set ${names.map((name) => `"${name}" = ${told[name]}`).join(", ")}, "updatedAt" = excluded."updatedAt"
		 where (${names.map((name) => `"ProductDetail"."${name}"`).join(", ")}) is distinct from (${names.map((name) => told[name]).join(", ")})
		 returning (xmax = 0) as "isNew"`,
	);
}
