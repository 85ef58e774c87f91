/** What every part stands on: a durable PostgreSQL of its own, and everything that must end when the bench ends. */
import pg from "pg";
import { migrate } from "@/lib/db/migrate";
import { closePools } from "@/lib/db/pools";
import { overrideEnv } from "@/lib/env";
import { startTestPostgres } from "@/lib/testing/postgres";
import { type Child, startChild } from "./child";
import { type Partner, startPartner } from "./sandboxes";

export interface Stage {
	/** Orders per part, when the command line says so. */
	orders: number | undefined;
	say(line: string): void;
	/** A fresh, migrated database, and the environment that points to it. */
	database(name: string): Promise<Record<string, string>>;
	partner(which: "shop" | "warehouse"): Promise<Partner>;
	child(args: string[], environment: Record<string, string>): Child;
	/** Ends the processes that were started since the last time. */
	clear(): Promise<void>;
	stop(): Promise<void>;
}

export async function openStage(orders: number | undefined, say: (line: string) => void): Promise<Stage> {
	const postgres = await startTestPostgres({ durable: true });
	await migrate(postgres.url("template")).catch(async (error: unknown) => {
		await postgres.stop();
		throw error;
	});
	let running: { stop(): Promise<void> }[] = [];
	const clear = async () => {
		const ending = running;
		running = [];
		await Promise.all(ending.map((one) => one.stop()));
	};
	const keep = <T extends { stop(): Promise<void> }>(one: T): T => {
		running.push(one);
		return one;
	};
	return {
		orders,
		say,
		database: async (name) => {
			await closePools();
			const environment = { ...settings, DATABASE_URL: postgres.url(name) };
			await clone(postgres.url("postgres"), name);
			overrideEnv(environment);
			return environment;
		},
		partner: async (which) => keep(await startPartner(which)),
		child: (args, environment) => keep(startChild(args, environment)),
		clear,
		stop: async () => {
			await clear();
			await closePools();
			await postgres.stop();
		},
	};
}

async function clone(adminUrl: string, name: string): Promise<void> {
	const client = new pg.Client({ connectionString: adminUrl });
	await client.connect();
	await client.query(`create database ${pg.escapeIdentifier(name)} template template`).finally(() => client.end());
}

const settings = {
	NODE_ENV: "production",
	LOG_LEVEL: "error",
	ENCRYPTION_KEY: Buffer.alloc(32, 7).toString("base64"),
	AUTH_SECRET: "a secret for the bench that nobody else uses",
	PRIVATE_HOSTS: "127.0.0.1",
};
