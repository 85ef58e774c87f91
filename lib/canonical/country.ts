import { z } from "zod";

/** ISO 3166-1 alpha-2, checked against the list the platform knows, so "XX" and "UK" are refused. */
export const country = z
	.string()
	.trim()
	.toUpperCase()
	.refine(isCountry, "is not a country we know: use a two-letter ISO 3166 code such as US");

const names = new Intl.DisplayNames(["en"], { type: "region", fallback: "none" });
/** Codes that the platform names but that are no place goods can be sent to, or no longer one. */
const notCountries = new Set([
	"EU",
	"EZ",
	"UN",
	"QO",
	"XA",
	"XB",
	"ZZ",
	"UK",
	"AN",
	"BU",
	"CS",
	"DD",
	"FX",
	"NT",
	"SU",
	"TP",
	"YD",
	"YU",
	"ZR",
]);

/** Every order is asked several times, and the platform's list is slow: what it said is kept, 676 codes at most. */
const answers = new Map<string, boolean>();

function isCountry(value: string): boolean {
	if (!/^[A-Z]{2}$/.test(value)) return false;
	const known = answers.get(value);
	if (known !== undefined) return known;
	const answer = !notCountries.has(value) && names.of(value) !== undefined;
	answers.set(value, answer);
	return answer;
}
