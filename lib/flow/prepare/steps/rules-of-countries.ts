/**
 * Postal codes and telephone numbers by the rules of their countries, without asking anybody: the forms of postal codes
 * come with `validator`, the numbering plans with `libphonenumber-js`.
 */
import { isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js";
import isPostalCode from "validator/lib/isPostalCode";

/** `proposal`: the same as its country writes it, where that is certain and differs. */
export interface Verdict {
	ok: boolean;
	proposal: string | null;
}

type Locale = Parameters<typeof isPostalCode>[1];
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

/** A country whose codes we have no form of accepts every code. */
export function checkPostalCode(code: string, country: string): Verdict {
	if (!locales.has(country)) return { ok: true, proposal: null };
	const fits = (written: string) => isPostalCode(written, country as Locale);
	const written = asWritten(code, country);
	return { ok: fits(code), proposal: written !== code && fits(written) ? written : null };
}

function asWritten(code: string, country: string): string {
	const bare = code.toUpperCase().replace(/[^A-Z0-9]/g, "");
	// A leading zero that a spreadsheet took off.
	const whole = country === "US" && /^\d{4}$/.test(bare) ? `0${bare}` : bare;
	const rule = writing[country];
	const [start, end] = rule ? [whole.slice(0, rule.at), whole.slice(rule.at)] : [whole, ""];
	return end === "" ? start : `${start}${rule?.sign}${end}`;
}

export function checkPhone(phone: string, country: string): Verdict {
	const number = parsePhoneNumberFromString(phone, isSupportedCountry(country) ? country : undefined);
	if (!number?.isValid()) return { ok: false, proposal: null };
	return { ok: true, proposal: phone === number.number ? null : number.number };
}
