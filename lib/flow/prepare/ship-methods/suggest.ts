/** Which of a warehouse's ship methods a cart's code most likely means, by how much their names have in common. Pure. */
import type { CarrierPair } from "@/lib/canonical/ship-method";

export interface Suggestible extends CarrierPair {
	name: string;
}

/** Below this the names have nothing to do with each other. */
const least = 0.34;

/** What people shorten, or say in another word. */
const sameWords: Record<string, string> = {
	...{ eco: "economy", saver: "economy", budget: "economy", cheap: "economy" },
	...{ std: "standard", regular: "standard", normal: "standard", gnd: "ground" },
	...{ exp: "express", expedited: "express", fast: "express", intl: "international", int: "international" },
	...{ overnight: "next", nextday: "next", "1day": "next", second: "2", "2nd": "2", two: "2", "2day": "2", third: "3" },
	...{ prio: "priority", fdx: "fedex", fdxg: "fedex", fedx: "fedex" },
};
/** Words that say nothing about how goods travel. */
const empty = new Set(["shipping", "delivery", "service", "method", "ship", "day", "days", "the", "by", "mail"]);

/** The most alike, or undefined where none is alike enough. */
export function suggest<Method extends Suggestible>(
	wanted: { code: string; name: string },
	methods: readonly Method[],
): Method | undefined {
	let best: Method | undefined;
	let most = least;
	const named = carriersIn(`${wanted.code} ${wanted.name}`);
	for (const method of methods) {
		const theirCarriers = carriersIn(`${method.carrier} ${method.name}`);
		if (named.length > 0 && theirCarriers.length > 0 && !named.some((one) => theirCarriers.includes(one))) continue;
		const theirs = [method.name, `${method.carrier} ${method.service}`];
		const score = Math.max(...[wanted.code, wanted.name].flatMap((ours) => theirs.map((one) => likeness(ours, one))));
		if (score > most) [best, most] = [method, score];
	}
	return best;
}

/** Who asks for one carrier does not mean another, however alike their services are called. */
const carriers = [
	"ups",
	"usps",
	"fedex",
	"dhl",
	"dpd",
	"gls",
	"ontrac",
	"purolator",
	"lasership",
	"canpar",
	"intelcom",
];

function carriersIn(words: string): string[] {
	const all = wordsOf(words);
	return carriers.filter((carrier) => all.has(carrier));
}

/** 0 for nothing in common, 1 for the same words in any order. */
export function likeness(a: string, b: string): number {
	const [left, right] = [wordsOf(a), wordsOf(b)];
	if (left.size === 0 || right.size === 0) return 0;
	let shared = 0;
	for (const word of left) {
		if (right.has(word)) shared += 1;
		else if ([...right].some((other) => isBeginning(word, other))) shared += 0.5;
	}
	return (2 * shared) / (left.size + right.size);
}

function wordsOf(words: string): Set<string> {
	const split = words
		.replace(/([a-z])([A-Z])/g, "$1 $2")
		.toLowerCase()
		.split(/[^a-z0-9]+/)
		.filter((word) => word && !empty.has(word));
	return new Set(split.map((word) => sameWords[word] ?? word));
}

function isBeginning(a: string, b: string): boolean {
	return Math.min(a.length, b.length) >= 3 && (a.startsWith(b) || b.startsWith(a));
}
