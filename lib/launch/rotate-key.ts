/**
 * `npm run rotate-key`: moves every account and second factor to a new master key. With a database of one's own, the environment (or
 * files it names) gives the new key as ENCRYPTION_KEY and the one before as ENCRYPTION_KEY_OLD. The embedded parts
 * get a new key by themselves. Stopped at any moment, it goes on where it was when it is run again.
 */
import { rmSync } from "node:fs";
import path from "node:path";
import { closePools } from "@/lib/db/pools";
import { rotateMasterKey } from "@/lib/db/rotate-master-key";
import { checkMasterKey } from "@/lib/db/secrets";
import { systemTransaction } from "@/lib/db/system";
import { overrideEnv } from "@/lib/env";
import { claimDataFolder } from "./data-folder";
import { startDatabase } from "./database";
import { beginRotation, oldKeyFile, ownKeys } from "./keys";
import { type StartedProcess, startProcess } from "./process";

const root = path.resolve(import.meta.dirname, "../..");
const say = (line: string) => process.stdout.write(`${line}\n`);
const stopping = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => stopping.abort());

/** True when everything has the present key. */
async function rotate(): Promise<boolean> {
	await systemTransaction(checkMasterKey);
	const { moved, left } = await rotateMasterKey({
		signal: stopping.signal,
		onStep: (now) => say(`${now.moved} moved, ${now.left} left`),
	});
	say(left > 0 ? `Stopped: ${left} still have the key before. Run it again to go on.` : `Done: ${moved} moved.`);
	await closePools();
	return left === 0;
}

async function rotateOwnDatabase(): Promise<void> {
	overrideEnv({});
	if (await rotate()) say("ENCRYPTION_KEY_OLD is not needed any more: take it out of the environment.");
}

async function rotateEmbedded(): Promise<void> {
	const data = await claimDataFolder(root);
	let database: StartedProcess | undefined;
	try {
		if (data.second) throw new Error("Crossdock runs from this folder. End it, rotate the key, and start it again.");
		const folder = path.join(data.path, "keys");
		beginRotation(folder);
		const address = await startDatabase(data.path, undefined, {
			say,
			add: (part, args, environment) => {
				database = startProcess(part, args, environment);
				return database.ready;
			},
		});
		overrideEnv({ ...ownKeys(folder, { say, mayMake: true }), DATABASE_URL: address });
		if (await rotate()) rmSync(oldKeyFile(folder), { force: true });
	} finally {
		await database?.stop();
		data.release();
	}
}

try {
	await (process.env.DATABASE_URL || process.env.DATABASE_URL_FILE ? rotateOwnDatabase() : rotateEmbedded());
} catch (error) {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
}
