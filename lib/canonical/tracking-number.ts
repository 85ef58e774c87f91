/**
 * Who carries a parcel, by its tracking number. Pure. Formats and check digits are those carriers publish; several share
 * a length, so what has a check digit must have the right one, and the order below settles the rest. No package knows
 * the Canadian carriers that matter here, so the table is our own.
 */
import type { CarrierCode } from "@/lib/canonical/carriers";

interface Format {
	carrier: CarrierCode;
	pattern: RegExp;
	/** Whether the check digit is right; absent where the format has none. */
	check?: (number: string) => boolean;
}

/** More telling formats first. The number is in upper case, without blanks and dashes. */
const formats: readonly Format[] = [
	{ carrier: "UPS", pattern: /^1Z[A-Z0-9]{15}\d$/, check: (all) => hasMod10(all.slice(2), 1, 2) },
	{ carrier: "AMAZON", pattern: /^TB[ACM]\d{12}$/ },
	{ carrier: "INTELCOM", pattern: /^INTL[A-Z]{3}\d{9}$/ },
	{ carrier: "DYNAMEX", pattern: /^DX[A-Z]{4}\d{7}$/ },
	{ carrier: "ONTRAC", pattern: /^(L[AIEHNX][1-3]\d{7}|1LS7[12]\d{10}|1LS7[12]\d{2}01[1-4]\d{6}1|1LSCX[0-9A-Z]{10})$/ },
	{ carrier: "ONTRAC", pattern: /^C\d{14}$/, check: (all) => hasMod10(ontracDigits(all.slice(1), "4"), 1, 2) },
	{ carrier: "ONTRAC", pattern: /^D\d{14}$/, check: (all) => hasMod10(ontracDigits(all.slice(1), "5"), 1, 2) },
	{ carrier: "USPS", pattern: /^[A-Z]{2}\d{9}US$/, check: hasS10 },
	{ carrier: "CANADA_POST", pattern: /^[A-Z]{2}\d{9}CA$/, check: hasS10 },
	{ carrier: "ROYAL_MAIL", pattern: /^[A-Z]{2}\d{9}GB$/, check: hasS10 },
	{
		carrier: "USPS",
		pattern: /^(420\d{5}(\d{4})?)?9[2-5](\d{20}|\d{24}|\d{28})$/,
		check: (all) => hasMod10(all.replace(/^420\d{5}(\d{4})?(?=9[2-5](\d{20}|\d{24}|\d{28})$)/, ""), 3, 1),
	},
	{
		carrier: "USPS",
		pattern: /^(420\d{5}(\d{4})?)?(91)?\d{20}$/,
		check: (all) => hasMod10(`91${all.slice(-20)}`, 3, 1) || (all.length === 20 && hasMod10(all, 3, 1)),
	},
	{ carrier: "FEDEX", pattern: /^\d{12}$/, check: (all) => hasFedex12(all) },
	{ carrier: "FEDEX", pattern: /^\d{15}$/, check: (all) => hasMod10(all, 1, 3) },
	{ carrier: "FEDEX", pattern: /^96\d{20}$/, check: (all) => hasMod10(all.slice(7), 1, 3) },
	{ carrier: "CANADA_POST", pattern: /^\d{16}$/, check: (all) => hasMod10(all, 3, 1) },
	{ carrier: "PUROLATOR", pattern: /^[0-5]\d{11}$/, check: hasLuhn },
	{ carrier: "PUROLATOR", pattern: /^\d{11}33\d{10}\d{11}$/, check: (all) => hasLuhn(all.slice(11, 23)) },
	{ carrier: "DHL", pattern: /^\d{10,11}$/, check: (all) => Number(all.slice(0, -1)) % 7 === Number(all.at(-1)) },
	{ carrier: "DHL_ECOMMERCE", pattern: /^(GM|LX|RX|UV|SG|TH|IN|HK|MY)(?=[A-Z]*\d)[0-9A-Z]{10,39}$/ },
	{ carrier: "DHL_ECOMMERCE", pattern: /^\d{14}$/ },
	{ carrier: "FEDEX", pattern: /^\d{18}$/, check: (all) => hasMod10(all.slice(2), 3, 1) },
	{ carrier: "FEDEX", pattern: /^([0-8]\d{33}|96\d{32})$/, check: (all) => hasFedex14(all.slice(-14)) },
	{ carrier: "FEDEX", pattern: /^3\d{31}$/, check: (all) => hasFedex12(all.slice(16, 28)) },
	{ carrier: "DHL", pattern: /^J[A-Z]{1,3}\d{9,10}$/ },
	{ carrier: "UPS", pattern: /^[AHJKTV]\d{10}$/, check: (all) => hasMod10(all.slice(1), 1, 2) },
	{ carrier: "AMAZON", pattern: /^[AFC]\d{10}$/ },
	{ carrier: "PUROLATOR", pattern: /^[A-Z]{3}\d{9}$/ },
	{ carrier: "CANPAR", pattern: /^[CDKLSUXZ]\d{21}$/ },
	{ carrier: "GOFO", pattern: /^GFUS\d{14}$/ },
	{ carrier: "YUNEXPRESS", pattern: /^YT\d{16}$/ },
	{ carrier: "SPEE_DEE", pattern: /^SP\d{18}$/ },
	{ carrier: "LANDMARK", pattern: /^LTN\d{8}N1$/ },
	{ carrier: "OLD_DOMINION", pattern: /^((77[78]|072|780)\d{8}|80\d{9})$/, check: hasLuhn },
	{ carrier: "YODEL", pattern: /^JJ?D\d{16}$/ },
];

