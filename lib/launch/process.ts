import { spawn } from "node:child_process";

/** In the order in which they end: who works first, what all stand on last. */
export const parts = ["worker", "web server", "demo", "mail inbox", "database"] as const;
export type Part = (typeof parts)[number];

/** Starts one part and gives what it says when it is ready. */
export type Add = (part: Part, args: string[], environment: Record<string, string | undefined>) => Promise<string>;

/** In front of a file in TypeScript. */
export const tsx = ["--import", "tsx"];

export interface StartedProcess {
	name: string;
	/** What the process said when it was ready. */
	ready: Promise<string>;
	exited: Promise<number | string>;
	stop(): Promise<void>;
}

/** How long a process may take to finish what it is doing. */
const patienceMs = 10_000;

/**
 * Starts one of our own processes in a group of its own, so that Ctrl-C reaches only the launcher, which ends them
 * in order. The channel between both closes with the launcher, whatever ends it, and the process ends itself then.
 */
export function startProcess(
	name: string,
	args: string[],
	environment: Record<string, string | undefined>,
): StartedProcess {
	const child = spawn(process.execPath, args, {
		stdio: ["ignore", "inherit", "inherit", "ipc"],
		detached: true,
		env: { ...environment, NODE_ENV: "production" },
	});
	const exited = new Promise<number | string>((resolve) =>
		child.once("exit", (code, signal) => resolve(code ?? signal ?? 0)),
	);
	const ready = new Promise<string>((resolve, reject) => {
		child.once("message", (message) => resolve(String(message)));
		void exited.then((code) => reject(new Error(`The ${name} did not start (${code}). Its words are above.`)));
	});
	// Whoever does not wait for it any more still hears of the end by `exited`.
	ready.catch(() => {});
	return {
		name,
		ready,
		exited,
		stop: async () => {
			if (child.exitCode !== null || child.signalCode !== null) return;
			child.kill("SIGTERM");
			const hard = setTimeout(() => child.kill("SIGKILL"), patienceMs);
			await exited;
			clearTimeout(hard);
		},
	};
}
