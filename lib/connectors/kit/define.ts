import { z } from "zod";
import type { Connector, FieldMeta, Fields, Reader } from "./types";

/** What a person sees of each settings field, kept beside the schema rather than inside it. */
const fieldMeta = z.registry<FieldMeta>();

/** Identity at run time; at compile time it ties `settings` to every function that receives them. */
export function defineConnector<S extends Fields>(connector: Connector<S>): Connector<S> {
	return connector;
}

export function reader<S extends Fields, T, C>(definition: Reader<S, T, C>): Reader<S, T, C> {
	return definition;
}

/** Adds what a person sees to one schema field. */
export function field<T extends z.ZodType>(schema: T, meta: FieldMeta): T {
	fieldMeta.add(schema, meta);
	return schema;
}

export interface SettingsField {
	name: string;
	schema: z.ZodType;
	meta: FieldMeta & { level: NonNullable<FieldMeta["level"]>; secret: boolean; advanced: boolean };
}

/** Every field of a settings schema with its meta, in the order written. Throws when one has no meta. */
export function fieldsOf(settings: Fields): SettingsField[] {
	return Object.entries(settings.shape).map(([name, schema]) => {
		const meta = fieldMeta.get(schema as z.ZodType);
		if (!meta) throw new Error(`settings field "${name}" has no label: wrap its schema in field(…)`);
		return {
			name,
			schema: schema as z.ZodType,
			meta: {
				...meta,
				level: meta.level ?? "connection",
				secret: meta.secret ?? false,
				advanced: meta.advanced ?? false,
			},
		};
	});
}
