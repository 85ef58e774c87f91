import { z } from "zod";

/** Where an order goes, as people read it. */
export const address = z.object({
	name: z.string(),
	company: z.string(),
	line1: z.string(),
	line2: z.string(),
	city: z.string(),
	region: z.string(),
	postalCode: z.string(),
	country: z.string(),
	phone: z.string(),
	email: z.string(),
});
