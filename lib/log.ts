import pino, { type Logger } from "pino";
import { env } from "./env";

let root: Logger | undefined;

/**
 * The process's log: one JSON object a line on standard error, so that standard output stays for people.
 * Facts are ids and counts; names, addresses, tokens and bodies have no place here.
 */
export function log(): Logger {
	root ??= pino(
		{
			level: env().LOG_LEVEL,
			base: null,
			timestamp: pino.stdTimeFunctions.isoTime,
			redact: { paths: secretPaths, censor: "•••" },
		},
		pino.destination({ dest: 2, sync: true }),
	);
	return root;
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
