import { z } from "zod";

/** Weights carry their unit; conversion happens at the edge that needs another one. */
export const weight = z.object({
	value: z.number().nonnegative(),
	unit: z.enum(["g", "kg", "oz", "lb"]),
});
