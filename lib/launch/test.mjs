// `npm test`: everything, on a fresh clone too. `npm test -- WORDS` runs only the test files whose path holds a word.
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { checkNode, install, installVendure, root } from "./install.mjs";

checkNode();
install();

const filter = process.argv.slice(2);
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
const tests = [["tests", vitest], ...(scenarios.length > 0 ? [["browser tests", playwright]] : [])];

let failed = 0;
for (const [name, args] of filter.length > 0 ? tests : [...checks, ...tests]) {
	const began = Date.now();
	const { status } = spawnSync(process.execPath, args, {
		cwd: root,
		stdio: ["ignore", "inherit", "inherit"],
		env: { ...process.env, CROSSDOCK_COUNTS: reports[1] },
	});
	if (status !== 0) failed++;
	console.log(`${status === 0 ? "ok    " : "FAILED"} ${name} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
}

const counts = reports.map(readCounts);
const passed = counts.reduce((sum, one) => sum + one.passed, 0);
const failures = counts.reduce((sum, one) => sum + one.failed, 0);
console.log(`${passed} passed, ${Math.max(failures, failed)} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);

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
