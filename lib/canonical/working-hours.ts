import { z } from "zod";
import { text } from "./text";

export const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
const clock = z
	.string()
	.trim()
	.regex(/^([01]\d|2[0-3]):[0-5]\d$/, "must be a time such as 16:00");

function isZone(name: string): boolean {
	try {
		new Intl.DateTimeFormat("en", { timeZone: name });
		return true;
	} catch {
		return false;
	}
}

/** When the warehouse works. Without a time zone nothing is known of it, and nothing waits. */
export const workingHours = {
	workTimeZone: text
		.default("")
		.refine((zone) => zone === "" || isZone(zone), "must be a time zone such as America/New_York"),
	workingDays: z.array(z.enum(weekdays)).min(1, "must name a day").default(["mon", "tue", "wed", "thu", "fri"]),
	opensAt: clock.default("08:00"),
	/** What is ready later is worked on the next working day. */
	cutOffAt: clock.default("16:00"),
	/** Days on which nobody works, with commas between: 2026-12-25, 2027-01-01. */
	holidays: z
		.string()
		.trim()
		.max(4000, "must be at most 4000 characters")
		.default("")
		.refine(
			(days) => days === "" || days.split(/[\s,]+/).every((day) => z.iso.date().safeParse(day).success),
			"must be days such as 2026-12-25, with commas between them",
		),
	/** An order that is ready outside the hours waits for the next opening. */
	deliverInHours: z.boolean().default(false),
};
