/** `npm run bench`: measures Crossdock on this machine, each part on a durable database of its own. */
import { checkNode, install } from "../lib/launch/install.mjs";
import { type PartName, readArguments } from "./arguments";
import type { Stage } from "./stage";

type Part = (stage: Stage) => Promise<Record<string, number>>;

/** Loaded when they are needed: packages may have to be installed first. */
const parts: Record<PartName, () => Promise<Part>> = {
	pipeline: async () => (await import("./pipeline")).measurePipeline,
	prepare: async () => (await import("./prepare")).measurePrepare,
	inventory: async () => (await import("./inventory")).measureInventory,
	shares: async () => (await import("./shares")).measureShares,
	scheduler: async () => (await import("./scheduler")).measureScheduler,
	ordersList: async () => (await import("./orders-list")).measureOrdersList,
	memory: async () => (await import("./memory")).measureMemory,
};

let opening: Promise<Stage> | undefined;
let ending: Promise<void> | undefined;

/** The first to call decides; whatever fails because everything is being ended waits for the end. */
function end(code: number): Promise<void> {
	ending ??= (async () => {
		const stage = await opening?.catch(() => undefined);
		await stage?.stop().catch((error: unknown) => {
			process.stderr.write(`${String(error)}\n`);
		});
		process.exit(code);
	})();
	return ending;
}
process.on("uncaughtException", (error) => {
	process.stderr.write(`${error.stack}\n`);
	void end(1);
});
process.on("SIGINT", () => void end(130));
process.on("SIGTERM", () => void end(143));

async function main(): Promise<void> {
	const { parts: chosen, orders, json } = readArguments(process.argv.slice(2));
	checkNode();
	// With --json the result alone is for the standard output.
	const say = (line: string) => void (json ? process.stderr : process.stdout).write(`${line}\n`);
	install(say);
	const { openStage } = await import("./stage");
	opening = openStage(orders, say);
	const stage = await opening;
	const results: Record<string, Record<string, number>> = {};
	for (const name of chosen) {
		say(name);
		const measure = await parts[name]();
		const result = await measure(stage);
		await stage.clear();
		results[name] = result;
		for (const [figure, value] of Object.entries(result)) say(`  ${figure.padEnd(22)} ${value}`);
	}
	if (json) process.stdout.write(`${JSON.stringify(results)}\n`);
}

main().then(
	() => end(0),
	(error: unknown) => {
		if (!ending) process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
		return end(1);
	},
);
