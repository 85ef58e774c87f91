/** Postal code, region and telephone number of an address, judged as a warehouse's settings want it. */
import type { Address } from "@/lib/canonical/address";
import type { DestinationOptions } from "@/lib/canonical/connection-options";
import { type FieldProposal, proposeAddress, remarksOn, withProposals } from "./propose-address";
import { knowsAllRegions } from "./regions";
import { checkPhone, checkPostalCode, checkRegion } from "./rules-of-countries";

type Options = Pick<DestinationOptions, "requiredFields" | "postalCodePolicy" | "phonePolicy" | "regionPolicy">;
export type CheckedField = "company" | "region" | "postalCode" | "phone" | "email";

export interface AddressProblem {
	field: CheckedField;
	/** A sentence, without what the shopper wrote: it is shown in alerts as well. */
	problem: string;
	/** What to do, in another. */
	action: string;
	/** The order stops; else it is only said. */
	stops: boolean;
	/** A person may send the address all the same. */
	keepable: boolean;
}

export const fieldWords: Record<CheckedField, string> = {
	company: "company",
	region: "state or region",
	postalCode: "postal code",
	phone: "telephone number",
	email: "mail address",
};

/** What the warehouse insists on and the address lacks. */
export function missingFields(shipTo: Address, { requiredFields }: Options): AddressProblem[] {
	return requiredFields
		.filter((field) => shipTo[field] === "")
		.map((field) => ({
			...{ field, stops: true, keepable: false },
			problem: `the address has no ${fieldWords[field]}, and the warehouse insists on it.`,
			action: "Add it, then send the order again.",
		}));
}

const judged = ["postalCode", "phone", "region"] as const;
type Judged = (typeof judged)[number];

const policyOf = (field: Judged, options: Options) =>
	({ postalCode: options.postalCodePolicy, phone: options.phonePolicy, region: options.regionPolicy })[field];

/** What is certain is taken over where the policy is to put right; what is left is said, or stops the order. */
export function judgeAddress(
	shipTo: Address,
	options: Options,
): { set: Partial<Address>; notes: string[]; problems: AddressProblem[] } {
	const proposals = judged.some((field) => policyOf(field, options) !== "off") ? proposeAddress(shipTo) : [];
	const fixed = judged.filter((field) => policyOf(field, options) === "fix");
	const fixes = proposals.filter(
		(change) => change.certain && fixed.some((field) => belongs(change, field, proposals)),
	);
	const after = withProposals(shipTo, fixes);
	const rest = proposals.filter((change) => !fixes.includes(change));
	const problems = judged.flatMap((field): AddressProblem[] => {
		const policy = policyOf(field, options);
		if (policy === "off" || (field !== "region" && after[field] === "") || isGood(field, after)) return [];
		const has = rest.some((change) => change.field === field || change.field === "country");
		const action = `${has ? "Look at the proposal on the order's page" : "Correct it"}, or send it as it is.`;
		return [{ field, stops: policy !== "warn", keepable: true, problem: problemOf(field, after), action }];
	});
	const notes = fixes.map(({ field }) => `${field === "city" ? "city" : fieldWords[field as Judged]} put right`);
	return { set: Object.fromEntries(fixes.map(({ field, after }) => [field, after])), notes, problems };
}

/** A city that was swapped with the postal code goes with it. */
function belongs({ field, why }: FieldProposal, policy: Judged, all: FieldProposal[]): boolean {
	if (field !== "city") return field === policy;
	return policy === "postalCode" && all.some((other) => other.field === "postalCode" && other.why.includes(why));
}

function isGood(field: Judged, { postalCode, phone, region, country }: Address): boolean {
	if (field === "postalCode") return checkPostalCode(postalCode, country).ok;
	return field === "phone" ? checkPhone(phone, country).ok : checkRegion(region, country, postalCode).ok;
}

function problemOf(field: Judged, { country, region }: Address): string {
	// By itself the region is one of the country: then it is where the postal code lies that differs.
	return field === "region" && checkRegion(region, country, "").ok
		? "the postal code does not lie in the state or region of the address."
		: `the ${fieldWords[field]} is not one of ${country}.`;
}

export interface AddressReview {
	problems: AddressProblem[];
	changes: FieldProposal[];
	remarks: string[];
}

/** A person may send it all the same: nothing is missing that the warehouse insists on. */
export function isKeepable({ problems }: AddressReview): boolean {
	return problems.every(({ keepable }) => keepable);
}

/** What a person is shown of an address that one of these warehouses stops or warns of; null where none does. */
export function reviewAddress(shipTo: Address, warehouses: Options[]): AddressReview | null {
	const problems = warehouses.flatMap((options) => [
		...missingFields(shipTo, options),
		...judgeAddress(shipTo, options).problems,
	]);
	if (problems.length === 0) return null;
	// Where one warehouse stops what another only says, it stops.
	problems.sort((a, b) => Number(a.stops) - Number(b.stops));
	const once = new Map(problems.map((problem) => [problem.problem, problem]));
	// How a telephone number is written, or a region that many addresses do without, matters where somebody checks it.
	const phones = warehouses.some(
		({ phonePolicy, requiredFields }) => phonePolicy !== "off" || requiredFields.includes("phone"),
	);
	const regions = knowsAllRegions(shipTo.country) || warehouses.some(({ regionPolicy }) => regionPolicy !== "off");
	const matters = { phone: phones, region: regions };
	const changes = proposeAddress(shipTo).filter(({ field }) =>
		field === "phone" || field === "region" ? matters[field] : true,
	);
	return { problems: [...once.values()], changes, remarks: remarksOn(shipTo) };
}
