import type { DeliverableOrder } from "@/lib/canonical/deliverable-order";
import { ConnectorError } from "../kit/fault";

/** Of an order's own fields those that nothing else fills. That custom attributes hold text is inferred. */
export const ownFields = [
	...["otherReferenceNumber", "otherReferenceNumber2", "relatedOrderNumber"],
	...["customAttribute1", "customAttribute2", "customAttribute3", "customAttribute4"],
	...["customAttribute5", "customAttribute6", "customAttribute7"],
] as const;
/** The integration API has this one alone. */
const ofBoth = "otherReferenceNumber";

export function ownFieldsOf({ extraFields = [] }: Pick<DeliverableOrder, "extraFields">): Record<string, string> {
	return Object.fromEntries(
		ownFields.flatMap((name) => {
			const field = extraFields.find((one) => one.name === name);
			return field ? [[name, field.value]] : [];
		}),
	);
}

/** The same for the integration API. Throws for a field that only version 2 has: what a person asked for is not dropped. */
export function legacyFieldsOf(order: Pick<DeliverableOrder, "extraFields">): Record<string, string> {
	const fields = ownFieldsOf(order);
	const strange = Object.keys(fields).find((name) => name !== ofBoth);
	if (strange === undefined) return fields;
	throw new ConnectorError(
		{ kind: "permanent", code: "no-field", field: "customFields" },
		`The integration API has no field ${strange} of an order. Take it out of Custom fields: it is for version 2 alone.`,
	);
}
