import { masterSku } from "@/lib/canonical/item-codes";
import { warehouseSku } from "../item-codes";
import { isAdded } from "../rules/apply-ruling";
import type { Draft, Step, StepResult } from "../step";
import { keptLines } from "./item-filters";

type Line = NonNullable<Draft["deliverable"]["lines"]>[number];
type Stop = Extract<StepResult, { ok: false }>;

/** Every line becomes what the warehouse can look up: its own code, and the parts of a kit it does not keep whole. */
export const items: Step = {
	name: "Items",
	apply(draft) {
		const kept = keptLines(draft);
		const bare = kept.find((line) => line.sku === "");
		if (bare) return bareStop(bare.name ? `"${bare.name}"` : `line ${draft.order.lines.indexOf(bare) + 1}`);
		const lines: Line[] = [];
		const notes: string[] = [];
		for (const line of kept) {
			const sent = linesOf(draft, line);
			if ("ok" in sent) return sent;
			lines.push(...sent);
			notes.push(noteOf(line, sent));
		}
		return { ok: true, set: { lines }, note: notes.join(", ") };
	},
};

function linesOf(draft: Draft, line: Draft["order"]["lines"][number]): Line[] | Stop {
	const { codes } = draft;
	const added = isAdded(line.sourceLineId) && ({ added: true } as const);
	const lineId = draft.lineIds.get(line.sourceLineId) ?? line.sourceLineId;
	const sku = warehouseSku(codes, draft.source.translateItemCode, line.sku);
	const kit = codes.kits.get(sku);
	if (kit?.mode === "explode") {
		const parts = kit.parts.map((part, position): Line | null => {
			const code = outgoing(draft, part.sku, part.sku);
			return code === null
				? null
				: {
						lineId: `${lineId}.${position + 1}`,
						sku: code,
						quantity: line.quantity * part.quantity,
						...(code !== part.sku && { stockSku: part.sku }),
						kit: { lineId, per: part.quantity, partial: kit.partial },
						...added,
					};
		});
		const missing = parts.indexOf(null);
		return missing < 0
			? parts.filter((part) => part !== null)
			: unknownStop(draft, kit.parts[missing]?.sku ?? line.sku);
	}
	const code = outgoing(draft, sku, line.sku);
	if (code === null) return unknownStop(draft, line.sku);
	const sent = { lineId, sku: code, quantity: line.quantity, ...(code !== sku && { stockSku: sku }), ...added };
	return [{ ...sent, ...(line.unitPrice && { unitPrice: line.unitPrice.amount }) }];
}

/** What the warehouse is told; null where nobody knows the code and such orders are to wait. */
function outgoing({ codes, source }: Draft, sku: string, asWritten: string): string | null {
	const type = source.translateItemCode;
	const mapped = codes.mapped.has(asWritten);
	const wanted = type === "" || type === masterSku || mapped ? sku : codes.aliases.get(sku)?.[type];
	const isKnown = mapped || codes.known === null || codes.known.has(sku) || codes.aliases.has(sku);
	if (wanted !== undefined && (isKnown || source.unknownItems === "send")) return wanted;
	return source.unknownItems === "send" ? asWritten : null;
}

function noteOf(line: { sku: string; quantity: number }, sent: Line[]): string {
	const told = sent.map(({ sku, quantity }) => `${quantity} × ${sku}`).join(" + ");
	const asked = `${line.quantity} × ${line.sku}`;
	return told === asked ? asked : `${asked} → ${told}`;
}

function bareStop(what: string): Stop {
	return {
		ok: false,
		code: "missing-sku",
		field: "lines.sku",
		problem: `${what} has no item code. Give the product a SKU in the cart.`,
	};
}

/** The same sentence for every order with the code, so that they share one alert. */
function unknownStop({ source }: Draft, sku: string): Stop {
	const type = source.translateItemCode;
	const why = type && type !== masterSku ? `has no code of the type "${type}"` : "is not among the warehouse's SKUs";
	return {
		ok: false,
		code: "unknown-sku",
		field: "lines.sku",
		sku,
		problem: `Item code ${sku} ${why}. Map it, and the orders that wait for it go out.`,
	};
}
