/** What the checks of an order's address say, and what is proposed for it. */
import { z } from "zod";
import { address } from "./address";
import { instant } from "./base";

const field = z.enum(["name", "company", "line1", "line2", "city", "region", "postalCode", "country", "phone"]);

export const orderAddressCheck = z.object({
	/** The order stops for its address, it goes out with a warning, or a person said that it goes as it is. */
	state: z.enum(["stops", "warns", "kept"]),
	problems: z.array(z.string()),
	/** The address with all that is proposed; null where nothing is. */
	proposed: address.nullable(),
	changes: z.array(
		z.object({
			field,
			before: z.string(),
			after: z.string(),
			why: z.string(),
			/** The same thing, only written otherwise. */
			certain: z.boolean(),
		}),
	),
	/** What nobody can put right from here, such as a house number that is not there. */
	remarks: z.array(z.string()),
	kept: z.object({ at: instant, by: z.string() }).nullable(),
});

export const addressAccepted = z.object({
	/** What the person was shown: another proposal than that is refused. Left out, what is proposed now is taken. */
	seen: z
		.array(z.object({ field, after: z.string().max(500) }))
		.max(20)
		.optional(),
});
