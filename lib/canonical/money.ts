import { z } from "zod";

/** A decimal number as text, so that no cent is lost to floating point. */
export const decimal = z.string().regex(/^-?\d{1,15}(\.\d{1,6})?$/, "must be a decimal number such as 12.50");

/** ISO 4217, upper case. */
export const currency = z.string().regex(/^[A-Z]{3}$/, "must be a three-letter currency code such as USD");

export const money = z.object({ amount: decimal, currency });
export type Money = z.output<typeof money>;

/**
 * Turns integer minor units (as Vendure and many payment systems count) into a decimal amount.
 * Every currency we accept counts in hundredths at the source unless `digits` says otherwise.
 */
export function fromMinorUnits(minor: number, code: string, digits = 2): Money {
	const sign = minor < 0 ? "-" : "";
	const padded = String(Math.abs(Math.trunc(minor))).padStart(digits + 1, "0");
	const whole = padded.slice(0, padded.length - digits);
	const rest = digits === 0 ? "" : `.${padded.slice(-digits)}`;
	return { amount: `${sign}${whole}${rest}`, currency: code };
}
