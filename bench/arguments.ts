import { parseArgs } from "node:util";

export const partNames = ["pipeline", "prepare", "inventory", "shares", "scheduler", "ordersList", "memory"] as const;
export type PartName = (typeof partNames)[number];

export interface Arguments {
	parts: PartName[];
	/** How many orders, in every part that has orders. */
	orders: number | undefined;
	json: boolean;
}

export const usage = `npm run bench -- [--only NAME[,NAME]] [--orders N] [--json]   NAME: ${partNames.join(", ")}`;

/** Throws an error whose message is a sentence for the person at the command line. */
export function readArguments(args: string[]): Arguments {
	const { values } = parse(args);
	const only = values.only?.flatMap((names) => names.split(",")).map((name) => name.trim()) ?? [];
	for (const name of only)
		if (!isPart(name)) throw new Error(`There is no part "${name}". Choose from: ${partNames.join(", ")}.`);
	return {
		parts: partNames.filter((name) => only.length === 0 || only.includes(name)),
		orders: values.orders === undefined ? undefined : ordersOf(values.orders),
		json: values.json ?? false,
	};
}

function parse(args: string[]) {
	try {
		return parseArgs({
			args,
			options: { only: { type: "string", multiple: true }, orders: { type: "string" }, json: { type: "boolean" } },
		});
	} catch (error) {
		const what = error instanceof Error ? (error.message.split(". ")[0] ?? "") : "The arguments cannot be read";
		throw new Error(`${what}. Use: ${usage}`);
	}
}

function isPart(name: string): name is PartName {
	return partNames.some((known) => known === name);
}

function ordersOf(given: string): number {
	const orders = Number(given);
	if (/^\d+$/.test(given) && orders >= 1 && orders <= 10_000_000) return orders;
	throw new Error(`--orders must be a whole number from 1 to 10000000, not "${given}".`);
}
