// `npm test`: everything, on a fresh clone too. `npm test -- WORDS` runs only the test files whose path holds a word.
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { checkNode, install, installVendure, root } from "./install.mjs";
import { tenancyLine, report as walkReport } from "./tenancy-line.mjs";

checkNode();
install();

const filter = process.argv.slice(2);
rmSync(walkReport, { force: true });
if (needsVendure()) installVendure();

const report = path.join(tmpdir(), `crossdock-tests-${process.pid}.json`);
const vitest = [
	"node_modules/vitest/vitest.mjs",
	"run",
	"--config",
	".config/vitest.config.ts",
	"--reporter=default",
	"--reporter=json",
	`--outputFile=${report}`,
];
const steps = [
	["format and lint", ["node_modules/@biomejs/biome/bin/biome", "ci", "--error-on-warnings", "."]],
	["types", ["node_modules/typescript/bin/tsc", "--noEmit"]],
	["unused code", ["node_modules/knip/bin/knip.js", "--config", ".config/knip.json", "--no-progress"]],
	["tests", vitest],
];

let failed = 0;
for (const [name, args] of filter.length > 0 ? [["tests", [...vitest, ...filter]]] : steps) {
	const began = Date.now();
	const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
	if (status !== 0) failed++;
	console.log(`${status === 0 ? "ok    " : "FAILED"} ${name} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
}

const walk = tenancyLine();
if (walk) console.log(walk);
const counts = readCounts();
console.log(`${counts.passed} passed, ${counts.failed + (failed > 0 && counts.failed === 0 ? failed : 0)} failed`);
process.exit(failed === 0 && counts.passed > 0 ? 0 : 1);

/** Whether a test against the real Vendure is among those that run. */
function needsVendure() {
	if (filter.length === 0) return true;
	const files = readdirSync(path.join(root, "e2e/vendure")).filter((name) => name.endsWith(".test.ts"));
	return files.some((name) => filter.some((word) => `e2e/vendure/${name}`.includes(word)));
}

function readCounts() {
	try {
		const { numPassedTests: passed, numFailedTests: failed } = JSON.parse(readFileSync(report, "utf8"));
		rmSync(report, { force: true });
		return { passed, failed };
	} catch {
		return { passed: 0, failed: 0 };
	}
}
