/** The worker processes of a campaign: killed, replaced as in a deploy, or given a wrong clock. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { secondMs } from "@/lib/time";

/** How long a worker that is told to stop may take to finish its page and hand over. */
const handOverMs = 10 * secondMs;

export interface Crew {
	kill(place: number): Promise<void>;
	deploy(): Promise<void>;
	/** Starts those again that ended by themselves, as whoever runs Crossdock lets his system do. */
	revive(): void;
	setClock(place: number, wrongMs: number): void;
	/** How long the slowest took to stop when it was told to, in milliseconds. */
	slowestStopMs(): number;
	stop(): Promise<void>;
}

export function startCrew(size: number, environment: Record<string, string>): Crew {
	const start = () => startWorker(environment);
	const workers = Array.from({ length: size }, start);
	const leaving = new Set<Promise<void>>();
	let slowestStopMs = 0;
	const stopGently = async (worker: ChildProcess) => {
		const began = performance.now();
		await end(worker, "SIGTERM");
		slowestStopMs = Math.max(slowestStopMs, performance.now() - began);
	};
	return {
		async kill(place) {
			const worker = workers[place];
			if (!worker) return;
			await end(worker, "SIGKILL");
			workers[place] = start();
		},
		async deploy() {
			for (const [place, worker] of workers.entries()) {
				workers[place] = start();
				const left = stopGently(worker).finally(() => leaving.delete(left));
				leaving.add(left);
			}
		},
		revive() {
			for (const [place, worker] of workers.entries()) if (isGone(worker)) workers[place] = start();
		},
		setClock(place, wrongMs) {
			const worker = workers[place];
			if (worker?.connected) worker.send({ wrongMs }, () => {});
		},
		slowestStopMs: () => slowestStopMs,
		async stop() {
			await Promise.all([...leaving, ...workers.map((worker) => end(worker, "SIGKILL"))]);
		},
	};
}

function startWorker(environment: Record<string, string>): ChildProcess {
	const worker = spawn(process.execPath, ["--import", "tsx", "workers/chaos/worker.ts"], {
		cwd: path.resolve(import.meta.dirname, "../.."),
		stdio: ["ignore", "ignore", "ignore", "ipc"],
		env: { ...process.env, ...environment },
	});
	worker.on("error", () => {});
	return worker;
}

function isGone(worker: ChildProcess): boolean {
	return worker.exitCode !== null || worker.signalCode !== null;
}

/** One that does not stop in good time is killed: the campaign goes on, and says so in the end. */
async function end(worker: ChildProcess, signal: "SIGTERM" | "SIGKILL"): Promise<void> {
	if (isGone(worker)) return;
	const gone = once(worker, "exit");
	worker.kill(signal);
	const hard = setTimeout(() => worker.kill("SIGKILL"), 2 * handOverMs);
	await gone;
	clearTimeout(hard);
}
