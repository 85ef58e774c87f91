/**
 * Text with named places, such as "{{number}}/{{country}}", that builds what a warehouse is told of an order. Places only:
 * no conditions and no loops, so that every text can be read for what it will say.
 */
import { z } from "zod";
import type { Order } from "./order";

interface Place {
	/** What stands there, for people. */
	words: string;
	/** Says who the shopper is: left empty where a warehouse must not know. */
	personal?: true;
	of(order: Order): string;
}

export const places = {
	number: { words: "the order's number", of: (order) => order.number },
	sourceId: { words: "the cart's own id", of: (order) => order.sourceId },
	orderSource: { words: "the order source", of: (order) => order.orderSource ?? "" },
	placedOn: {
		words: "the day it was placed, such as 2026-11-21",
		of: (order) => order.placedAt.toISOString().slice(0, 10),
	},
	shipMethod: { words: "the ship method as the cart has it", of: ({ shipping }) => shipping.name || shipping.code },
	country: { words: "the country, two letters", of: ({ shipTo }) => shipTo.country },
	region: { words: "the state or region", of: ({ shipTo }) => shipTo.region },
	postalCode: { words: "the postal code", of: ({ shipTo }) => shipTo.postalCode },
	tags: { words: "the tags, with commas", of: ({ tags }) => tags.join(", ") },
	total: { words: "what the shopper pays", of: ({ total }) => total?.amount ?? "" },
	currency: { words: "the currency", of: ({ total }) => total?.currency ?? "" },
	units: { words: "how many units", of: ({ lines }) => String(lines.reduce((sum, line) => sum + line.quantity, 0)) },
	name: { words: "the recipient's name", personal: true, of: ({ shipTo }) => shipTo.name || shipTo.company },
	company: { words: "the recipient's company", personal: true, of: ({ shipTo }) => shipTo.company },
	city: { words: "the city", of: ({ shipTo }) => shipTo.city },
	email: { words: "the shopper's e-mail", personal: true, of: (order) => order.customer?.email || order.shipTo.email },
	note: { words: "the order's note", personal: true, of: (order) => order.note },
	giftMessage: { words: "the gift message", personal: true, of: (order) => order.giftMessage },
} as const satisfies Record<string, Place>;

const placeNames = Object.keys(places);
/** An extra field of the order, by its name: {{extra.Season}}. */
const extra = /^extra\.(.+)$/;
const written = /\{\{([^{}]*)\}\}/g;

/** What is wrong with a template, with what may be meant; null when it can be filled. */
export function templateProblem(text: string): string | null {
	for (const [, inner = ""] of text.matchAll(written)) {
		const name = inner.trim();
		if (name in places || extra.test(name)) continue;
		const meant = nearest(name);
		return `names {{${name}}}, which is not known${meant ? `. Did you mean {{${meant}}}` : `. Known are ${placeNames.join(", ")} and extra.<name>`}`;
	}
	const rest = text.replace(written, "");
	return /\{\{|\}\}/.test(rest) ? "opens or closes a place only once: write {{number}}" : null;
}

/** The text with every place filled; `hidePersonal` leaves those that say who the shopper is empty. */
export function fillTemplate(text: string, order: Order, hidePersonal: boolean): string {
	return text
		.replace(written, (_, inner: string) => filledBy(inner.trim(), order, hidePersonal))
		.replace(/[ \t]+/g, " ")
		.trim();
}

function filledBy(name: string, order: Order, hidePersonal: boolean): string {
	const field = extra.exec(name)?.[1]?.toLowerCase();
	// Nobody knows what a shop keeps in fields of its own.
	if (field !== undefined)
		return hidePersonal ? "" : (order.extraFields?.find((one) => one.name.toLowerCase() === field)?.value ?? "");
	const place: Place | undefined = (places as Record<string, Place>)[name];
	return !place || (hidePersonal && place.personal) ? "" : place.of(order);
}

/** A template as a setting keeps it. */
export const template = z
	.string()
	.trim()
	.max(500, "must be at most 500 characters")
	.superRefine((text, check) => {
		const problem = templateProblem(text);
		if (problem) check.addIssue({ code: "custom", message: problem });
	})
	.default("");

/** "Season = {{extra.Season}}", one custom field of the warehouse a line; null for a line that is none. */
export function customFieldsOf(text: string): { name: string; template: string }[] {
	return text
		.split("\n")
		.filter((line) => line.trim() !== "")
		.map((line) => {
			const at = line.indexOf("=");
			return { name: line.slice(0, Math.max(0, at)).trim(), template: line.slice(at + 1).trim() };
		});
}

/** What is wrong with such lines, by the first that cannot be used. */
export function customFieldsProblem(text: string): string | null {
	const fields = customFieldsOf(text);
	for (const [n, { name, template: one }] of fields.entries()) {
		if (name === "" || one === "") return `must read Name = text in each line: line ${n + 1} does not`;
		if (fields.findIndex((other) => other.name.toLowerCase() === name.toLowerCase()) < n) return `names ${name} twice`;
		const problem = templateProblem(one);
		if (problem) return `${problem} (line ${n + 1})`;
	}
	return null;
}

export const customFields = z
	.string()
	.trim()
	.max(4000, "must be at most 4,000 characters")
	.superRefine((text, check) => {
		const problem = customFieldsProblem(text);
		if (problem) check.addIssue({ code: "custom", message: problem });
	})
	.default("");

/** The known name that differs least, where it differs by little. */
function nearest(name: string): string | null {
	const [best] = placeNames
		.map((known) => ({ known, far: distance(name.toLowerCase(), known.toLowerCase()) }))
		.sort((a, b) => a.far - b.far);
	return best && best.far <= Math.max(2, Math.floor(best.known.length / 3)) ? best.known : null;
}

/** How many letters must be typed differently. */
function distance(a: string, b: string): number {
	let row = Array.from({ length: b.length + 1 }, (_, n) => n);
	for (let i = 1; i <= a.length; i++) {
		const next = [i];
		for (let j = 1; j <= b.length; j++)
			next[j] = Math.min(
				(row[j] ?? 0) + 1,
				(next[j - 1] ?? 0) + 1,
				(row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1),
			);
		row = next;
	}
	return row[b.length] ?? 0;
}
