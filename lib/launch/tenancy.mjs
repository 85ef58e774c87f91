// `npm run tenancy`: walks every endpoint as everybody who must not get in. `-- --verbose` lists every answer.
import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { checkNode, install, root } from "./install.mjs";
import { report, tenancyLine } from "./tenancy-line.mjs";

checkNode();
install();

rmSync(report, { force: true });
const { status, stdout, stderr } = spawnSync(
	process.execPath,
	["node_modules/vitest/vitest.mjs", "run", "--config", ".config/vitest.config.ts", "lib/api/tenancy.db.test.ts"],
	{ cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], maxBuffer: 2 ** 28 },
);
if (status !== 0) console.error(`${stdout}${stderr}`);
if (process.argv.includes("--verbose"))
	for (const { identity, endpoint, status: answer } of JSON.parse(readFileSync(report, "utf8")).walked)
		console.log(`${answer} ${endpoint} (${identity})`);
const line = tenancyLine();
console.log(line ?? `tenancy: the walk did not end; see ${path.relative(root, report)}`);
process.exit(status === 0 && line?.endsWith(" 0 answered") ? 0 : 1);
