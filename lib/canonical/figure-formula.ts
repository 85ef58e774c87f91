import type { InventoryTerm } from "./connection-options";

/** "10 − 3 = 7, 7 ≥ 2": the same sum as its terms, in one line. Locations are added up first. */
export function formulaOf({ quantity, terms }: { quantity: number; terms: InventoryTerm[] }): string {
	const there = terms.filter(({ kind }) => kind === "level" || kind === "kit");
	const rest = terms.filter((term) => !there.includes(term) && term.kind !== "minimum" && term.amount !== 0);
	const base = there.reduce((sum, { amount }) => sum + amount, 0);
	const steps = rest.map(({ amount }) => ` ${amount < 0 ? "−" : "+"} ${units(Math.abs(amount))}`).join("");
	const before = rest.reduce((sum, { amount }) => sum + amount, base);
	const minimum = terms.find(({ kind }) => kind === "minimum");
	const least = minimum && /\d+/.exec(minimum.label)?.[0];
	const compared =
		least === undefined ? "" : `, ${units(before)} ${before >= Number(least) ? "≥" : "<"} ${units(Number(least))}`;
	const end = before === quantity ? "" : `: ${units(quantity)}`;
	return `${units(base)}${steps}${steps === "" ? "" : ` = ${units(before)}`}${compared}${end}`;
}

function units(count: number): string {
	return count.toLocaleString("en");
}
