/** What saving stock rules would do, row by row. Pure: the dry run and the saving ask the same. */
import { type CartRule, plainCartRule, type SkuRule, type StockRule } from "@/lib/canonical/stock-rules";
import type { StockCart } from "@/lib/flow/stock/read-rules";

/** What a rule is found by; an empty SKU is the cart itself. */
export interface RuleKey {
	connectionId: string;
	sku: string;
}
export interface Effect {
	line: number;
	effect: "new" | "change" | "same" | "remove" | "refused";
	code: string;
	sentence: string;
	key: RuleKey;
	before: StockRule | null;
	after: StockRule | null;
}
export interface Wanted {
	line: number;
	rule: StockRule;
}
interface Known {
	carts: readonly StockCart[];
	/** Places as rules name them, with their names. */
	places: ReadonlyMap<string, string>;
}

export function keyOf(rule: StockRule): RuleKey {
	return { connectionId: rule.connectionId, sku: rule.kind === "sku" ? rule.sku : "" };
}

export function planRules(wanted: readonly Wanted[], remove: readonly RuleKey[], known: Known): Effect[] {
	const first = new Map<string, number>();
	const overShared = shareProblem(wanted, known.carts);
	const effects = wanted.map(({ line, rule }): Effect => {
		const key = keyOf(rule);
		const before = ruleOf(known.carts, key);
		const twice = first.get(textOf(key));
		first.set(textOf(key), twice ?? line);
		const base = { line, code: codeOf(rule, known.carts), key, before, after: rule };
		const problem =
			twice === undefined
				? (problemOf(rule, known) ?? (rule.kind === "cart" && rule.share !== null ? overShared : null))
				: `It is there twice: also in line ${twice}.`;
		if (problem !== null) return { ...base, effect: "refused", sentence: problem };
		const words = wordsOf(rule, known);
		if (before && JSON.stringify(sorted(before)) === JSON.stringify(sorted(rule)))
			return { ...base, effect: "same", sentence: `${base.code}: ${words}, as it is now.` };
		return before
			? { ...base, effect: "change", sentence: `${base.code}: ${wordsOf(before, known)} → ${words}` }
			: { ...base, effect: "new", sentence: `${base.code}: ${words}` };
	});
	const gone = remove
		.filter((key) => !first.has(textOf(key)))
		.flatMap((key, position): Effect[] => {
			const before = ruleOf(known.carts, key);
			// A cart always has its rule; only what differs for a SKU can be taken away.
			if (before?.kind !== "sku") return [];
			const code = codeOf(before, known.carts);
			const line = wanted.length + position + 1;
			return [
				{
					line,
					effect: "remove",
					code,
					sentence: `${code} has no rule of its own any more.`,
					key,
					before,
					after: null,
				},
			];
		});
	return [...effects, ...gone];
}

export function ruleOf(carts: readonly StockCart[], { connectionId, sku }: RuleKey): StockRule | null {
	const cart = carts.find(({ id }) => id === connectionId);
	return (sku === "" ? cart?.rule : cart?.skus.get(sku)) ?? null;
}

function textOf({ connectionId, sku }: RuleKey): string {
	return `${connectionId}\n${sku}`;
}

/** The same rule whatever order its places were named in. */
function sorted(rule: StockRule): object {
	const entries = Object.entries(rule).sort(([a], [b]) => (a < b ? -1 : 1));
	return Object.fromEntries(entries.map(([name, value]) => [name, Array.isArray(value) ? [...value].sort() : value]));
}

function codeOf(rule: StockRule, carts: readonly StockCart[]): string {
	const name = carts.find(({ id }) => id === rule.connectionId)?.name ?? "The cart";
	return rule.kind === "cart" ? name : `${rule.sku} in ${name}`;
}

function problemOf(rule: StockRule, { carts, places }: Known): string | null {
	if (!carts.some(({ id }) => id === rule.connectionId))
		return "The cart is not one of this merchant that takes stock.";
	if (rule.kind === "sku")
		return rule.safetyStock === null && rule.cap === null ? "Type a safety stock or a cap." : null;
	const kept = ruleOf(carts, keyOf(rule));
	const stays = new Set(kept?.kind === "cart" ? kept.locations : []);
	const strange = rule.locations.find((place) => !places.has(place) && !stays.has(place));
	return strange === undefined ? null : `No warehouse of this merchant has the location "${strange}".`;
}

/** Null while the carts share at most all there is. */
function shareProblem(wanted: readonly Wanted[], carts: readonly StockCart[]): string | null {
	const given = new Map(wanted.flatMap(({ rule }) => (rule.kind === "cart" ? [[rule.connectionId, rule.share]] : [])));
	const shares = carts.flatMap(({ id, name, rule }) => {
		const share = given.has(id) ? (given.get(id) ?? null) : rule.share;
		return share === null ? [] : [{ name, share }];
	});
	const total = shares.reduce((sum, { share }) => sum + share, 0);
	if (total <= 100) return null;
	const all = shares.map(({ name, share }) => `${name} ${share} %`).join(", ");
	return `The shares add up to ${total} %: ${all}. Together they can be 100 % at most.`;
}

/** What differs from telling everything there is. */
export function wordsOf(rule: StockRule, { places }: Pick<Known, "places">): string {
	const words = rule.kind === "cart" ? cartWords(rule, places) : skuWords(rule);
	return words.length === 0 ? "all there is" : words.join(", ");
}

function cartWords(rule: CartRule, places: ReadonlyMap<string, string>): string[] {
	const plain = plainCartRule(rule.connectionId);
	return [
		rule.locations.length > 0 && `only ${rule.locations.map((place) => places.get(place) ?? place).join(" and ")}`,
		rule.safetyStock > 0 && `safety stock ${rule.safetyStock}`,
		rule.share !== null && `share ${rule.share} %`,
		rule.cap !== null && `at most ${rule.cap}`,
		rule.priority !== plain.priority && `priority ${rule.priority}`,
		rule.scarceBelow > 0 && `steps back below ${rule.scarceBelow}`,
		rule.minimum > 0 && `minimum ${rule.minimum}`,
	].filter((word) => word !== false);
}

function skuWords(rule: SkuRule): string[] {
	return [
		rule.safetyStock !== null && `safety stock ${rule.safetyStock}`,
		rule.cap !== null && `at most ${rule.cap}`,
	].filter((word) => word !== false);
}
