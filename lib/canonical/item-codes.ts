import { z } from "zod";
import { code, quantity } from "./text";

/** Chosen in place of an alias type: the code that the warehouse itself keeps stock under. */
export const masterSku = "WMS Master SKU";

/** explode: the warehouse is sent the parts, and stock is what can be built. whole: it knows the kit by its own code. */
export const kitMode = z.enum(["explode", "whole"]);
/** When the cart is told of a kit that leaves in parts: with its last part, or with the first. */
export const kitPartial = z.enum(["wait", "first"]);
export const kitParts = z
	.array(z.object({ sku: code, quantity }))
	.min(1, "must name at least one part")
	.max(50, "must name at most 50 parts")
	.refine((parts) => new Set(parts.map(({ sku }) => sku)).size === parts.length, "must not name one part twice");

/** One row of a merchant's item codes. `code` is what it is found by; all but a kit lead to the warehouse's `sku`. */
export const itemRow = z.discriminatedUnion("kind", [
	z.object({ kind: z.literal("mapping"), connectionId: code, code, sku: code }),
	z.object({ kind: z.literal("alias"), name: code, code, sku: code }),
	z.object({
		kind: z.literal("kit"),
		code,
		parts: kitParts,
		mode: kitMode.default("explode"),
		partial: kitPartial.default("wait"),
	}),
]);
export type ItemRow = z.output<typeof itemRow>;
export type ItemKind = ItemRow["kind"];
export const itemKind = z.enum(["mapping", "alias", "kit"]);

export interface Kit {
	parts: { sku: string; quantity: number }[];
	mode: z.output<typeof kitMode>;
	partial: z.output<typeof kitPartial>;
}

/** "2 × A + B": how people write what a kit is made of. */
export function partsText(parts: Kit["parts"]): string {
	return parts.map(({ sku, quantity: units }) => (units === 1 ? sku : `${units} × ${sku}`)).join(" + ");
}

/** Reads "2 x A + B", also with ×, * or newlines; null where it is no such list. */
export function parseParts(written: string): Kit["parts"] | null {
	const parts = written
		.split(/\s\+\s|[;\n]/)
		.filter((one) => one.trim() !== "")
		.map((one) => {
			const match = /^(?:(\d{1,6})\s*[x×*]\s*)?(\S(?:.*\S)?)$/.exec(one.trim());
			return match ? { sku: match[2] ?? "", quantity: Number(match[1] ?? 1) } : null;
		});
	const parsed = kitParts.safeParse(parts);
	return parsed.success ? parsed.data : null;
}
