import { z } from "zod";

/** Longest text a field may hold; longer input is a clear refusal, never a silent cut. */
export const maxText = 500;
export const maxNote = 4000;

/** Short text: trimmed, one line's worth. Empty is allowed, because carts leave fields empty. */
export const text = z.string().trim().max(maxText, `must be at most ${maxText} characters`);

/** Free text a person wrote: notes, gift messages. */
export const note = z.string().trim().max(maxNote, `must be at most ${maxNote} characters`);

/** A code that identifies something: never empty. */
export const code = text.min(1, "must not be empty");

/** A person's or company's name must hold at least one letter or digit, or no label can be printed. */
export const name = text.refine(
	(value) => value === "" || /[\p{L}\p{N}]/u.test(value),
	"must contain at least one letter or digit",
);

/** How many units: whole and positive. */
export const quantity = z
	.number("must be a number")
	.int("must be a whole number")
	.positive("must be more than 0")
	.max(1_000_000, "must be at most 1,000,000");

/** Stock: whole, and never below zero. */
export const stockCount = z
	.number("must be a number")
	.int("must be a whole number")
	.nonnegative("must not be negative")
	.max(1_000_000_000);

export const instant = z.date();
