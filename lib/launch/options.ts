import { parseArgs } from "node:util";

export interface LaunchOptions {
	/** Whether the demo account and its world are wanted. */
	demo: boolean;
	/** The port people open; the usual one when absent. */
	port?: number;
	help: boolean;
}

export const usage = `npm start                 starts Crossdock with a demo account
npm start -- --no-demo    starts it without
npm start -- --demo       with the demo even on the database that DATABASE_URL names
npm start -- --port 4000  on another port than 3000`;

/** Reads the command line. A database of one's own gets the demo only when asked. Throws a sentence for bad words. */
export function parseOptions(args: string[], ownDatabase: string | undefined): LaunchOptions {
	let values: { demo?: boolean; port?: string; help?: boolean };
	try {
		({ values } = parseArgs({
			args,
			allowNegative: true,
			options: { demo: { type: "boolean" }, port: { type: "string" }, help: { type: "boolean", short: "h" } },
		}));
	} catch (error) {
		throw new Error(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
	}
	const port = values.port === undefined ? undefined : Number(values.port);
	if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65_536))
		throw new Error(`--port must be a number from 1 to 65535, not "${values.port}".\n${usage}`);
	return {
		demo: values.demo ?? !ownDatabase,
		help: values.help ?? false,
		...(port !== undefined && { port }),
	};
}
