/** What a warehouse is told of a purchase order and of each of its lines, built from the texts of its settings. Pure. */
import type { DestinationOptions } from "@/lib/canonical/connection-options";
import type { PurchaseOrder } from "@/lib/canonical/purchase-order";
import { lookInPurchase } from "@/lib/canonical/reference-places";
import { maxNote } from "@/lib/canonical/text";
import type { PurchaseReferences } from "@/lib/connectors/kit/reference-fields";
import { fieldsTold, ownFields, type Reference, referencesFrom } from "./reference";

interface Given {
	/** Our ids of its lines, by the source's; lines without one are not sent. */
	ids: ReadonlyMap<string, string>;
	options: DestinationOptions;
	takes: PurchaseReferences;
}

/** `order` is as its source has it. */
export function purchaseReferences(order: PurchaseOrder, { ids, options, takes }: Given): Reference[] {
	const hide = options.suppressPersonalData;
	const whole = [
		{ field: "orderSource", label: "Order source", template: options.purchaseSourceTemplate },
		{ field: "note", label: "Notes", template: options.purchaseNoteTemplate, most: maxNote },
	] as const;
	const taken = [
		...whole.filter(({ field }) => takes[field]),
		...ownFields(options.purchaseFields, takes.customFields),
	];
	const ofLines = ownFields(options.purchaseLineFields, takes.line?.customFields);
	return [
		...referencesFrom(taken, { look: lookInPurchase(order, hide), limits: options }),
		...order.lines.flatMap((line, place) => {
			const [id, number] = [ids.get(line.sourceLineId), place + 1];
			if (id === undefined || ofLines.length === 0) return [];
			const look = lookInPurchase(order, hide, { line, number });
			return referencesFrom(ofLines, { look, line: { id, number, sku: line.sku }, limits: options });
		}),
	];
}

/** `left` is what is sent of it, its lines under our own ids. Fields that its source has and the warehouse keeps go along. */
export function withReferences(
	left: PurchaseOrder,
	references: readonly Reference[],
	takes: PurchaseReferences,
): PurchaseOrder {
	const whole = references.filter(({ line, told }) => line === null && told !== "");
	const toldIn = (field: Reference["field"]) => whole.find((one) => one.field === field)?.told;
	const [orderSource, note] = [toldIn("orderSource"), toldIn("note")];
	return {
		...left,
		...(orderSource && { orderSource }),
		...(note && { note }),
		extraFields: fieldsTold(left.extraFields, whole, takes.customFields),
		lines: left.lines.map((line) => {
			const told = references.filter((one) => one.line?.id === line.sourceLineId);
			return { ...line, extraFields: fieldsTold(line.extraFields, told, takes.line?.customFields) };
		}),
	};
}
