// Plain JavaScript without packages: it runs before any are installed.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
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
	installIn(root, "Installing packages (once, about a minute) …", { say });
	generate(say);
}

/** Installs the real Vendure that tests run against, in its own folder. Nothing of it is compiled. */
export function installVendure() {
	const folder = path.join(root, "e2e/vendure");
	installIn(folder, "Installing a Vendure server for tests (once, about a minute) …", { more: ["--ignore-scripts"] });
}

function installIn(folder, words, { more = [], say = console.log }) {
	const stampFile = path.join(folder, "node_modules/.crossdock-installed");
	const stamp = createHash("sha256")
		.update(readFileSync(path.join(folder, "package-lock.json")))
		.digest("hex");
	if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp) return;
	say(words);
	const began = Date.now();
	// `npm ci` refuses a lock file that lacks other platforms' optional packages; this keeps to it and changes nothing.
	must("npm", ["install", "--no-save", "--no-audit", "--no-fund", "--loglevel=error", ...more], { cwd: folder });
	writeFileSync(stampFile, stamp);
	say(`Packages installed (${Math.round((Date.now() - began) / 1000)} s)`);
}

function generate(say) {
	const stampFile = path.join(root, "lib/db/generated/.stamp");
	const sum = createHash("sha256");
	const folder = path.join(root, "prisma/schema");
	for (const name of readdirSync(folder).sort()) sum.update(name).update(readFileSync(path.join(folder, name)));
	const stamp = sum.digest("hex");
	if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp) return;
	say("Generating the database client …");
	// The client needs no engine of its own; the tool insists on the name of one.
	must(
		process.execPath,
		["node_modules/prisma/build/index.js", "generate", "--schema", "prisma/schema", "--no-hints"],
		{
			env: {
				PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
				PRISMA_HIDE_UPDATE_MESSAGE: "1",
				CHECKPOINT_DISABLE: "1",
			},
		},
	);
	writeFileSync(stampFile, stamp);
}

function must(command, args, { cwd = root, env = {} }) {
	const { status, stdout, stderr } = spawnSync(command, args, {
		cwd,
		stdio: ["ignore", "pipe", "pipe"],
		encoding: "utf8",
		env: { ...process.env, ...env },
	});
	if (status === 0) return;
	console.error(`${stdout}${stderr}`);
	console.error(`"${command} ${args.join(" ")}" failed. Its words are above; mend that and start again.`);
	process.exit(1);
}
