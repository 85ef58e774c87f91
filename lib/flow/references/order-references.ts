/** What a warehouse is told of an order and of each of its lines, built from the texts of its settings. Pure. */
import { lookInOrder } from "@/lib/canonical/reference-places";
import { maxNote } from "@/lib/canonical/text";
import type { Draft } from "../prepare/step";
import { keptLines } from "../prepare/steps/item-filters";
import { ownFields, type Reference, referencesFrom } from "./reference";

type Given = Pick<Draft, "order" | "lineIds" | "lineNumbers" | "destination" | "itemFilter" | "takes">;

export function orderReferences(given: Given): Reference[] {
	const { order, destination, takes } = given;
	if (!takes) return [];
	const whole = [
		{ field: "sourceNumber", label: "PO number", template: destination.poNumberTemplate },
		{ field: "orderSource", label: "Order source", template: destination.orderSourceTemplate },
		{ field: "note", label: "Notes", template: destination.noteTemplate, most: maxNote },
	] as const;
	const taken = whole.filter(({ field }) => takes[field]);
	const look = lookInOrder(order, destination.suppressPersonalData);
	return [
		...referencesFrom([...taken, ...ownFields(destination.customFields, takes.customFields)], {
			look,
			limits: destination,
		}),
		...lineReferences(given),
	];
}

function lineReferences({ order, lineIds, lineNumbers, destination, itemFilter, takes }: Given): Reference[] {
	const note = takes?.line?.note ? destination.lineNoteTemplate : "";
	const own = ownFields(destination.lineFields, takes?.line?.customFields);
	if (note === "" && own.length === 0) return [];
	const templates = [{ field: "note", label: "Notes", template: note, most: maxNote } as const, ...own];
	return keptLines({ order, itemFilter }).flatMap((line) => {
		const { sourceLineId, sku } = line;
		const number = lineNumbers?.get(sourceLineId) ?? order.lines.indexOf(line) + 1;
		return referencesFrom(templates, {
			look: lookInOrder(order, destination.suppressPersonalData, { line, number }),
			line: { id: lineIds.get(sourceLineId) ?? sourceLineId, number, sku },
			limits: destination,
		});
	});
}
