/**
 * Postal codes, regions and telephone numbers by the rules of their countries, without asking anybody: the forms of
 * postal codes come with `validator`, the numbering plans with `libphonenumber-js`, regions with `iso-3166`, where postal codes lie from the table beside this.
 */
import { isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js";
import validator from "validator";
import { regionsOfPostalCode } from "./postal-regions";
import { knowsAllRegions, regionCode, regionName } from "./regions";

/** `proposal`: what it is meant to be, where it differs. `certain`: the same thing, only written otherwise. */
export interface Verdict {
	ok: boolean;
	proposal: string | null;
	certain: boolean;
	/** Why, in a sentence for a person; empty without a proposal. */
	why: string;
}
const accepted: Verdict = { ok: true, proposal: null, certain: false, why: "" };
const refused: Verdict = { ...accepted, ok: false };

type Locale = Parameters<typeof validator.isPostalCode>[1];
const locales = new Set<string>(
	"AD AT AU AZ BA BD BE BG BR BY CA CH CN CO CZ DE DK DO DZ EE ES FI FR GB GR HR HT HU ID IE IL IN IR IS IT JP KE KR LI LT LU LV LK MC MG MX MT MY NL NO NP NZ PK PL PR PT RO RU SA SE SG SI SK TH TN TW UA US ZA ZM".split(
		" ",
	),
);

/** Where a country writes its sign: so many characters from the start, or from the end when negative. */
const writing: Record<string, { at: number; sign: string }> = {
	GB: { at: -3, sign: " " },
	IE: { at: 3, sign: " " },
	CA: { at: 3, sign: " " },
	NL: { at: 4, sign: " " },
	SE: { at: 3, sign: " " },
	CZ: { at: 3, sign: " " },
	SK: { at: 3, sign: " " },
	GR: { at: 3, sign: " " },
	PL: { at: 2, sign: "-" },
	PT: { at: 4, sign: "-" },
	JP: { at: 3, sign: "-" },
	BR: { at: 5, sign: "-" },
	US: { at: 5, sign: "-" },
};

/** Countries whose codes are digits only and may begin with 0, and how many they have. */
const zeroFirst: Record<string, number> = {
	US: 5,
	PR: 5,
	DE: 5,
	FR: 5,
	IT: 5,
	ES: 5,
	FI: 5,
	EE: 5,
	MX: 5,
	AU: 4,
	NO: 4,
};

/** Whether the form of a country's codes is known. */
export function knowsPostalCodes(country: string): boolean {
	return locales.has(country);
}

/** A country whose codes we have no form of accepts every code. `region`: what else the address says of where it is. */
export function checkPostalCode(code: string, country: string, region = ""): Verdict {
	if (!locales.has(country)) return accepted;
	const fits = (written: string) => validator.isPostalCode(written, country as Locale);
	const ok = fits(code);
	const better = (written: string) => written !== code && fits(written);
	const written = asWritten(code, country);
	if (better(written)) return { ok, proposal: written, certain: true, why: "As the country writes it" };
	if (ok) return accepted;
	const bare = asWritten(code.replace(/^[A-Z]{1,2}[-\s]+(?=[A-Z0-9])/i, ""), country);
	if (better(bare)) return { ok, proposal: bare, certain: true, why: "Without the country in front" };
	const whole = withZeros(code, country);
	if (whole && fits(whole)) return zeroVerdict(whole, country, region);
	const digits = asWritten(code.replace(/[oO]/g, "0").replace(/[iIl]/g, "1"), country);
	if (/\d/.test(code) && better(digits))
		return { ok, proposal: digits, certain: false, why: "A letter looks like a digit" };
	return refused;
}

/** A zero that a spreadsheet took off: certain where the region says the same, and none of it where it says otherwise. */
function zeroVerdict(proposal: string, country: string, region: string): Verdict {
	const known = regionCode(region, country);
	const there = regionsOfPostalCode(proposal, country);
	if (known && there.length > 0 && !there.includes(known)) return refused;
	const certain = known !== undefined && there.includes(known);
	return { ok: false, proposal, certain, why: "The zero in front was lost" };
}

function withZeros(code: string, country: string): string | null {
	const length = zeroFirst[country];
	const [, first = "", rest = ""] = /^(\d+)(-\d{4})?$/.exec(code) ?? [];
	if (!length || first.length >= length || first.length < 3) return null;
	return first.padStart(length, "0") + rest;
}

function asWritten(code: string, country: string): string {
	const bare = code.toUpperCase().replace(/[^\p{L}\p{N}]/gu, "");
	const rule = writing[country];
	const [start, end] = rule ? [bare.slice(0, rule.at), bare.slice(rule.at)] : [bare, ""];
	return start === "" || end === "" ? bare : `${start}${rule?.sign}${end}`;
}

/**
 * By its own name, and by where the postal code lies. A region that is none is wrong only where all are known: elsewhere
 * it may be one of another level, or in another language.
 */
export function checkRegion(region: string, country: string, postalCode: string): Verdict {
	const strict = knowsAllRegions(country);
	const there = regionsOfPostalCode(postalCode, country);
	const [only] = there.length === 1 ? there : [];
	const byCode = only
		? { proposal: only, certain: false, why: `The postal code lies in ${regionName(only, country)}` }
		: null;
	if (region === "") return { ...accepted, ...byCode };
	const code = regionCode(region, country);
	if (!code && !strict) return accepted;
	if (!code || (there.length > 0 && !there.includes(code))) return { ...refused, ...byCode };
	return code === region
		? accepted
		: { ok: true, proposal: code, certain: true, why: `The code of ${regionName(code, country)}` };
}

export function checkPhone(phone: string, country: string): Verdict {
	const number = parsePhoneNumberFromString(phone, isSupportedCountry(country) ? country : undefined);
	if (!number?.isValid()) return refused;
	if (phone === number.number) return accepted;
	return { ok: true, proposal: number.number, certain: true, why: "With the country's code" };
}
