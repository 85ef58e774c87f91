/**
 * `npm run reset-factor -- ann@example.com`: for a person who lost phone, passkeys and recovery codes. Make sure first
 * that it is them who asks. With the embedded database, end Crossdock before, and start it again after.
 */
import path from "node:path";
import { resetFactor } from "@/lib/auth/factor/reset-factor";
import { closePools } from "@/lib/db/pools";
import { overrideEnv } from "@/lib/env";
import { claimDataFolder } from "./data-folder";
import { startDatabase } from "./database";
import { type StartedProcess, startProcess } from "./process";

const root = path.resolve(import.meta.dirname, "../..");
const say = (line: string) => process.stdout.write(`${line}\n`);

async function reset(email: string): Promise<void> {
	const done = await resetFactor(email);
	await closePools();
	if (!done) throw new Error("Nobody with this mail address has a second factor. Nothing was changed.");
	say("Done: their next sign-in asks for the link in their mail only, and they are signed out everywhere.");
	say(done.mailed ? "They were told by mail." : "No mail could be sent, so tell them yourself.");
}

async function resetEmbedded(email: string): Promise<void> {
	const data = await claimDataFolder(root);
	let database: StartedProcess | undefined;
	try {
		if (data.second) throw new Error("Crossdock runs from this folder. End it, run this, and start it again.");
		const address = await startDatabase(data.path, undefined, {
			say,
			add: (part, args, environment) => {
				database = startProcess(part, args, environment);
				return database.ready;
			},
		});
		overrideEnv({ DATABASE_URL: address });
		await reset(email);
	} finally {
		await database?.stop();
		data.release();
	}
}

try {
	const [email, ...more] = process.argv.slice(2);
	if (!email?.includes("@") || more.length > 0)
		throw new Error("Give one mail address: npm run reset-factor -- ann@example.com");
	await (process.env.DATABASE_URL || process.env.DATABASE_URL_FILE ? reset(email) : resetEmbedded(email));
} catch (error) {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
}
