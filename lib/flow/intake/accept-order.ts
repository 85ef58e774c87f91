/**
 * Decides what becomes of one record that a source handed us. Pure: the same record and options give the
 * same answer, so "why is this order not here" can ask it again.
 */
import type { SourceOptions } from "@/lib/canonical/connection-options";
import type { Refuser } from "@/lib/canonical/filters";
import { type Order, order as orderSchema } from "@/lib/canonical/order";
import type { Read } from "@/lib/connectors/kit/types";
import { type Filters, refusalOf } from "./filters";
import { fingerprint } from "./fingerprint";

/** What a cart's settings say of the orders that it hands us. */
export interface SourceRules {
	options: SourceOptions;
	filters: Filters;
}

export type Accepted =
	| { kind: "accept"; sourceId: string; changedAt: Date; order: Order; fingerprint: string }
	/** A setting refuses it: the next change in the source, or of the setting, tries again. */
	| { kind: "skip"; sourceId: string; number: string; by: Refuser; reason: string }
	/** It cannot be used as it is. */
	| { kind: "bad"; sourceId: string; problem: string; field: string };

export function acceptOrder(read: Read<Order>, { options, filters }: SourceRules): Accepted {
	if (!read.ok) return { kind: "bad", sourceId: read.sourceId, problem: read.problem, field: read.field ?? "" };
	const parsed = orderSchema.safeParse(read.value);
	if (!parsed.success) {
		const issue = parsed.error.issues[0];
		const field = issue?.path.join(".") ?? "";
		return {
			kind: "bad",
			sourceId: read.sourceId,
			field,
			problem: `${field || "the order"} ${issue?.message ?? "is not usable"}`,
		};
	}
	const order = parsed.data;
	const earliest = options.earliestOrderDate;
	if (earliest && order.placedAt < earliest) {
		return {
			kind: "skip",
			sourceId: read.sourceId,
			number: order.number,
			by: "earliest-date",
			reason: `placed on ${order.placedAt.toISOString().slice(0, 10)}, before Earliest Order Date ${earliest.toISOString().slice(0, 10)}`,
		};
	}
	const refusal = refusalOf(order, filters);
	if (refusal) return { kind: "skip", sourceId: read.sourceId, number: order.number, ...refusal };
	return { kind: "accept", sourceId: read.sourceId, changedAt: read.changedAt, order, fingerprint: fingerprint(order) };
}
