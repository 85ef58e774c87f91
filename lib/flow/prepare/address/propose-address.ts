/**
 * What an address is probably meant to be, without asking anybody: each field that would change, and why. Applied to an
 * address twice, a proposal changes nothing more than once.
 */
import type { Address } from "@/lib/canonical/address";
import { checkPhone, checkPostalCode, checkRegion, knowsPostalCodes, type Verdict } from "./rules-of-countries";

export const proposableFields = [
	...(["name", "company", "line1", "line2", "city", "region", "postalCode", "country", "phone"] as const),
] as const;
export type ProposableField = (typeof proposableFields)[number];

export interface FieldProposal {
	field: ProposableField;
	before: string;
	after: string;
	why: string;
	/** The same thing, only written otherwise: what may be put right without a person. */
	certain: boolean;
}

interface Idea {
	set: Partial<Record<ProposableField, string>>;
	why: string;
	certain: boolean;
}

/** Each looks at the address as the ones before it left it. */
const ideas: ((address: Address) => Idea | null)[] = [spaces, swapped, otherCountry, postalCode, region, phone];

/** The fields in the order of an address; none where nothing better is known. */
export function proposeAddress(address: Address): FieldProposal[] {
	const found = new Map<ProposableField, FieldProposal>();
	let now = address;
	// What one idea changed may give an earlier one its reason: until none has any more.
	for (let round = 0; round < 4; round++) {
		const before = now;
		for (const idea of ideas) now = take(now, idea(now), found, address);
		if (before === now) break;
	}
	return proposableFields.flatMap((field) => {
		const change = found.get(field);
		return change && change.before !== change.after ? [change] : [];
	});
}

/** The address with what is proposed for it. */
export function withProposals(address: Address, changes: FieldProposal[]): Address {
	return { ...address, ...Object.fromEntries(changes.map(({ field, after }) => [field, after])) };
}

function take(now: Address, idea: Idea | null, found: Map<ProposableField, FieldProposal>, original: Address): Address {
	if (!idea) return now;
	const changed = Object.entries(idea.set).filter(([field, after]) => now[field as ProposableField] !== after);
	if (changed.length === 0) return now;
	// What rests on a country that is only likely is likely itself.
	const certain = idea.certain && found.get("country")?.certain !== false;
	for (const [key, after] of changed) {
		const field = key as ProposableField;
		const earlier = found.get(field);
		found.set(field, {
			...{ field, before: original[field], after, certain: certain && earlier?.certain !== false },
			why: earlier && earlier.why !== idea.why ? `${earlier.why}; ${idea.why}` : idea.why,
		});
	}
	return { ...now, ...idea.set };
}

const spaced = ["name", "company", "line1", "line2", "city", "region"] as const;

function spaces(address: Address): Idea {
	const set = Object.fromEntries(spaced.map((field) => [field, address[field].replace(/\s+/g, " ").trim()]));
	return { set, why: "Spaces too many", certain: true };
}

/** The city holds a postal code of the country, and the postal code holds no digit. */
function swapped({ city, postalCode, country }: Address): Idea | null {
	if (!knowsPostalCodes(country) || postalCode === "" || /\d/.test(postalCode) || !/\d/.test(city)) return null;
	const { ok, proposal, certain } = checkPostalCode(city, country);
	if (!ok && !(proposal && certain)) return null;
	return { set: { city: postalCode, postalCode: city }, why: "City and postal code were swapped", certain: true };
}

const neighbours: Record<string, string> = { US: "CA", CA: "US" };

/** Region and postal code are both of the other country, and none of them of this one. */
function otherCountry({ region, postalCode, country }: Address): Idea | null {
	const other = neighbours[country];
	if (!other || region === "" || postalCode === "") return null;
	const fits = (there: string) => {
		const code = checkPostalCode(postalCode, there);
		const known = code.proposal && code.certain ? code.proposal : postalCode;
		return { code: code.ok || (code.proposal !== null && code.certain), region: checkRegion(region, there, known).ok };
	};
	const [here, there] = [fits(country), fits(other)];
	if (here.code || !there.code || !there.region) return null;
	return { set: { country: other }, why: "Region and postal code are of that country", certain: false };
}

function postalCode({ postalCode, country, region }: Address): Idea | null {
	return postalCode === "" ? null : ideaOf("postalCode", checkPostalCode(postalCode, country, region));
}

function region({ region, country, postalCode }: Address): Idea | null {
	return ideaOf("region", checkRegion(region, country, postalCode));
}

function phone({ phone, country }: Address): Idea | null {
	return phone === "" ? null : ideaOf("phone", checkPhone(phone, country));
}

function ideaOf(field: ProposableField, { proposal, certain, why }: Verdict): Idea | null {
	return proposal === null ? null : { set: { [field]: proposal }, why, certain };
}

/** What a person may want to look at, and nobody can put right. */
export function remarksOn({ line1, line2 }: Address): string[] {
	return /\p{N}/u.test(`${line1} ${line2}`) ? [] : ["The street has no house number."];
}
