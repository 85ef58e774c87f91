// `npm test`: everything, on a fresh clone too. `npm test -- WORDS` runs only the test files whose path holds a word.
import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { checkNode, install, root } from "./install.mjs";

checkNode();
install();

const filter = process.argv.slice(2);
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

const counts = readCounts();
console.log(`${counts.passed} passed, ${counts.failed + (failed > 0 && counts.failed === 0 ? failed : 0)} failed`);
process.exit(failed === 0 && counts.passed > 0 ? 0 : 1);

function readCounts() {
	try {
		const { numPassedTests: passed, numFailedTests: failed } = JSON.parse(readFileSync(report, "utf8"));
		rmSync(report, { force: true });
		return { passed, failed };
	} catch {
		return { passed: 0, failed: 0 };
	}
}
