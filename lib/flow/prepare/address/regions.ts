/**
 * States, provinces and territories: codes and names of ISO 3166-2 as the package `iso-3166` has them, and beside them
 * what the USPS takes as states (Publication 28, appendix B) and the other names that people and carts write.
 */
import { iso31662 } from "iso-3166";

/** Addresses cannot do without, and every name is known: what is none of these is a mistake. */
const strict = new Set(["US", "CA", "AU"]);

/**
 * Where shops and carriers write a region by its letters. Elsewhere regions have numbers for codes (JP, FR, PL), or no
 * address names them by one (GB). ES, IT and IE write the smaller of their two levels.
 */
const lettered = ["US", "CA", "AU", "AR", "BR", "CH", "CN", "DE", "ES", "IE", "IN", "IT", "MX", "NL", "NZ", "ZA"];
const smaller = new Set(["ES", "IE", "IT"]);

/** No regions of an address there: countries of their own to the post, and islands without one. */
const left = new Set(["US-UM", "CN-HK", "CN-MO", "CN-TW", "NL-AW", "NL-CW", "NL-SX"]);

/** What ISO does not count: freely associated states and the military's "states"; towns that are their own province. */
const added: Record<string, string> = {
	US: `PW Palau,FM Federated States of Micronesia,MH Marshall Islands,AA Armed Forces Americas,AE Armed Forces Europe,
AP Armed Forces Pacific`,
	ES: "CE Ceuta,ML Melilla",
};

/** Other names of the same places. */
const alsoCalled: Record<string, string> = {
	US: `DC Washington DC,VI US Virgin Islands,VI Virgin Islands,VI Virgin Islands of the US,
MP Commonwealth of the Northern Mariana Islands,AL Ala,AZ Ariz,AR Ark,CA Calif,CA Cal,CO Colo,CT Conn,DE Del,FL Fla,IL Ill,IN Ind,
KS Kan,KS Kans,MA Mass,MI Mich,MN Minn,MS Miss,MO Mo,MT Mont,NE Neb,NE Nebr,NV Nev,NM N Mex,NC N Car,NC N Carolina,ND N Dak,
ND N Dakota,OK Okla,OR Ore,OR Oreg,PA Penn,PA Penna,SC S Car,SC S Carolina,SD S Dak,SD S Dakota,TN Tenn,TX Tex,WA Wash,WV W Va,
WV W Virginia,WI Wis,WI Wisc,WY Wyo`,
	CA: "NL Newfoundland,NL Labrador,NL NF,NL Nfld,QC PQ,QC Que,PE PEI,YT Yukon Territory,ON Ont,AB Alta,SK Sask,MB Man",
	AU: "ACT Canberra,QLD Qld,VIC Vic,TAS Tas",
	DE: `BY Bavaria,HE Hesse,MV Mecklenburg-Western Pomerania,NI Lower Saxony,NW North Rhine-Westphalia,RP Rhineland-Palatinate,
SN Saxony,ST Saxony-Anhalt,TH Thuringia`,
	CH: "GE Geneva,GE Genf,LU Lucerne,ZH Zurich,GR Grisons,TI Tessin,VD Waadt,VS Wallis,NE Neuenburg,FR Freiburg,BE Berne,SG St Gallen",
	ES: "BI Vizcaya,SS Guipúzcoa,SE Seville,C La Coruña,GI Gerona,L Lérida,PM Baleares,PM Islas Baleares,OR Orense",
	IT: "RM Rome,MI Milan,TO Turin,NA Naples,VE Venice,FI Florence,GE Genoa,MN Mantua,PD Padua,SR Syracuse",
	MX: `CMX CDMX,CMX Distrito Federal,CMX Mexico City,MEX Estado de México,COA Coahuila,MIC Michoacán,VER Veracruz`,
	NL: "NH North Holland,ZH South Holland,NB North Brabant,FR Friesland,ZE Zeeland",
	IN: "OD Orissa,PY Pondicherry,PY Puducherry,UK Uttaranchal,DL New Delhi",
};

interface Region {
	code: string;
	name: string;
}

const regions = new Map(lettered.map((country) => [country, regionsOf(country)]));
const byWords = new Map([...regions].map(([country, known]) => [country, wordsOf(country, known)]));

/** Whether the regions of a country are known here so well that any other is a mistake. */
export function knowsAllRegions(country: string): boolean {
	return strict.has(country);
}

/** The code of a region that is written as a code or a name; undefined for what is neither. */
export function regionCode(words: string, country: string): string | undefined {
	return byWords.get(country)?.get(plain(words)) ?? undefined;
}

/** "Massachusetts" for MA; the code itself where it is not known. */
export function regionName(code: string, country: string): string {
	return regions.get(country)?.find((region) => region.code === code)?.name ?? code;
}

function regionsOf(country: string): Region[] {
	const listed = iso31662.flatMap(({ code, parent, name }): Region[] => {
		const isOurs = code.startsWith(`${country}-`) && (parent !== country) === smaller.has(country);
		const short = code.slice(country.length + 1);
		return isOurs && !left.has(code) && /^[A-Z]+$/.test(short) ? [{ code: short, name }] : [];
	});
	return [...listed, ...parse(added[country] ?? "")];
}

/** Null: words that two regions share say neither. A code comes before every name. */
function wordsOf(country: string, known: readonly Region[]): ReadonlyMap<string, string | null> {
	const words = new Map<string, string | null>();
	const named = [...known, ...parse(alsoCalled[country] ?? "")];
	for (const { code, name } of named)
		for (const written of waysToWrite(name, country)) {
			const other = words.get(plain(written));
			words.set(plain(written), other === undefined || other === code ? code : null);
		}
	for (const { code } of known) words.set(plain(code), code);
	return words;
}

/** "Bolzano, Bozen" by either name; "Anhui Sheng" without the word for a province; "County Cork" and "Co. Cork". */
function waysToWrite(name: string, country: string): string[] {
	const ways = [name, ...name.split(", ")];
	if (country === "CN") ways.push(name.replace(/ (Sheng|Shi|Zizhiqu)$/, ""));
	if (country === "IE") ways.push(`County ${name}`, `Co ${name}`);
	return ways;
}

function parse(list: string): Region[] {
	return list
		.split(",")
		.map((entry) => entry.trim())
		.filter(Boolean)
		.map((entry) => ({ code: entry.slice(0, entry.indexOf(" ")), name: entry.slice(entry.indexOf(" ") + 1) }));
}

/** Letters only, without accents: "Québec" and "quebec", "D.C." and "DC" are the same. */
function plain(words: string): string {
	return words
		.normalize("NFD")
		.replace(/[^\p{L}]/gu, "")
		.toUpperCase();
}
