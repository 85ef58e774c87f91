import { z } from "zod";
import { country } from "./country";
import { name, text } from "./text";

/** Where goods go. Names may be empty when a company is given, and the other way round. */
export const address = z
	.object({
		name: name.default(""),
		/** The parts of `name`, where the source tells or splits them. */
		firstName: text.optional(),
		lastName: text.optional(),
		company: name.default(""),
		line1: text.min(1, "must not be empty"),
		line2: text.default(""),
		city: text.default(""),
		region: text.default(""),
		postalCode: text.default(""),
		country,
		phone: text.default(""),
		email: text.default(""),
	})
	.refine((value) => value.name !== "" || value.company !== "", {
		path: ["name"],
		message: "must hold a person's name, unless a company is given",
	});
