import { parseArgs } from "node:util";

/** Promises of ours that a campaign can switch off, to show that it would notice. */
export const breakable = ["look-before-send"] as const;
export type Breakable = (typeof breakable)[number];

export interface ChaosArguments {
	seed: number;
	orders: number;
	faults: number;
	workers: number;
	broken?: Breakable | undefined;
	/** Two warehouses, each with some of the items: a rule splits orders over them. */
	split?: boolean | undefined;
}

export const usage = `npm run chaos -- [--seed N] [--orders M] [--faults F] [--workers W] [--split] [--break ${breakable.join("|")}]`;

/** Throws an error whose message is a sentence for the person at the command line. */
export function readArguments(args: string[]): ChaosArguments {
	const values = parse(args);
	const broken = breakable.find((name) => name === values.break);
	if (values.break !== undefined && !broken) throw new Error(`--break must be ${breakable.join(" or ")}.`);
	return {
		seed: whole("seed", values.seed ?? "1", 2 ** 32 - 1),
		orders: whole("orders", values.orders ?? "300", 1_000_000),
		faults: whole("faults", values.faults ?? "100", 100_000),
		workers: Math.max(1, whole("workers", values.workers ?? "3", 16)),
		broken,
		split: values.split ?? false,
	};
}

function parse(args: string[]) {
	try {
		const text = { type: "string" } as const;
		const flag = { type: "boolean" } as const;
		return parseArgs({
			args,
			options: { seed: text, orders: text, faults: text, workers: text, break: text, split: flag },
		}).values;
	} catch (error) {
		const what = error instanceof Error ? (error.message.split(". ")[0] ?? "") : "The arguments cannot be read";
		throw new Error(`${what}. Use: ${usage}`);
	}
}

function whole(name: string, given: string, most: number): number {
	const value = Number(given);
	if (/^\d+$/.test(given) && value <= most) return value;
	throw new Error(`--${name} must be a whole number from 0 to ${most}, not "${given}".`);
}
