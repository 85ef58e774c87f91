/** A process of the bench that answers questions one at a time, and ends when the bench does. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";

export const root = path.resolve(import.meta.dirname, "..");

export interface Child {
	pid: number;
	/** What the process said first. */
	ready: Promise<unknown>;
	ask(question: object): Promise<unknown>;
	stop(): Promise<void>;
}

/** Starts one of our own scripts. What it prints goes to our error output: ours belongs to the result. */
export function startChild(args: string[], environment: Record<string, string> = {}): Child {
	const child = spawn(process.execPath, args, {
		cwd: root,
		stdio: ["ignore", 2, 2, "ipc"],
		env: { ...process.env, ...environment },
	});
	const gone = once(child, "exit").then(() => {
		throw new Error(`${args.at(-1)} ended unexpectedly. Its words are above.`);
	});
	gone.catch(() => {});
	const next = () => Promise.race([once(child, "message").then(([message]) => message), gone]);
	const ready = next();
	ready.catch(() => {});
	return {
		pid: child.pid ?? 0,
		ready,
		ask: (question) => {
			const answer = next();
			child.send(question);
			return answer;
		},
		stop: async () => {
			if (child.exitCode !== null || child.signalCode !== null) return;
			const exited = once(child, "exit");
			child.kill("SIGTERM");
			const hard = setTimeout(() => child.kill("SIGKILL"), 10_000);
			await exited;
			clearTimeout(hard);
		},
	};
}
