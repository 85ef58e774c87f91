// Plain JavaScript without packages: it runs before any are installed.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

export const root = path.resolve(import.meta.dirname, "../..");
const least = [20, 19];

/** Stops with a clear sentence when this Node is too old. */
export function checkNode() {
	const [major, minor] = process.versions.node.split(".").map(Number);
	if (major > least[0] || (major === least[0] && minor >= least[1])) return;
	console.error(
		`Crossdock needs Node ${least.join(".")} or newer; this is ${process.versions.node}. Install a newer Node and start again.`,
	);
	process.exit(1);
}

/** Installs packages when they are missing or the lock file changed since, and generates the database client. */
export function install(say = console.log) {
	const stampFile = path.join(root, "node_modules/.crossdock-installed");
	const stamp = createHash("sha256")
		.update(readFileSync(path.join(root, "package-lock.json")))
		.digest("hex");
	if (!existsSync(stampFile) || readFileSync(stampFile, "utf8") !== stamp) {
		say("Installing packages (once, about a minute) …");
		// `npm ci` refuses a lock file that lacks other platforms' optional packages; this keeps to it and changes nothing.
		must("npm", ["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error"]);
		writeFileSync(stampFile, stamp);
	}
	generate(say);
}

function generate(say) {
	const stampFile = path.join(root, "lib/db/generated/.stamp");
	const sum = createHash("sha256");
	for (const name of [
		"main",
		"people",
		"accounts",
		"connections",
		"orders",
		"shipments",
		"inventory",
		"runs",
		"alerts",
	]) {
		sum.update(readFileSync(path.join(root, `prisma/schema/${name}.prisma`)));
	}
	const stamp = sum.digest("hex");
	if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp) return;
	say("Generating the database client …");
	// The client needs no engine of its own; the tool insists on the name of one.
	must(
		process.execPath,
		["node_modules/prisma/build/index.js", "generate", "--schema", "prisma/schema", "--no-hints"],
		{
			PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
			PRISMA_HIDE_UPDATE_MESSAGE: "1",
			CHECKPOINT_DISABLE: "1",
		},
	);
	writeFileSync(stampFile, stamp);
}

function must(command, args, env = {}) {
	const { status } = spawnSync(command, args, {
		cwd: root,
		stdio: ["ignore", "pipe", "inherit"],
		env: { ...process.env, ...env },
	});
	if (status === 0) return;
	console.error(`"${command} ${args.join(" ")}" failed. Its words are above; mend that and start again.`);
	process.exit(1);
}
