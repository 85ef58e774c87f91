import type { z } from "zod";
import type { connectionDetail, connectorCard } from "@/lib/api/contract/connections";
import { type FormField, givenValues } from "../form/field";

type Card = z.output<typeof connectorCard>;
type Values = Record<string, unknown>;

/** Options and settings share one form; the prefix keeps their names apart. */
const prefix = "option_";

export function optionName(name: string): string {
	return `${prefix}${name}`;
}

/** The connector's fields and the options of its side. What the account shares is not asked again. */
export function fieldsToAsk(card: Card, side: "source" | "destination", shared: boolean): FormField[] {
	const own = card.fields.filter(({ level }) => !shared || level !== "account");
	const options = card.options[side].map(({ when, ...field }) => ({
		...field,
		name: optionName(field.name),
		...(when && { when: { ...when, field: optionName(when.field) } }),
	}));
	return [...own, ...options];
}

/** What a stored connection puts into the form. */
export function formValues(existing: z.output<typeof connectionDetail> | undefined): Values {
	if (!existing) return {};
	const options = Object.entries(existing.options).map(([name, value]) => [optionName(name), dateOnly(value)]);
	return { ...existing.values, ...Object.fromEntries(options) };
}

/** The form's values, sorted back into settings and options. */
export function sent(fields: FormField[], values: Values): { values: Values; options: Values } {
	const given = Object.entries(givenValues(fields, values));
	return {
		values: Object.fromEntries(given.filter(([name]) => !name.startsWith(prefix))),
		options: Object.fromEntries(
			given.filter(([name]) => name.startsWith(prefix)).map(([name, value]) => [name.slice(prefix.length), value]),
		),
	};
}

function dateOnly(value: unknown): unknown {
	return typeof value === "string" && /^\d{4}-\d\d-\d\dT/.test(value) ? value.slice(0, 10) : value;
}
