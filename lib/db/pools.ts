import pg from "pg";
import { env } from "@/lib/env";

/** bigint counts fit a JavaScript number here; nothing counts beyond 2^53. */
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

let app: pg.Pool | undefined;
let system: pg.Pool | undefined;

/** Connections that own nothing and see only the account set for their transaction. */
export function appPool(): pg.Pool {
	app ??= openPool(env().DATABASE_APP_ROLE);
	return app;
}

/** Connections that see every account. For `lib/db/root` only. */
export function systemPool(): pg.Pool {
	system ??= openPool("crossdock_system");
	return system;
}

export async function closePools(): Promise<void> {
	await Promise.all([app?.end(), system?.end()]);
	app = undefined;
	system = undefined;
}

function openPool(role: string): pg.Pool {
	const pool = new pg.Pool({
		connectionString: env().DATABASE_URL,
		max: env().DATABASE_POOL_MAX,
		options: `-c role=${role} -c statement_timeout=60000 -c idle_in_transaction_session_timeout=60000`,
		application_name: "crossdock",
		keepAlive: true,
	});
	// A connection that breaks while idle is replaced by the pool; without a listener it would end the process.
	pool.on("error", () => {});
	return pool;
}
