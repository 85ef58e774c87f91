/**
 * Stock that ten carts share: 20,000 SKUs, a share, a safety stock and a cap for each cart, and rules for single SKUs.
 * Every cart's figures are made when all are new, without telling them, which `inventory` measures; then each cart is
 * told by its own run what changed, when one SKU in twenty did and when none did.
 */
import pg from "pg";
import { computeFigures } from "@/lib/flow/stock/compute-figures";
import { commit } from "@/lib/flow/work";
import { createTestConnection, createTestTenant, runFlow } from "@/lib/testing/tenant";
import { rounded } from "./numbers";
import { openWork } from "./open-work";
import type { Stage } from "./stage";

const skus = 20_000;
const carts = 10;
const everyNth = 20;
type Cart = Awaited<ReturnType<typeof createTestConnection>>;

export async function measureShares(stage: Stage) {
	const { DATABASE_URL: databaseUrl = "" } = await stage.database("shares");
	const [shop, warehouse] = await Promise.all([stage.partner("shop"), stage.partner("warehouse")]);
	const tenant = await createTestTenant();
	const settings = await shop.open();
	const source = { connectorKey: "vendure", side: "source" as const, settings, secret: ["apiKey"] };
	const connections: Cart[] = [];
	for (let n = 1; n <= carts; n++)
		connections.push(await createTestConnection(tenant, { ...source, name: `Cart ${n}` }));
	const wms = await createTestConnection(tenant, {
		...{ connectorKey: "extensiv-3pl", side: "destination", settings: await warehouse.open() },
		secret: ["clientSecret", "tplKey"],
	});
	await shop.tell({ ask: "stock", skus });
	await warehouse.tell({ ask: "stock", skus });
	const client = new pg.Client({ connectionString: databaseUrl });
	await client.connect();
	const fetchThen = async (name: string, of: (cart: Cart) => Promise<number>) => {
		await runFlow(tenant, wms, "inventory/fetch");
		const startedMs = performance.now();
		let figures = 0;
		for (const cart of connections) figures += await of(cart);
		const seconds = (performance.now() - startedMs) / 1000;
		await mustBeTold(client);
		stage.say(`  ${name}: ${figures} of ${carts * skus} figures in ${rounded(seconds, 1)} s`);
		return { figures, perSecond: rounded((carts * skus) / seconds) };
	};
	const make = async (cart: Cart) => {
		const { work, close } = await openWork(tenant, cart, "inventory/upload");
		await commit(work, (tx) => computeFigures(tx, work));
		await close();
		return (await client.query(asToldSql, [cart.id])).rowCount ?? 0;
	};
	const tell = async (cart: Cart) => (await runFlow(tenant, cart, "inventory/upload")).counts.updated ?? 0;
	try {
		await client.query(rulesSql, [tenant.accountId, tenant.merchantId, connections.map(({ id }) => id), skus]);
		const first = await fetchThen("all new", make);
		await warehouse.tell({ ask: "move", everyNth });
		const second = await fetchThen("5 % changed", tell);
		const third = await fetchThen("none changed", tell);
		if (first.figures !== carts * skus)
			throw new Error(`${first.figures} of ${carts * skus} figures were made at first`);
		if (second.figures === 0 || second.figures > (carts * skus) / everyNth)
			throw new Error(`${second.figures} were told then`);
		if (third.figures !== 0) throw new Error(`${third.figures} figures were told though none had changed`);
		return {
			allNewPerSecond: first.perSecond,
			changedPerSecond: second.perSecond,
			unchangedPerSecond: third.perSecond,
		};
	} finally {
		await client.end();
	}
}

const asToldSql = `update "InventoryFigure" set "state" = 'pushed', "pushed" = "quantity", "nextTryAt" = null where "connectionId" = $1`;

/** Every cart knows its newest figures, and together they were told no more than there is. */
async function mustBeTold(client: pg.Client): Promise<void> {
	const { rows } = await client.query<{ late: number; over: number }>(
		`select (select count(*)::int from "InventoryFigure" where "pushed" is distinct from "quantity") as "late",
		   (select count(*)::int from (select "sku", sum("pushed") as "units" from "InventoryFigure" group by "sku") t
		    join (select "sku", sum("available") as "units" from "InventoryLevel" group by "sku") l using ("sku") where t."units" > l."units") as "over"`,
	);
	if (rows[0]?.late !== 0) throw new Error(`${rows[0]?.late} figures were not told`);
	if (rows[0]?.over !== 0) throw new Error(`of ${rows[0]?.over} SKUs more was told than there is`);
}

/** Carts share by tenths; those further down keep more back, and each has a cap. Every tenth SKU has rules of its own. */
const rulesSql = `insert into "StockRule" ("accountId", "merchantId", "connectionId", "sku", "share", "safetyStock", "cap")
 select $1, $2, c."id", '', 10, c.n % 3, 50 from unnest($3::text[]) with ordinality c("id", n)
 union all
 select $1, $2, c."id", 'SKU-' || lpad(s::text, 6, '0'), null, 5, 20 from unnest($3::text[]) c("id"), generate_series(3, $4::int - 1, 10) s`;
