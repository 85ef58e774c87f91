/**
 * The worker process. As many as one likes run over one database; each holds a lock and a heartbeat while it
 * lives. Told to stop, it finishes the page it is on and hands the rest over.
 */
import { EventEmitter } from "node:events";
import { hostname } from "node:os";
import { parseCronItems, run } from "graphile-worker";
import { newId } from "@/lib/db/ids";
import { closePools } from "@/lib/db/pools";
import { checkMasterKey } from "@/lib/db/secrets";
import { systemTransaction } from "@/lib/db/system";
import { env } from "@/lib/env";
import { systemTasks } from "@/lib/jobs/system";
import { log } from "@/lib/log";
import { startTracing, stopTracing } from "@/lib/trace";
import { createClock } from "./clock";
import { startHeartbeat } from "./heartbeat";
import { queueLogger } from "./queue-logger";
import { taskList } from "./tasks";

const worker = { id: newId("wrk"), host: hostname() };
const clock = createClock();
const stopping = new AbortController();
const events = new EventEmitter();
const queueIds: string[] = [];
events.on("worker:create", (event: { worker: { workerId: string } }) => queueIds.push(event.worker.workerId));

/** What is wrong with the environment is one sentence, not a stack. */
async function begin() {
	const key = env().ENCRYPTION_KEY;
	if (!key) throw new Error("ENCRYPTION_KEY is missing: give the worker the key that the web server has.");
	await systemTransaction(checkMasterKey);
	await startTracing("crossdock-worker");
	const heartbeat = await startHeartbeat({ ...worker, queueIds }, clock);
	const runner = await run({
		connectionString: env().DATABASE_URL,
		concurrency: env().WORKER_CONCURRENCY,
		noHandleSignals: true,
		pollInterval: 1000,
		taskList: taskList({ id: worker.id, signal: stopping.signal, now: clock.now }),
		parsedCronItems: parseCronItems(Object.entries(systemTasks).map(([task, match]) => ({ task, match }))),
		events: events as never,
		logger: queueLogger(),
	});
	return { heartbeat, runner };
}

const { heartbeat, runner } = await begin().catch((error: unknown) => {
	const words = error instanceof Error ? error.message : String(error);
	const hint = /does not exist/.test(words) ? " Start Crossdock once over this database: it makes the tables." : "";
	process.stderr.write(`The worker did not start. ${words}${hint}\n`);
	return process.exit(1);
});
await runner.addJob("system/sweep", {}, { jobKey: "system/sweep" });
await runner.addJob("system/prune", {}, { jobKey: "system/prune" });
log().info({ worker: worker.id, concurrency: env().WORKER_CONCURRENCY }, "worker started");
process.send?.("ready");

async function stop(): Promise<void> {
	if (stopping.signal.aborted) return;
	stopping.abort(new Error("the worker was asked to stop"));
	await runner.stop().catch(() => {});
	await heartbeat.stop();
	await stopTracing().catch(() => {});
	await closePools();
	process.exit(0);
}
process.on("SIGTERM", stop);
process.on("SIGINT", stop);
// Started by the launcher, it must not outlive it.
process.on("disconnect", stop);
