/** `npm run chaos`: a seeded campaign of faults against real workers and a real database. See docs/reliability.md. */
import { checkNode, install } from "../../lib/launch/install.mjs";
import { readArguments } from "./arguments";

async function main(): Promise<number> {
	const given = readArguments(process.argv.slice(2));
	checkNode();
	const say = (line: string) => void process.stderr.write(`${line}\n`);
	install(say);
	const { runCampaign } = await import("./campaign");
	say(`seed ${given.seed}: ${given.orders} orders, ${given.faults} faults, ${given.workers} workers`);
	if (given.split) say("orders are split over two warehouses");
	if (given.broken) say(`switched off: ${given.broken}`);
	const began = performance.now();
	const { report, findings, slowestStopMs } = await runCampaign(given, say);
	for (const finding of findings.slice(0, 50)) say(`wrong: ${finding}`);
	if (slowestStopMs > 10_000) say(`wrong: a worker took ${slowestStopMs} ms to hand over`);
	say(`${Math.round((performance.now() - began) / 1000)} s, slowest hand-over ${slowestStopMs} ms`);
	process.stdout.write(`${JSON.stringify(report)}\n`);
	return findings.length > 0 || slowestStopMs > 10_000 ? 1 : 0;
}

main().then(
	(code) => process.exit(code),
	(error: unknown) => {
		process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
		process.exit(1);
	},
);
