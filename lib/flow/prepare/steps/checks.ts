/** What the warehouse wants of an address, by its settings: fields, lengths, characters, and the rules of countries. */
import type { Address } from "@/lib/canonical/address";
import type { DestinationOptions } from "@/lib/canonical/connection-options";
import { judgeAddress, missingFields } from "../address/check-address";
import type { Step } from "../step";
import { onLabel } from "./label-characters";

export const checks: Step = {
	name: "Address checks",
	apply({ destination, deliverable, order, addressKept }) {
		let shipTo = deliverable.shipTo ?? order.shipTo;
		const notes = addressKept ? ["kept as it is, because a person said so"] : [];
		for (const check of [required, ...(addressKept ? [] : [judged]), characters, lengths]) {
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

function required(shipTo: Address, options: DestinationOptions): Found {
	const [missing] = missingFields(shipTo, options);
	return missing ? { field: `shipTo.${missing.field}`, problem: `${missing.problem} ${missing.action}` } : fine;
}

function judged(shipTo: Address, options: DestinationOptions): Found {
	const { set, notes, problems } = judgeAddress(shipTo, options);
	const stop = problems.find(({ stops }) => stops);
	if (stop) return { field: `shipTo.${stop.field}`, problem: `${stop.problem} ${stop.action}` };
	return { set, notes: [...notes, ...problems.map(({ problem }) => `Warning: ${problem}`)] };
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
