import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "../..");
/** All that the build reads; the generated database client follows from the schema. */
const sources = [
	"app",
	"components",
	"lib",
	"prisma/schema",
	"public",
	"next.config.js",
	"package.json",
	"package-lock.json",
	"tsconfig.json",
];
/** What lies among the sources and does not reach the web app. */
const unread = /^lib\/(db\/generated|launch|testing)$|\/sandbox$|\.test\.tsx?$/;
/** A copy that still runs may use an earlier build, so some are left. */
const keptBuilds = 3;

/** Builds the web app unless this very source was built before; returns the folder of the build. */
export async function buildWeb(say: (line: string) => void, signal: AbortSignal): Promise<string> {
	const distDir = `.next/${hashOf(root, sources).slice(0, 12)}`;
	const done = path.join(root, distDir, "crossdock-built");
	if (existsSync(done)) return distDir;
	say("Building the web app (once per change, about a minute) …");
	mkdirSync(path.join(root, ".next"), { recursive: true });
	writeFileSync(
		path.join(root, ".next/tsconfig.json"),
		JSON.stringify({
			extends: "../tsconfig.json",
			include: ["../app/**/*.ts*", "../components/**/*.ts*", "../lib/**/*.ts"],
		}),
	);
	const output: string[] = [];
	const child = spawn(process.execPath, ["node_modules/next/dist/bin/next", "build"], {
		cwd: root,
		env: { ...process.env, NEXT_DIST_DIR: distDir, NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" },
		stdio: ["ignore", "pipe", "pipe"],
		signal,
	});
	for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => output.push(String(chunk)));
	const code = await new Promise((resolve, reject) => child.once("exit", resolve).once("error", reject));
	if (code !== 0) throw new Error(`The web app could not be built:\n${output.join("").slice(-3000)}`);
	writeFileSync(done, "");
	removeOldBuilds();
	say("Web app built");
	return distDir;
}

function removeOldBuilds(): void {
	const folder = path.join(root, ".next");
	const builds = readdirSync(folder)
		.map((name) => path.join(folder, name, "crossdock-built"))
		.filter((file) => existsSync(file))
		.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
	for (const file of builds.slice(keptBuilds)) rmSync(path.dirname(file), { recursive: true, force: true });
}

/** One sum over names and contents of everything under these names that the build reads. */
export function hashOf(folder: string, names: string[]): string {
	const sum = createHash("sha256");
	const add = (name: string) => {
		const full = path.join(folder, name);
		if (unread.test(name) || !existsSync(full)) return;
		if (statSync(full).isDirectory()) for (const entry of readdirSync(full).sort()) add(`${name}/${entry}`);
		else sum.update(name).update(readFileSync(full));
	};
	for (const name of names) add(name);
	return sum.digest("hex");
}
