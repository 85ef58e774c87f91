/**
 * Applies the queue's and our migrations. Prisma's own engine runs as WebAssembly, so nothing is fetched, and
 * it keeps Prisma's table of applied migrations: `prisma migrate deploy` stays usable elsewhere.
 */
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import { runMigrations } from "graphile-worker";
import pg from "pg";

const schemaFolder = path.resolve(import.meta.dirname, "../../prisma/schema");
const migrationsFolder = path.resolve(import.meta.dirname, "../../prisma/migrations");

/** Brings the database up to date, creating it when it is missing. Two processes may do so at once. */
export async function migrate(databaseUrl: string): Promise<{ applied: string[] }> {
	await createDatabase(databaseUrl);
	const client = new pg.Client({ connectionString: databaseUrl });
	await client.connect();
	try {
		// Held for the session: whoever comes second waits, and then finds nothing to do.
		await client.query("select pg_advisory_lock(hashtext('crossdock_migrate'))");
		// Ours grant rights on the queue's schema, so the queue comes first.
		await runMigrations({ connectionString: databaseUrl });
		return { applied: await applyOurs(databaseUrl, client) };
	} finally {
		await client.end();
	}
}

async function createDatabase(databaseUrl: string): Promise<void> {
	const url = new URL(databaseUrl);
	const name = decodeURIComponent(url.pathname.slice(1));
	url.pathname = "/postgres";
	const client = new pg.Client({ connectionString: url.href });
	try {
		await client.connect();
		const { rowCount } = await client.query("select 1 from pg_database where datname = $1", [name]);
		if (rowCount === 0) await client.query(`create database ${pg.escapeIdentifier(name)}`);
	} catch (error) {
		// No right to look at the maintenance database, or another process made it first: connecting will tell.
		if (!(error instanceof pg.DatabaseError)) throw error;
	} finally {
		await client.end();
	}
}

async function applyOurs(databaseUrl: string, client: pg.Client): Promise<string[]> {
	const names = readdirSync(migrationsFolder, { withFileTypes: true })
		.filter((entry) => entry.isDirectory())
		.map((entry) => entry.name)
		.sort();
	// The engine takes a second to open; mostly there is nothing for it to do.
	if (await areApplied(client, names)) return [];
	const adapters = wholeScripts(databaseUrl);
	const engine = await openEngine(adapters.factory);
	const { appliedMigrationNames } = await engine
		.applyMigrations({
			filters: { externalTables: [], externalEnums: [] },
			migrationsList: {
				baseDir: migrationsFolder,
				lockfile: {
					path: "migration_lock.toml",
					content: readFileSync(path.join(migrationsFolder, "migration_lock.toml"), "utf8"),
				},
				shadowDbInitScript: "",
				migrationDirectories: names.map((name) => ({
					path: name,
					migrationFile: {
						path: "migration.sql",
						content: { tag: "ok", value: readFileSync(path.join(migrationsFolder, name, "migration.sql"), "utf8") },
					},
				})),
			},
		})
		.finally(adapters.close);
	return appliedMigrationNames;
}

async function areApplied(client: pg.Client, names: string[]): Promise<boolean> {
	const { rows } = await client.query<{ known: string | null }>("select to_regclass('_prisma_migrations') as known");
	if (!rows[0]?.known) return false;
	const { rowCount } = await client.query(
		"select distinct migration_name from _prisma_migrations where migration_name = any($1) and finished_at is not null and rolled_back_at is null",
		[names],
	);
	return rowCount === names.length;
}

/** The part of the engine that is used; its package types it with functions we do not call. */
interface Engine {
	applyMigrations(input: object): Promise<{ appliedMigrationNames: string[] }>;
}
interface EngineModule {
	__wbg_set_wasm(exports: WebAssembly.Exports): void;
	SchemaEngine: { new: (options: object, log: () => void, adapter: object) => Promise<Engine> };
}

async function openEngine(factory: PrismaPg): Promise<Engine> {
	const require = createRequire(import.meta.url);
	const file = require.resolve("@prisma/schema-engine-wasm/schema_engine_bg");
	const module: EngineModule = await import(file);
	const wasm = new WebAssembly.Module(readFileSync(file.replace(/\.js$/, ".wasm")));
	const instance = new WebAssembly.Instance(wasm, { "./schema_engine_bg.js": asImports(module) });
	module.__wbg_set_wasm(instance.exports);
	const begin = instance.exports.__wbindgen_start;
	if (typeof begin === "function") begin();
	// The engine reports its panics here; unset, it would hide them behind a TypeError.
	Object.assign(globalThis, {
		PRISMA_WASM_PANIC_REGISTRY: {
			set_message: (message: string) => {
				throw new Error(`the migration engine failed: ${message}`);
			},
		},
	});
	return module.SchemaEngine.new(
		{
			datamodels: readdirSync(schemaFolder).map((name) => [name, readFileSync(path.join(schemaFolder, name), "utf8")]),
		},
		() => {},
		bindMigrationAwareSqlAdapterFactory(factory),
	);
}

/** The adapter cuts scripts at every semicolon, also inside function bodies; the server itself knows better. */
function wholeScripts(databaseUrl: string): { factory: PrismaPg; close: () => Promise<void> } {
	const factory = new PrismaPg({ connectionString: databaseUrl });
	const connect = factory.connect.bind(factory);
	const opened: (() => Promise<void>)[] = [];
	factory.connect = async () => {
		const adapter = await connect();
		opened.push(() => adapter.dispose());
		adapter.executeScript = async (script) => {
			const client = new pg.Client({ connectionString: databaseUrl });
			await client.connect();
			await client.query(script).finally(() => client.end());
		};
		return adapter;
	};
	return {
		factory,
		close: async () => {
			for (const dispose of opened) await dispose();
		},
	};
}

/** WebAssembly calls back into the functions of the module that loads it. */
function asImports(module: EngineModule): WebAssembly.ModuleImports {
	return Object.fromEntries(Object.entries(module).filter(([, value]) => typeof value === "function"));
}
