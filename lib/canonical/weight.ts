import { z } from "zod";
import { basePer, massUnits } from "./units";

/** Weights carry their unit; conversion happens at the edge that needs another one. */
export const weight = z.object({
	value: z.number().nonnegative(),
	unit: z.enum(massUnits),
});
export type Weight = z.output<typeof weight>;

/** A weight in grams, not rounded. */
export function gramsOf({ value, unit }: Weight): number {
	return value * basePer[unit];
}
