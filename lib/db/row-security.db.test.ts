/**
 * Row security of every table that the application's role may touch, read from the database's own catalogue: a table
 * that is added later is covered by being there. The last test plants faults and expects each of them to be found.
 */
import pg from "pg";
import { beforeAll, describe, expect, it } from "vitest";
import { testDatabase } from "@/lib/testing/database";
import { createTestTenant } from "@/lib/testing/tenant";
import { createThings } from "@/lib/testing/things";
import { appPool, systemPool } from "./pools";
import { isTenantModel, outsideModels } from "./tenancy";

const database = testDatabase();

/** Conditions as PostgreSQL prints them, without its brackets and casts. */
const account = `"accountId" = (SELECT crossdock_account())`;
const merchant = "(SELECT crossdock_merchant()) IS NULL";
const chosen = "(SELECT crossdock_chosen())";
const own = {
	account: plain(account),
	merchant: plain(`${account} AND (${merchant} OR "merchantId" = (SELECT crossdock_merchant()))`),
	staff: plain(`${account} AND ${merchant} AND ${chosen} IS NULL`),
	itself: plain("id = (SELECT crossdock_account())"),
};
const chosenRows = [
	plain(`${chosen} IS NULL OR "merchantId" = ANY (${chosen})`),
	plain(`${chosen} IS NULL OR "merchantId" IS NULL OR "merchantId" = ANY (${chosen})`),
];
/** Tables whose rows the tenant's own policy does not keep to one merchant; what does is said beside each. */
const wholeAccount: Record<string, string> = {
	Merchant: "its policy `chosen` compares the id",
	AuditEntry: "anybody notes what concerns the account; reading is kept by `own_merchant`",
	Alert: "as AuditEntry",
};
/** What is kept otherwise than by the plain condition: looked at by a test that reads as such a person. */
const ofItsOwn = ["Merchant", "OrderView"];

function plain(condition: string | null): string {
	return (condition ?? "")
		.replace(/ AS crossdock_\w+/g, "")
		.replace(/::text(\[\])?/g, "")
		.replace(/[()\s]+/g, " ")
		.trim();
}

interface Table {
	name: string;
	columns: string[];
	enabled: boolean;
	forced: boolean;
	policies: { name: string; permissive: boolean; command: string; using: string; check: string | null }[];
}

async function readTables(db: pg.Pool | pg.Client): Promise<Table[]> {
	const { rows } = await db.query<Table>(
		`select c.relname as "name", c.relrowsecurity as "enabled", c.relforcerowsecurity as "forced",
		   (select array_agg(a.attname::text) from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as "columns",
		   (select coalesce(json_agg(json_build_object('name', p.policyname, 'permissive', p.permissive = 'PERMISSIVE', 'command', p.cmd,
		      'using', p.qual, 'check', p.with_check)), '[]') from pg_policies p
		    where p.schemaname = n.nspname and p.tablename = c.relname and p.roles && array['crossdock_app', 'public']::name[]) as "policies"
		 from pg_class c join pg_namespace n on n.oid = c.relnamespace
		 where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname not in ('pg_catalog', 'information_schema')
		   and has_table_privilege('crossdock_app', c.oid, 'select, insert, update, delete')
		 order by 1`,
	);
	return rows;
}

/** What is wrong with a table, in words; nothing for one that is in order. */
function faultsOf(table: Table): string[] {
	const { name, columns, policies } = table;
	if (name === "_prisma_migrations") return [];
	const faults = [
		...(table.enabled ? [] : ["row security is off"]),
		...(table.forced ? [] : ["its owner walks through"]),
		...(isTenantModel(name) || name === "Account" ? [] : ["belongs to no account"]),
		...policies.filter((one) => one.permissive && one.name !== "tenant").map((one) => `${one.name} opens it further`),
	];
	const tenant = policies.find((one) => one.name === "tenant");
	const wanted = wantedOf(name, columns);
	if (tenant?.command !== "ALL") faults.push("no policy keeps it to the account");
	for (const condition of [tenant?.using, tenant?.check])
		if (!wanted.includes(plain(condition ?? null))) faults.push(`tenant lets through: ${condition}`);
	if (!columns.includes("merchantId") || ofItsOwn.includes(name)) return faults.map((fault) => `${name}: ${fault}`);
	const kept = policies.find((one) => one.name === "chosen");
	if (!kept || kept.permissive || kept.command !== "ALL" || !chosenRows.includes(plain(kept.using)))
		faults.push("staff of chosen merchants get out");
	return faults.map((fault) => `${name}: ${fault}`);
}

