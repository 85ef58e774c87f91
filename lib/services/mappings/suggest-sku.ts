/** Which of a warehouse's SKUs a cart's code may mean. Pure. */

export interface Candidate {
	sku: string;
	/** Further words that name it: its aliases, its name. */
	also: string[];
}
export interface Suggestion {
	sku: string;
	why: string;
}

/** Made once for all codes: letters side by side, and the SKUs that have them. */
export function suggester(candidates: Candidate[]): (code: string, name: string) => Suggestion[] {
	const plain = new Map<string, string[]>();
	const pairs = new Map<string, number[]>();
	for (const [position, { sku, also }] of candidates.entries()) {
		for (const word of [sku, ...also]) plain.set(bare(word), [...(plain.get(bare(word)) ?? []), sku]);
		for (const pair of pairsOf(sku)) pairs.set(pair, [...(pairs.get(pair) ?? []), position]);
	}
	return (code, name) => {
		const same = [...new Set([...(plain.get(bare(code)) ?? []), ...(name ? (plain.get(bare(name)) ?? []) : [])])];
		if (same.length > 0) return same.slice(0, 3).map((sku) => ({ sku, why: "the same letters and digits" }));
		return nearest(code, candidates, pairs);
	};
}

function nearest(code: string, candidates: Candidate[], pairs: ReadonlyMap<string, number[]>): Suggestion[] {
	const mine = pairsOf(code);
	const shared = new Map<number, number>();
	for (const pair of mine) for (const at of pairs.get(pair) ?? []) shared.set(at, (shared.get(at) ?? 0) + 1);
	return [...shared]
		.map(([at, count]) => {
			const sku = candidates[at]?.sku ?? "";
			return { sku, likeness: (2 * count) / (mine.size + pairsOf(sku).size) };
		})
		.filter(({ likeness }) => likeness >= 0.6)
		.sort((a, b) => b.likeness - a.likeness || (a.sku < b.sku ? -1 : 1))
		.slice(0, 3)
		.map(({ sku, likeness }) => ({ sku, why: `${Math.round(likeness * 100)} % alike` }));
}

function bare(word: string): string {
	return word.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}

function pairsOf(word: string): Set<string> {
	const letters = ` ${bare(word)} `;
	return new Set(Array.from({ length: letters.length - 1 }, (_, at) => letters.slice(at, at + 2)));
}
