/**
 * Which region a postal code lies in, as far as its first characters tell: ZIP prefixes by the USPS (labeling list L002),
 * first letters by Canada Post, ranges by Australia Post. A few codes on a border serve both sides, so what follows from
 * this is proposed to a person and never put right without one.
 */
const zipPrefixes = `005 NY,006-007 PR,008 VI,009 PR,010-027 MA,028-029 RI,030-038 NH,039-049 ME,050-054 VT,055 MA,
056-059 VT,060-069 CT,063 NY,070-089 NJ,090-098 AE,100-149 NY,150-196 PA,197-199 DE,200 DC,201 VA,202-205 DC,
206-212 MD,214-219 MD,220-246 VA,247-268 WV,270-289 NC,290-299 SC,300-319 GA,319 AL,320-339 FL,340 AA,341-342 FL,
344 FL,346-347 FL,349 FL,350-352 AL,354-369 AL,370-385 TN,380 KY,386-397 MS,387 AR,398-399 GA,400-427 KY,422 TN,430-459 OH,
460-479 IN,480-499 MI,500-516 IA,520-528 IA,516 MO,525-526 MO,530-532 WI,534-535 WI,537-549 WI,550-551 MN,553-567 MN,
561 IA,567 ND,569 DC,570-577 SD,570-571 MN,576 ND,577 MT NE,580-588 ND,580 MN,584 SD,586 MT,590-599 MT,592 ND,600-620 IL,
622-629 IL,630-631 MO,633-641 MO,636 IL,644-658 MO,657 AR,660-662 KS,664-679 KS,680-681 NE,683-693 NE,692-693 SD,
700-701 LA,703-708 LA,710-714 LA,716-729 AR,717 LA,723-726 MO,730-731 OK,733 TX,734-741 OK,743-749 OK,739 TX KS,750-799 TX,
800-816 CO,810-811 NM,820-831 WY,820 NE CO,827 MT,832-838 ID,834 WY,840-847 UT,845 AZ,850-853 AZ,855-857 AZ,
859-860 AZ,863-865 AZ,860 UT,865 NM UT,870-871 NM,873-875 NM,877-884 NM,880 TX,885 TX,889-891 NV,893-895 NV,894 CA,
897-898 NV,900-908 CA,910-928 CA,930-961 CA,962-966 AP,967-968 HI,967 AS,969 GU MP PW FM MH,970-979 OR,976 CA,
980-986 WA,988-994 WA,995-999 AK`;
const zips = new Map<string, string[]>();
for (const { first, last, codes } of ranges(zipPrefixes))
	for (let prefix = first; prefix <= last; prefix++) {
		const key = String(prefix).padStart(3, "0");
		zips.set(key, [...(zips.get(key) ?? []), ...codes]);
	}

const canadianLetters: Record<string, string[]> = Object.fromEntries(
	"A NL,B NS,C PE,E NB,G QC,H QC,J QC,K ON,L ON,M ON,N ON,P ON,R MB,S SK,T AB,V BC,X NT NU,Y YT"
		.split(",")
		.map((entry) => entry.split(" "))
		.map(([letter = "", ...codes]) => [letter, codes]),
);

const australian = ranges(`200-299 ACT,800-999 NT,1000-2599 NSW,2600-2618 ACT,2619-2899 NSW,2900-2920 ACT,2921-2999 NSW,
3000-3999 VIC,4000-4999 QLD,5000-5999 SA,6000-6999 WA,7000-7999 TAS,8000-8999 VIC,9000-9999 QLD,
872 SA WA,2406 QLD,2540 ACT,2611 NSW,2618 NSW,2620 ACT,3500 NSW,3585-3586 NSW,3644 NSW,3691 NSW,3707 NSW,4377 NSW,4380 NSW,
4383 NSW,4385 NSW`);

/** The codes of the regions; none where the code does not tell. */
export function regionsOfPostalCode(code: string, country: string): string[] {
	if (country === "US") return (/^\d{5}(-\d{4})?$/.test(code) && zips.get(code.slice(0, 3))) || [];
	if (country === "CA")
		return (/^[A-Z]\d[A-Z] ?\d[A-Z]\d$/i.test(code) && canadianLetters[code.charAt(0).toUpperCase()]) || [];
	if (country !== "AU" || !/^\d{4}$/.test(code)) return [];
	const number = Number(code);
	return australian.filter(({ first, last }) => number >= first && number <= last).flatMap(({ codes }) => codes);
}

function ranges(list: string): { first: number; last: number; codes: string[] }[] {
	return list.split(",").map((entry) => {
		const [span = "", ...codes] = entry.trim().split(" ");
		const [first = span, last = first] = span.split("-");
		return { first: Number(first), last: Number(last), codes };
	});
}
