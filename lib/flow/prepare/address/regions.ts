/**
 * States, provinces and territories of the countries whose addresses cannot do without: codes and names of ISO 3166-2
 * (US, CA, AU), the territories, freely associated states and military "states" of the US as the USPS writes them
 * (Publication 28, appendix B).
 */
const lists: Record<string, string> = {
	US: `AL Alabama,AK Alaska,AZ Arizona,AR Arkansas,CA California,CO Colorado,CT Connecticut,DE Delaware,
DC District of Columbia,FL Florida,GA Georgia,HI Hawaii,ID Idaho,IL Illinois,IN Indiana,IA Iowa,KS Kansas,KY Kentucky,
LA Louisiana,ME Maine,MD Maryland,MA Massachusetts,MI Michigan,MN Minnesota,MS Mississippi,MO Missouri,MT Montana,
NE Nebraska,NV Nevada,NH New Hampshire,NJ New Jersey,NM New Mexico,NY New York,NC North Carolina,ND North Dakota,OH Ohio,
OK Oklahoma,OR Oregon,PA Pennsylvania,RI Rhode Island,SC South Carolina,SD South Dakota,TN Tennessee,TX Texas,UT Utah,
VT Vermont,VA Virginia,WA Washington,WV West Virginia,WI Wisconsin,WY Wyoming,PR Puerto Rico,GU Guam,
VI US Virgin Islands,AS American Samoa,MP Northern Mariana Islands,PW Palau,FM Federated States of Micronesia,
MH Marshall Islands,AA Armed Forces Americas,AE Armed Forces Europe,AP Armed Forces Pacific`,
	CA: `AB Alberta,BC British Columbia,MB Manitoba,NB New Brunswick,NL Newfoundland and Labrador,NS Nova Scotia,
NT Northwest Territories,NU Nunavut,ON Ontario,PE Prince Edward Island,QC Quebec,SK Saskatchewan,YT Yukon`,
	AU: `ACT Australian Capital Territory,NSW New South Wales,NT Northern Territory,QLD Queensland,SA South Australia,
TAS Tasmania,VIC Victoria,WA Western Australia`,
};

/** Other names of the same places, as people and carts write them. */
const alsoCalled: Record<string, string> = {
	US: "DC Washington DC,VI Virgin Islands,VI Virgin Islands of the US,MP Commonwealth of the Northern Mariana Islands",
	CA: "NL Newfoundland,NL Labrador,NL NF,QC PQ,PE PEI,YT Yukon Territory",
	AU: "ACT Canberra",
};

interface Region {
	code: string;
	name: string;
}

const regions = new Map(Object.entries(lists).map(([country, list]) => [country, parse(list)]));
const byWords = new Map(
	[...regions].map(([country, known]) => [
		country,
		new Map(
			[...known, ...parse(alsoCalled[country] ?? "")].flatMap(({ code, name }) => [
				[plain(code), code],
				[plain(name), code],
			]),
		),
	]),
);

/** Whether the regions of a country are known here. */
export function hasRegions(country: string): boolean {
	return regions.has(country);
}

/** The code of a region that is written as a code or a name; undefined for what is neither. */
export function regionCode(words: string, country: string): string | undefined {
	return byWords.get(country)?.get(plain(words));
}

/** "Massachusetts" for MA; the code itself where it is not known. */
export function regionName(code: string, country: string): string {
	return regions.get(country)?.find((region) => region.code === code)?.name ?? code;
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
