/**
 * Says that this process lives: a row with a young heartbeat, and an advisory lock that the server drops the moment
 * the process is gone. A database that restarts drops the lock too, so it is taken again on every new connection.
 */
import pg from "pg";
import { systemPool } from "@/lib/db/pools";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import type { Clock } from "./clock";
import { workerLock } from "./tasks/system/sweep";

const everyMs = 2_000;

/** Each beat also puts the worker's clock right: it goes by the database's. */
export async function startHeartbeat(
	worker: { id: string; host: string; queueIds: string[] },
	clock: Clock,
): Promise<{ stop(): Promise<void> }> {
	let holder = await hold(worker.id);
	let stopped = false;
	const beat = async () => {
		try {
			if (holder.broken()) holder = await hold(worker.id);
			const { rows } = await systemPool().query<{ at: Date }>(
				`insert into "Worker" ("id", "host", "version", "queueIds", "startedAt", "heartbeatAt") values ($1, $2, '0.1.0', $3, now(), now())
				 on conflict ("id") do update set "heartbeatAt" = now(), "queueIds" = excluded."queueIds"
				 returning clock_timestamp() as "at"`,
				[worker.id, worker.host, worker.queueIds],
			);
			if (rows[0]) clock.set(rows[0].at);
		} catch (error) {
			log().warn({ worker: worker.id, reason: error instanceof Error ? error.message : "unknown" }, "heartbeat missed");
		}
	};
	const loop = async () => {
		while (!stopped) {
			await beat();
			await new Promise((resolve) => setTimeout(resolve, everyMs).unref());
		}
	};
	await beat();
	void loop();
	return {
		stop: async () => {
			stopped = true;
			await systemPool()
				.query(`delete from "Worker" where "id" = $1`, [worker.id])
				.catch(() => {});
			await holder.end();
		},
	};
}

async function hold(id: string): Promise<{ broken(): boolean; end(): Promise<void> }> {
	const client = new pg.Client({ connectionString: env().DATABASE_URL, keepAlive: true });
	let broken = false;
	client.on("error", () => {
		broken = true;
	});
	client.on("end", () => {
		broken = true;
	});
	await client.connect();
	await client.query(`select pg_advisory_lock(${workerLock})`, [id]);
	return { broken: () => broken, end: () => client.end().catch(() => {}) };
}