function wantedOf(name: string, columns: string[]): string[] {
	if (name === "Account") return [own.itself];
	if (columns.includes("merchantId")) return [name in wholeAccount ? own.account : own.merchant];
	return [own.account, own.staff];
}

const allFaults = async (db: pg.Pool | pg.Client) => (await readTables(db)).flatMap(faultsOf);

describe("row security", () => {
	it("keeps every table that the application may touch", async () => {
		const tables = await readTables(systemPool());
		expect(tables.length).toBeGreaterThan(65);
		expect(tables.flatMap(faultsOf)).toEqual([]);
	});

	it("is all there is of what belongs to no account: the application may not touch it", async () => {
		const touchable = (await readTables(systemPool())).map(({ name }) => name);
		expect(outsideModels.filter((name) => touchable.includes(name))).toEqual([]);
	});

	it("finds what is planted", async () => {
		const client = await systemOwner();
		try {
			await client.query("begin");
			await client.query(`alter table "OrderRuling" disable row level security`);
			await client.query(`alter table "StockRule" no force row level security`);
			await client.query(`drop policy chosen on "BackorderItem"`);
			await client.query(`drop policy tenant on "CartFilters"`);
			await client.query(`alter policy tenant on "IntegrationTest" using (true)`);
			await client.query(`create policy more on "ProductDetail" to crossdock_app using (true)`);
			await client.query(`create table "Loose" ("id" text)`);
			await client.query(`grant select on "Loose" to crossdock_app`);
			const found = (await allFaults(client)).map((fault) => fault.replace(/: .*/, ""));
			expect([...new Set(found)].sort()).toEqual([
				...["BackorderItem", "CartFilters", "IntegrationTest", "Loose", "OrderRuling", "ProductDetail", "StockRule"],
			]);
		} finally {
			await client.query("rollback");
			await client.end();
		}
	});
});

describe("as the application asks, whatever the query", () => {
	let tables: Table[];
	let ours: { accountId: string; merchantId: string };
	beforeAll(async () => {
		const tenant = await createTestTenant("Ours");
		await createThings(tenant);
		await createThings(tenant, "Neighbour");
		await createThings(await createTestTenant("Theirs"));
		ours = tenant;
		tables = (await readTables(systemPool())).filter(({ columns }) => columns.includes("accountId"));
	});

	/** How many rows there are for somebody, by table: of others, and of the merchant or of everybody's own. */
	async function countsFor(scope: Record<string, string>) {
		const client = await appPool().connect();
		try {
			await client.query("begin");
			for (const [name, value] of Object.entries(scope))
				await client.query("select set_config($1, $2, true)", [`crossdock.${name}`, value]);
			const counts: Record<string, { strange: number; all: number }> = {};
			for (const { name, columns } of tables) {
				const merchants = columns.includes("merchantId") && (scope.merchant || scope.chosen);
				const strange = merchants ? `"accountId" <> $1 or "merchantId" <> $2` : `"accountId" <> $1 or $2 = ''`;
				const { rows } = await client.query(
					`select count(*)::int as "all", count(*) filter (where ${strange})::int as "strange" from "${name}"`,
					[ours.accountId, ours.merchantId],
				);
				counts[name] = rows[0];
			}
			return counts;
		} finally {
			await client.query("rollback");
			client.release();
		}
	}
	const withAny = (counts: Record<string, { strange: number; all: number }>, which: "strange" | "all") =>
		Object.entries(counts).flatMap(([name, count]) => (count[which] > 0 ? [name] : []));

	it("nobody sees anything", async () => {
		expect(withAny(await countsFor({}), "all")).toEqual([]);
	});

	it("staff see the account alone, a merchant's people the merchant, and staff of chosen merchants those", async () => {
		const staff = await countsFor({ account: ours.accountId });
		expect(withAny(staff, "strange")).toEqual([]);
		expect(withAny(staff, "all").length).toBeGreaterThan(28);
		for (const who of [{ merchant: ours.merchantId }, { chosen: `{${ours.merchantId}}` }]) {
			const counts = await countsFor({ account: ours.accountId, ...who });
			expect(withAny(counts, "strange"), JSON.stringify(who)).toEqual([]);
			expect(withAny(counts, "all").length).toBeGreaterThan(20);
		}
	});
});

/** The owner of the tables, who may change what they are. */
async function systemOwner(): Promise<pg.Client> {
	const client = new pg.Client({ connectionString: database.url() });
	await client.connect();
	return client;
}
