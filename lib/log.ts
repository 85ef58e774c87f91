import { AsyncLocalStorage } from "node:async_hooks";
import pino, { type DestinationStream, type Logger } from "pino";
import { env } from "./env";

let root: Logger | undefined;
const about = new AsyncLocalStorage<LogFacts>();

/** What a line belongs to. Ids only. */
interface LogFacts {
	requestId?: string;
	runId?: string;
}

/**
 * The process's log: one JSON object a line on standard error, so that standard output stays for people.
 * Facts are ids and counts; names, addresses, tokens and bodies have no place here.
 */
export function log(): Logger {
	root ??= createLog(pino.destination({ dest: 2, sync: true }));
	return root;
}

/** A log that writes elsewhere; for tests of what it writes. */
export function createLog(destination: DestinationStream, level = env().LOG_LEVEL): Logger {
	return pino(
		{
			level,
			base: null,
			timestamp: pino.stdTimeFunctions.isoTime,
			redact: { paths: secretPaths, censor: "•••" },
			// A line's own facts win over those of what it belongs to.
			mixin: () => ({ ...about.getStore() }),
		},
		destination,
	);
}

/** Every line that is written meanwhile, however deep, says which request or run it belongs to. */
export function logging<T>(facts: LogFacts, work: () => T): T {
	return about.run({ ...about.getStore(), ...facts }, work);
}

/** Writes the lines of this process elsewhere for the time of the work; for tests of what is written. */
export async function withLog<T>(other: Logger, work: () => Promise<T>): Promise<T> {
	const before = root;
	root = other;
	try {
		return await work();
	} finally {
		root = before;
	}
}

const secretPaths = [
	"password",
	"secret",
	"token",
	"apiKey",
	"authorization",
	"email",
	"*.password",
	"*.secret",
	"*.token",
	"*.apiKey",
	"*.authorization",
	"*.email",
];
