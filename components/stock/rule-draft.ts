import { type CartRule, type SkuRule, type StockRule, stockRule } from "@/lib/canonical/stock-rules";

export const ruleFields = ["safetyStock", "share", "cap", "priority", "scarceBelow", "minimum"] as const;
export type RuleField = (typeof ruleFields)[number];

/** A rule as it is typed: numbers as text, empty where there is none. */
export interface RuleDraft {
	kind: "cart" | "sku";
	connectionId: string;
	sku: string;
	locations: string[];
	numbers: Record<RuleField, string>;
}

/** What a rule is found by, as one text. */
export function keyOf({ connectionId, sku }: { connectionId: string; sku: string }): string {
	return `${connectionId}\n${sku}`;
}

const none = { safetyStock: "", share: "", cap: "", priority: "", scarceBelow: "", minimum: "" };

export function draftOf(rule: CartRule | SkuRule): RuleDraft {
	const { connectionId, safetyStock, cap } = rule;
	const both = { connectionId, numbers: { ...none, safetyStock: words(safetyStock), cap: words(cap) } };
	if (rule.kind === "sku") return { ...both, kind: "sku", sku: rule.sku, locations: [] };
	const { share, priority, scarceBelow, minimum } = rule;
	const more = {
		share: words(share),
		priority: words(priority),
		scarceBelow: words(scarceBelow),
		minimum: words(minimum),
	};
	return { ...both, kind: "cart", sku: "", locations: rule.locations, numbers: { ...both.numbers, ...more } };
}

export function newSkuDraft(connectionId: string): RuleDraft {
	return { kind: "sku", connectionId, sku: "", locations: [], numbers: none };
}

function words(units: number | null): string {
	return units === null ? "" : String(units);
}

export const fieldLabels: Record<RuleField, string> = {
	safetyStock: "Safety stock",
	share: "Share, %",
	cap: "Cap",
	priority: "Priority",
	scarceBelow: "Steps back below",
	minimum: "Minimum",
};
/** What an empty field means. */
const empty: Record<RuleField, number | null> = {
	...{ safetyStock: 0, share: null, cap: null },
	...{ priority: 1, scarceBelow: 0, minimum: 0 },
};

/** The rule that is meant, or what is still wrong with it. */
export function ruleOf(draft: RuleDraft): { rule: StockRule } | { problem: string } {
	const { kind, connectionId, sku, locations, numbers } = draft;
	const own = kind === "sku";
	if (own && sku.trim() === "") return { problem: "Type the SKU." };
	const entries = ruleFields.map((field) => {
		const text = numbers[field].trim();
		return [field, text === "" ? (own ? null : empty[field]) : Number(text)];
	});
	const parsed = stockRule.safeParse({ kind, connectionId, sku, locations, ...Object.fromEntries(entries) });
	if (parsed.success) return { rule: parsed.data };
	const issue = parsed.error.issues[0];
	const label = (fieldLabels as Record<string, string>)[String(issue?.path[0])] ?? "The rule";
	return { problem: `${label} ${issue?.message ?? "cannot be used"}.` };
}
