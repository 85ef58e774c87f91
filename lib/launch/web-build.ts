import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "../..");
const sources = ["app", "components", "lib", "next.config.js", "package-lock.json", "tsconfig.json"];

/** Builds the web app unless this very source was built before; returns the folder of the build. */
export async function buildWeb(say: (line: string) => void): Promise<string> {
	const distDir = `.next/${hashOf(sources).slice(0, 12)}`;
	const done = path.join(root, distDir, "crossdock-built");
	if (existsSync(done)) return distDir;
	say("Building the web app (once per change) …");
	mkdirSync(path.join(root, ".next"), { recursive: true });
	writeFileSync(
		path.join(root, ".next/tsconfig.json"),
		JSON.stringify({ extends: "../tsconfig.json", include: ["../app/**/*.ts*", "../lib/**/*.ts"] }),
	);
	const output: string[] = [];
	const child = spawn(process.execPath, ["node_modules/next/dist/bin/next", "build"], {
		cwd: root,
		env: { ...process.env, NEXT_DIST_DIR: distDir, NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" },
		stdio: ["ignore", "pipe", "pipe"],
	});
	for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => output.push(String(chunk)));
	const code = await new Promise((resolve) => child.once("exit", resolve));
	if (code !== 0) throw new Error(`The web app could not be built:\n${output.join("").slice(-3000)}`);
	writeFileSync(done, "");
	return distDir;
}

function hashOf(names: string[]): string {
	const sum = createHash("sha256");
	const add = (name: string) => {
		const full = path.join(root, name);
		if (!existsSync(full)) return;
		const entries = /\.\w+$/.test(name) ? null : readdirSync(full).sort();
		if (!entries) sum.update(name).update(readFileSync(full));
		else for (const entry of entries) if (entry !== "generated") add(`${name}/${entry}`);
	};
	for (const name of names) add(name);
	return sum.digest("hex");
}
