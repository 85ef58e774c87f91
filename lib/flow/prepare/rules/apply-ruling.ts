/** An order as rules want it sent: its ship method, its lines without those that stay, and what they add. Pure. */
import type { Order } from "@/lib/canonical/order";
import type { Ruling } from "@/lib/canonical/rule";
import { rankedWords } from "@/lib/canonical/rule-words";
import type { StepTrace } from "../step";

/** The line ids of what rules add begin so; the cart knows nothing of them. */
export const addedPrefix = "rule:";

export function isAdded(lineId: string): boolean {
	return lineId.startsWith(addedPrefix);
}

export function applyRuling(order: Order, ruling: Ruling): Order {
	const skipped = new Set(ruling.skipLines.map(({ sku }) => skuKey(sku)));
	const lines = order.lines.filter(({ sku }) => !skipped.has(skuKey(sku)));
	const added = ruling.add.map(({ sku, quantity }, place) => ({
		...{ sourceLineId: `${addedPrefix}${place + 1}`, sku, name: "", quantity },
	}));
	const { shipMethod, tags } = ruling;
	return {
		...order,
		...(shipMethod && { shipping: { code: shipMethod.code, name: "" } }),
		...(tags.length > 0 && { tags: [...new Set([...order.tags, ...tags.map(({ tag }) => tag)])] }),
		lines: [...lines, ...added],
	};
}

function skuKey(sku: string): string {
	return sku.trim().toLowerCase();
}

/** What the order page shows of it, before the steps; of an order to which the ruling was applied. */
export function rulesStep(order: Order, ruling: Ruling): StepTrace {
	if (order.lines.length === 0)
		return { step: "Rules", ok: false, note: "every line is left out by a rule, so that nothing is left to send" };
	return { step: "Rules", ok: true, note: rulingWords(ruling).join("; ") || "nothing changed" };
}

/** What rules did, one sentence for each thing; without what only the names of warehouses could tell. */
export function rulingWords(ruling: Ruling, nameOf?: (id: string) => string): string[] {
	const { route, split, shipMethod, hold, skip, dealt, add, skipLines, tags } = ruling;
	return [
		skip && `${skip.by}: not sent (${skip.reason})`,
		dealt && `${dealt.by}: dealt with elsewhere (${dealt.reason})`,
		hold && `${hold.by}: held (${hold.reason})`,
		route && `${route.by}: goes to ${nameOf?.(route.warehouseId) ?? "its warehouse"}`,
		split && `${split.by}: split by stock over ${nameOf ? rankedWords(split.warehouseIds, nameOf) : "its warehouses"}`,
		shipMethod && `${shipMethod.by}: shipped by ${shipMethod.code}`,
		...add.map(({ by, sku, quantity }) => `${by}: added ${quantity} × ${sku}`),
		...skipLines.map(({ by, sku }) => `${by}: ${sku} is left out`),
		...tags.map(({ by, tag }) => `${by}: tagged ${tag}`),
	].filter((words) => words !== null);
}
