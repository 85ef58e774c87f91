/** In which units a warehouse is told, and read, the weight and size of products. */
import { lengthUnits, massUnits, type UnitPair, unitModes, unitPairs } from "@/lib/canonical/units";
import type { FormField } from "@/lib/connectors/kit/form";
import type { Connector } from "@/lib/connectors/kit/types";

const base = {
	...{ level: "connection" as const, required: false, secret: false, advanced: true },
	...{ section: "Products" as const, kind: "select" as const },
};
const pairLabels: Record<UnitPair, string> = {
	"kg+cm": "Kilograms and centimetres",
	"lb+in": "Pounds and inches",
	"g+mm": "Grams and millimetres",
	"oz+in": "Ounces and inches",
};
const modeLabels = {
	dynamic: "Dynamic: read as the product states it, sent in the unit below",
	static: "Static: read and sent in the unit below",
	none: "None: read and sent in any unit",
};
const onlyNone = { field: "unitMode", is: ["none"] };
const same = (value: string) => ({ value, label: value });

export const unitFields: FormField[] = [
	{
		...base,
		name: "unitMode",
		label: "Units of measure",
		help: "Of the weight and size of products; those of shipments and packages stay as they are told.",
		options: unitModes.map((value) => ({ value, label: modeLabels[value] })),
		default: "dynamic",
	},
	{
		...base,
		name: "unitPair",
		label: "Unit",
		options: unitPairs.map((value) => ({ value, label: pairLabels[value] })),
		when: { field: "unitMode", is: ["dynamic", "static"] },
		default: "kg+cm",
	},
	{ ...base, name: "massUnit", label: "Unit of weight", options: massUnits.map(same), when: onlyNone, default: "kg" },
	{ ...base, name: "lengthUnit", label: "Unit of size", options: lengthUnits.map(same), when: onlyNone, default: "cm" },
];

const names = new Set(unitFields.map(({ name }) => name));

/** As one system can be asked: none where it has no products, and only the units that it takes. */
export function offeredUnits(fields: FormField[], { destination }: Connector): FormField[] {
	const { products } = destination ?? {};
	if (!products) return fields.filter(({ name }) => !names.has(name));
	const { units } = products;
	if (!units) return fields;
	const taken: Record<string, readonly string[]> = { unitMode: ["dynamic", "static"], unitPair: units };
	return fields
		.filter(({ when }) => when?.is !== onlyNone.is)
		.map((field) =>
			taken[field.name] && field.options
				? { ...field, options: field.options.filter(({ value }) => taken[field.name]?.includes(value)) }
				: field,
		);
}

/** By field: what a system does not take. */
export function refusedUnits(options: Record<string, unknown>, connector: Connector): Record<string, string> {
	const units = connector.destination?.products?.units;
	if (!units) return {};
	const problems: Record<string, string> = {};
	if (options.unitMode === "none")
		problems.unitMode = `Units of measure: ${connector.name} takes only some units. Choose Dynamic or Static.`;
	else if (!units.some((pair) => pair === options.unitPair))
		problems.unitPair = `Unit: ${connector.name} takes only ${units.map((pair) => pair.replace("+", " and ")).join(", or ")}.`;
	return problems;
}
