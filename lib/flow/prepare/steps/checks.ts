/** What the warehouse wants of an address, by its settings: fields, lengths, characters, and the rules of countries. */
import type { Address } from "@/lib/canonical/address";
import type { DestinationOptions } from "@/lib/canonical/connection-options";
import type { Step } from "../step";
import { onLabel } from "./label-characters";
import { checkPhone, checkPostalCode, type Verdict } from "./rules-of-countries";

export const checks: Step = {
	name: "Address checks",
	apply({ destination, deliverable, order }) {
		let shipTo = deliverable.shipTo ?? order.shipTo;
		const notes: string[] = [];
		for (const check of [required, postalCode, phone, characters, lengths]) {
			const found = check(shipTo, destination);
			if ("problem" in found) return { ok: false, code: "bad-input", ...found };
			notes.push(...found.notes);
			shipTo = { ...shipTo, ...found.set };
		}
		return { ok: true, set: { shipTo }, note: notes.join("; ") || "nothing to change" };
	},
};

type Found = { set: Partial<Address>; notes: string[] } | { field: string; problem: string };
const fine: Found = { set: {}, notes: [] };

const fieldWords = {
	company: "company",
	region: "state or region",
	postalCode: "postal code",
	phone: "telephone number",
	email: "mail address",
} as const;

function required(shipTo: Address, { requiredFields }: DestinationOptions): Found {
	const missing = requiredFields.find((field) => shipTo[field] === "");
	if (!missing) return fine;
	return {
		field: `shipTo.${missing}`,
		problem: `the address has no ${fieldWords[missing]}, and the warehouse insists on it. Add it, then send the order again.`,
	};
}

function postalCode(shipTo: Address, { postalCodePolicy }: DestinationOptions): Found {
	if (postalCodePolicy === "off" || shipTo.postalCode === "") return fine;
	return judge("postalCode", shipTo, postalCodePolicy, checkPostalCode(shipTo.postalCode, shipTo.country));
}

function phone(shipTo: Address, { phonePolicy }: DestinationOptions): Found {
	if (phonePolicy === "off" || shipTo.phone === "") return fine;
	return judge("phone", shipTo, phonePolicy, checkPhone(shipTo.phone, shipTo.country));
}

/** A proposal is taken over where the policy is to put right; without one the order stops, or it is only said. */
function judge(
	field: "postalCode" | "phone",
	shipTo: Address,
	policy: Exclude<DestinationOptions["phonePolicy"], "off">,
	verdict: Verdict,
): Found {
	const { ok, proposal } = verdict;
	const words = fieldWords[field];
	if (policy === "fix" && proposal) return { set: { [field]: proposal }, notes: [`${words} put right`] };
	if (ok) return fine;
	const better = proposal ? ` It may be meant to be ${proposal}.` : "";
	if (policy === "warn") return { set: {}, notes: [`Warning: the ${words} is not one of ${shipTo.country}.${better}`] };
	return {
		field: `shipTo.${field}`,
		problem: `the ${words} ${shipTo[field]} is not one of ${shipTo.country}.${better} Correct it, then send the order again.`,
	};
}

const labelFields = ["name", "company", "line1", "line2", "city", "region"] as const;

function characters(shipTo: Address, { characters }: DestinationOptions): Found {
	if (characters === "any") return fine;
	const set: Partial<Address> = {};
	for (const field of labelFields) {
		const { text, strange } = onLabel(shipTo[field], characters);
		if (strange)
			return {
				field: `shipTo.${field}`,
				problem: `the warehouse's labels cannot hold "${strange}". Write the address in ${characters === "ascii" ? "plain" : "Latin"} letters, then send the order again.`,
			};
		if (text !== shipTo[field]) set[field] = text;
	}
	const changed = Object.keys(set);
	return { set, notes: changed.length > 0 ? ["accents taken off"] : [] };
}

function lengths(shipTo: Address, { maxNameLength, maxLineLength }: DestinationOptions): Found {
	for (const field of ["name", "company"] as const)
		if (maxNameLength && shipTo[field].length > maxNameLength) return tooLong(field, shipTo[field], maxNameLength);
	if (!maxLineLength) return fine;
	if (shipTo.line2.length > maxLineLength) return tooLong("line2", shipTo.line2, maxLineLength);
	if (shipTo.line1.length <= maxLineLength) return fine;
	const [line1, line2] = broken(shipTo.line1, maxLineLength);
	if (shipTo.line2 !== "" || line2.length > maxLineLength) return tooLong("line1", shipTo.line1, maxLineLength);
	return { set: { line1, line2 }, notes: ["the address goes on in its second line"] };
}

function tooLong(field: string, value: string, most: number): Found {
	return {
		field: `shipTo.${field}`,
		problem: `the address has ${value.length} characters where the warehouse takes ${most}. Shorten it, then send the order again.`,
	};
}

/** Broken between words, or where the first part is full when there is no such place. */
function broken(line: string, most: number): [string, string] {
	const space = line.slice(0, most + 1).lastIndexOf(" ");
	const end = space > 0 ? space : most;
	return [line.slice(0, end).trim(), line.slice(end).trim()];
}
