/** The settings every cart shares, and every warehouse shares, as form fields: the same form draws them. */
import { destinationOptions, sourceOptions } from "@/lib/canonical/connection-options";
import type { FormField } from "@/lib/connectors/kit/form";
import type { Connector } from "@/lib/connectors/kit/types";
import { AppError } from "@/lib/errors/app-error";
import { destinationFields } from "./destination-fields";
import { refusedReferences } from "./reference-fields";
import { sourceFields } from "./source-fields";
import { refusedUnits } from "./unit-fields";

export type Side = "source" | "destination";

export const optionFields: Record<Side, FormField[]> = {
	source: sourceFields,
	destination: destinationFields,
};

/** The options as they are stored. Throws `bad-input` that names the fields. */
export function checkOptions(
	side: Side,
	given: Record<string, unknown>,
	connector: Connector,
): Record<string, unknown> {
	const known = optionFields[side];
	const stranger = Object.keys(given).find((name) => !known.some((field) => field.name === name));
	if (stranger) throw new AppError("bad-input", { field: stranger, problem: "is not an option. Leave it out." });
	const cleaned = Object.fromEntries(
		Object.entries(given).flatMap(([name, value]) => {
			const kind = known.find((field) => field.name === name)?.kind;
			if (kind === "date") return [[name, value === "" || value === null ? null : value]];
			if (kind === "number") return value === "" || value === null ? [] : [[name, Number(value)]];
			return [[name, value]];
		}),
	);
	const parsed = (side === "source" ? sourceOptions : destinationOptions).safeParse(cleaned);
	if (parsed.success) {
		const refused = side === "destination" ? refusedBy(parsed.data, connector) : {};
		if (Object.keys(refused).length === 0) return parsed.data;
		throw new AppError("bad-input", firstOf(refused), { fields: refused });
	}
	const fields = Object.fromEntries(
		parsed.error.issues.map((issue) => {
			const name = String(issue.path[0]);
			return [name, `${known.find((field) => field.name === name)?.label ?? name} ${issue.message}.`];
		}),
	);
	throw new AppError("bad-input", firstOf(fields), { fields });
}

/** What a warehouse's system does not take, by field. */
function refusedBy(options: Record<string, unknown>, connector: Connector): Record<string, string> {
	return { ...refusedUnits(options, connector), ...refusedReferences(options, connector) };
}

/** The facts of the sentence that names the first refused field. */
export function firstOf(fields: Record<string, string>): { field: string; problem: string } {
	const [field = "settings", problem = "cannot be used"] = Object.entries(fields)[0] ?? [];
	return { field, problem };
}
