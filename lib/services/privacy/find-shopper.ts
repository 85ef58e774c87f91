/** Which orders belong to a shopper: by what they can tell of themselves. */
import { AppError } from "@/lib/errors/app-error";

export const shopperKeys = ["email", "phone", "number"] as const;
export type ShopperKey = (typeof shopperKeys)[number];

export interface Shopper {
	by: ShopperKey;
	value: string;
}

/** The same in the form that is compared. Throws `bad-input` for what could fit many people. */
export function comparable({ by, value }: Shopper): Shopper {
	const text = value.trim();
	if (by === "email") {
		if (!/^[^\s@]+@[^\s@]+$/.test(text)) throw refused("is not a mail address. Type it as the shopper wrote it.");
		return { by, value: text.toLowerCase() };
	}
	if (by === "number") {
		if (text === "") throw refused("is empty. Type an order number.");
		return { by, value: text };
	}
	const digits = text.replace(/\D/g, "");
	if (digits.length < 7) throw refused("has fewer than 7 digits. Type the whole number.");
	return { by, value: digits.slice(-phoneDigits) };
}

/** The end of a number: with or without its country, it is the same. */
const phoneDigits = 9;

const fields: Record<"email" | "phone", string[][]> = {
	email: [
		["customer", "email"],
		["shipTo", "email"],
		["billTo", "email"],
	],
	phone: [
		["shipTo", "phone"],
		["billTo", "phone"],
	],
};

/** A condition on order `o`; `parameter` is the place of the compared value. */
export function belongsTo(by: ShopperKey, parameter: string): string {
	if (by === "number") return `o."number" = ${parameter}`;
	const texts = fields[by].map((path) => `o."document" #>> '{${path.join(",")}}'`);
	if (by === "email") return `(${texts.map((text) => `lower(${text}) = ${parameter}`).join(" or ")})`;
	return `(${texts.map((text) => `right(regexp_replace(${text}, '\\D', '', 'g'), ${phoneDigits}) = ${parameter}`).join(" or ")})`;
}

/** What may be kept and shown of it: enough to recognise one's own request, too little to name anybody. */
export function hintOf({ by, value }: Shopper): string {
	if (by === "email") return value.replace(/^(.)[^@]*@(.).*?(\.[a-z]{2,10})?$/i, "$1•••@$2•••$3");
	return by === "phone" ? `•••${value.slice(-2)}` : value;
}

function refused(problem: string): AppError {
	return new AppError("bad-input", { field: "Shopper", problem }, { fields: { value: problem } });
}
