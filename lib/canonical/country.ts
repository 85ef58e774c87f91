import { z } from "zod";

/**
 * ISO 3166-1 alpha-2, checked against the list the platform knows, so "XX" and "UK" are refused. A country that is written out, as
 * some carts do, is taken by its English name.
 */
export const country = z
	.string()
	.trim()
	.overwrite(codeOf)
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

/** What people write for a country beside its name. */
const otherNames: Record<string, string> = {
	USA: "US",
	UNITEDSTATESOFAMERICA: "US",
	GREATBRITAIN: "GB",
	ENGLAND: "GB",
	SCOTLAND: "GB",
	WALES: "GB",
	NORTHERNIRELAND: "GB",
	HOLLAND: "NL",
	THENETHERLANDS: "NL",
	CZECHREPUBLIC: "CZ",
	TURKEY: "TR",
	RUSSIANFEDERATION: "RU",
	REPUBLICOFIRELAND: "IE",
	KOREA: "KR",
};

const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
let byName: Map<string, string> | undefined;

/** Built once it is needed: most orders name their country by its code. */
function codesByName(): Map<string, string> {
	byName ??= new Map([
		...letters
			.flatMap((first) => letters.map((second) => first + second))
			.filter(isCountry)
			.map((code) => [plain(names.of(code) ?? ""), code] as const),
		...Object.entries(otherNames),
	]);
	return byName;
}

/** The code of a country that is named; what is no name of one comes back in capitals. */
function codeOf(words: string): string {
	const code = words.toUpperCase();
	if (isCountry(code)) return code;
	return codesByName().get(plain(words)) ?? code;
}

/** Letters only, without accents: "Côte d’Ivoire" and "Cote d'Ivoire" are one name. */
function plain(words: string): string {
	return words
		.normalize("NFD")
		.replace(/[^\p{L}]/gu, "")
		.toUpperCase();
}

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
