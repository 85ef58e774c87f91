import { z } from "zod";

/** Weights carry their unit; conversion happens at the edge that needs another one. */
export const weight = z.object({
	value: z.number().nonnegative(),
	unit: z.enum(["g", "kg", "oz", "lb"]),
});
export type Weight = z.output<typeof weight>;

const gramsPer: Record<Weight["unit"], number> = { g: 1, kg: 1000, oz: 28.349523125, lb: 453.59237 };

/** A weight in grams, not rounded. */
export function gramsOf({ value, unit }: Weight): number {
	return value * gramsPer[unit];
}
