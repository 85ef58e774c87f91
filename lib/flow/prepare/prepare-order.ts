/**
 * From what the shopper bought to what the warehouse can pack: a list of pure steps, each of which gives its
 * part of the deliverable order or the reason why the order stops. The trace is stored with the delivery.
 */
import { type DeliverableOrder, deliverableOrder } from "@/lib/canonical/deliverable-order";
import type { ErrorCode } from "@/lib/errors/codes";
import { rulesStep } from "./rules/apply-ruling";
import type { Draft, Step, StepTrace } from "./step";
import { address } from "./steps/address";
import { checks } from "./steps/checks";
import { itemFilters } from "./steps/item-filters";
import { items } from "./steps/items";
import { notes } from "./steps/notes";
import { number } from "./steps/number";
import { personalData } from "./steps/personal-data";
import { references } from "./steps/references";
import { shipMethod } from "./steps/ship-method";

/** In the order a person would ask: what, how, where, under which number. */
const steps: Step[] = [itemFilters, items, shipMethod, address, checks, number, notes, references, personalData];

export type Prepared =
	| { ok: true; value: DeliverableOrder; trace: StepTrace[] }
	| { ok: false; code: ErrorCode; problem: string; field: string; sku?: string; trace: StepTrace[] };

export function prepareOrder(draft: Omit<Draft, "deliverable">): Prepared {
	const trace: StepTrace[] = [];
	if (draft.ruling) {
		const first = rulesStep(draft.order, draft.ruling);
		trace.push(first);
		if (!first.ok) return { ok: false, code: "bad-input", field: "lines", problem: first.note, trace };
	}
	let deliverable: Draft["deliverable"] = {};
	for (const step of steps) {
		const result = step.apply({ ...draft, deliverable });
		trace.push({ step: step.name, ok: result.ok, note: result.ok ? result.note : result.problem });
		if (!result.ok) return { ...result, trace };
		deliverable = { ...deliverable, ...result.set };
	}
	const parsed = deliverableOrder.safeParse(deliverable);
	if (parsed.success) return { ok: true, value: parsed.data, trace };
	const issue = parsed.error.issues[0];
	const field = issue?.path.join(".") ?? "";
	return { ok: false, code: "bad-input", field, problem: `${field} ${issue?.message ?? "is not usable"}`, trace };
}
