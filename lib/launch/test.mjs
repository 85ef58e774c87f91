// `npm test`: everything, on a fresh clone too. `npm test -- WORDS` runs only the test files whose path holds a word.
import { spawn } from "node:child_process";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { checkNode, install, installVendure, root } from "./install.mjs";
import { tenancyLine, report as walkReport } from "./tenancy-line.mjs";

checkNode();
install();

const filter = process.argv.slice(2);
rmSync(walkReport, { force: true });
/** Tests in a browser, those that the words choose. */
const scenarios = filesIn("e2e/scenarios", ".spec.ts").filter(isWanted);
if (scenarios.length > 0 || filesIn("e2e/vendure", ".test.ts").some(isWanted)) installVendure();

const own = `crossdock-tests-${process.pid}`;
const reports = [`${own}.json`, `${own}-browser.json`].map((name) => path.join(tmpdir(), name));
const vitest = [
	"node_modules/vitest/vitest.mjs",
	"run",
	"--config",
	".config/vitest.config.ts",
	"--reporter=default",
	"--reporter=json",
	`--outputFile=${reports[0]}`,
	...(scenarios.length > 0 ? ["--passWithNoTests"] : []),
	...filter,
];
const playwright = [
	"node_modules/@playwright/test/cli.js",
	"test",
	"--config",
	"e2e/playwright.config.ts",
	...scenarios,
];
const checks = [
	["format and lint", ["node_modules/@biomejs/biome/bin/biome", "ci", "--error-on-warnings", "."]],
	["types", ["node_modules/typescript/bin/tsc", "--noEmit"]],
	["unused code", ["node_modules/knip/bin/knip.js", "--config", ".config/knip.json", "--no-progress"]],
];

let failed = 0;
if (filter.length === 0) for (const [name, args] of checks) await run(name, args);
// A browser mostly waits, and so do tests of a database: together they take little longer than the longer of the two.
const tests = run("tests", vitest);
await Promise.all([tests, ...(scenarios.length > 0 ? [run("browser tests", playwright, tests)] : [])]);

const walk = tenancyLine();
if (walk) console.log(walk);
const counts = reports.map(readCounts);
const passed = counts.reduce((sum, one) => sum + one.passed, 0);
const failures = counts.reduce((sum, one) => sum + one.failed, 0);
console.log(`${passed} passed, ${Math.max(failures, failed)} failed`);
process.exit(failed === 0 && failures === 0 && passed > 0 ? 0 : 1);

/** Runs one to its end. What it says is shown at once, or held back until `first` is over, so that no two talk at once. */
async function run(name, args, first) {
	const began = Date.now();
	const out = first ? "pipe" : "inherit";
	const child = spawn(process.execPath, args, {
		cwd: root,
		stdio: ["ignore", out, out],
		env: { ...process.env, CROSSDOCK_COUNTS: reports[1] },
	});
	const passOn = (signal) => child.kill(signal);
	for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, passOn);
	const ended = new Promise((resolve) => child.once("close", resolve));
	if (first) await showAfter(first, child);
	const status = await ended;
	for (const signal of ["SIGINT", "SIGTERM"]) process.off(signal, passOn);
	if (status !== 0) failed++;
	console.log(`${status === 0 ? "ok    " : "FAILED"} ${name} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
}

async function showAfter(first, child) {
	const held = [];
	let write = (chunk) => held.push(chunk);
	for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => write(chunk));
	await first;
	write = (chunk) => process.stdout.write(chunk);
	for (const chunk of held) write(chunk);
}

function isWanted(file) {
	return filter.length === 0 || filter.some((word) => file.includes(word));
}

function filesIn(folder, ending) {
	const names = readdirSync(path.join(root, folder)).filter((name) => name.endsWith(ending));
	return names.map((name) => `${folder}/${name}`);
}

/** What either runner left; nothing when it did not come that far. */
function readCounts(file) {
	try {
		const told = JSON.parse(readFileSync(file, "utf8"));
		rmSync(file, { force: true });
		return { passed: told.numPassedTests ?? told.passed, failed: told.numFailedTests ?? told.failed };
	} catch {
		return { passed: 0, failed: 0 };
	}
}
