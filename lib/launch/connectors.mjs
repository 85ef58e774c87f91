// `npm run connectors`: what every connector promises and keeps, C1 to C20. `-- --json` gives the same as data.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { checks, reportOf, tableOf } from "./connectors-report.mjs";
import { checkNode, install, root } from "./install.mjs";

const asJson = process.argv.includes("--json");
const log = console.log;
if (asJson) console.log = console.error;
checkNode();
install();
console.log = log;

const folder = mkdtempSync(path.join(tmpdir(), "crossdock-connectors-"));
const file = path.join(folder, "results.json");
const { stdout, stderr } = spawnSync(
	process.execPath,
	[
		...["node_modules/vitest/vitest.mjs", "run", "--config", ".config/vitest.config.ts", "lib/connectors/"],
		...["--testNamePattern", "keeps the promises of a connector", "--reporter", "json", "--outputFile", file],
	],
	{ cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], maxBuffer: 2 ** 28 },
);
let report = [];
try {
	report = reportOf(JSON.parse(readFileSync(file, "utf8")));
} catch {
	console.error(`${stdout}${stderr}`);
} finally {
	rmSync(folder, { recursive: true, force: true });
}
console.log(asJson ? JSON.stringify(report, null, "\t") : tableOf(report));
const rows = report.flatMap(({ capabilities }) => capabilities);
const broken = rows.flatMap(({ checks: kept }) => checks.filter((check) => kept[check] === "broken")).length;
if (!asJson) console.log(`\n${report.length} connectors, ${rows.length} capabilities, ${broken} promises broken`);
process.exit(report.length > 0 && broken === 0 ? 0 : 1);