/** The carrier whose number this is; null where no format fits. `country`: where the parcel goes. */
export function carrierOfNumber(trackingNumber: string, country = ""): CarrierCode | null {
	const number = trackingNumber.replace(/[\s-]/g, "").toUpperCase();
	const fitting = formats.filter(({ pattern, check }) => pattern.test(number) && (check?.(number) ?? true));
	const first = fitting[0]?.carrier ?? null;
	// Twelve digits may pass both checks: Purolator's begin with 33, and it delivers in Canada.
	if (first !== "FEDEX" || number.length !== 12 || !fitting.some(({ carrier }) => carrier === "PUROLATOR"))
		return first;
	return number.startsWith("33") || country === "CA" ? "PUROLATOR" : "FEDEX";
}

/** Weights `even` and `odd` by position from the left; letters count as their code less 3, modulo 10. */
function hasMod10(number: string, even: number, odd: number): boolean {
	const digits = [...number].map((sign) => (/\d/.test(sign) ? Number(sign) : (sign.charCodeAt(0) - 3) % 10));
	const check = digits.pop();
	const sum = digits.reduce((total, digit, place) => total + digit * (place % 2 === 0 ? even : odd), 0);
	return (10 - (sum % 10)) % 10 === check;
}

function hasLuhn(number: string): boolean {
	const sum = [...number].reverse().reduce((total, sign, place) => {
		const digit = Number(sign) * (place % 2 === 0 ? 1 : 2);
		return total + (digit > 9 ? digit - 9 : digit);
	}, 0);
	return sum % 10 === 0;
}

/** The postal unions' number: two letters, eight digits and their check, a country. */
function hasS10(number: string): boolean {
	const weights = [8, 6, 4, 2, 3, 5, 9, 7];
	const rest = weights.reduce((total, weight, place) => total + weight * Number(number[place + 2]), 0) % 11;
	const check = rest === 0 ? 5 : rest === 1 ? 0 : 11 - rest;
	return check === Number(number[10]);
}

function hasFedex12(number: string): boolean {
	return hasWeights(number, [3, 1, 7]);
}

function hasFedex14(number: string): boolean {
	return hasWeights(number, [1, 7, 3]);
}

function hasWeights(number: string, weights: readonly number[]): boolean {
	const digits = [...number].map(Number);
	const check = digits.pop();
	const sum = digits.reduce((total, digit, place) => total + digit * (weights[place % weights.length] ?? 0), 0);
	return (sum % 11) % 10 === check;
}

/** A number of OnTrac counts its letter as one digit, unless the digit stands there already. */
function ontracDigits(digits: string, letter: string): string {
	return digits.startsWith(letter) ? digits : letter + digits;
}
