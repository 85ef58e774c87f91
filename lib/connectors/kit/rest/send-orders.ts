/** Orders to a REST destination: made once, found again, and canceled. */
import type { DeliverableOrder } from "@/lib/canonical/deliverable-order";
import { ConnectorError } from "../fault";
import type { CancelAnswer, Context, Destination, Fields, Written } from "../types";
import { get, isRefusal, pathOf, send } from "./calls";
import type { Path } from "./field-map";
import type { PlanOf, RestPlan, SendPlan } from "./plan";
import { knownOrderKind, readRecord } from "./read-record";
import { isEmpty, runMap, valueAt } from "./run-map";
import { mustKeepRules } from "./send-checks";
import { writing } from "./values";

type Orders<S extends Fields> = NonNullable<Destination<S>["orders"]>;

export function restOrders<S extends Fields>(planOf: PlanOf<S>): Orders<S> {
	const find = async (context: Context<S>, key: string) => findOrder(context, planOf(context.settings), key);
	return {
		/** No limit is known of a system that anybody may have made: fifty characters fit every label we have seen. */
		maxNumberLength: 50,
		takes: {
			...{ sourceNumber: true, orderSource: true, note: true, customFields: true },
			line: { note: true, customFields: true },
		},
		find,
		async create(context, { key, value }): Promise<Written> {
			const plan = planOf(context.settings);
			const { path, rules, recordAt, refusesDoubles, checks } = sending(plan);
			mustKeepRules(value, checks);
			const known = refusesDoubles ? null : await find(context, key);
			if (known) return known;
			const body = runMap(rules, toSend({ ...value, number: key }, plan, context.now()), writing(plan.zone));
			try {
				const { data, exchangeId } = await send(context, plan, { method: "POST", path, body });
				const made = recordIn(plan, data, recordAt);
				if (made) return { externalId: made.id, externalNumber: made.number, existed: false, exchangeId };
			} catch (error) {
				const found = isRefusal(error, [400, 409, 422]) ? await find(context, key) : null;
				if (found) return found;
				throw error;
			}
			// It was taken, and the answer does not say as what.
			const found = await find(context, key);
			if (found) return { ...found, existed: false };
			const message = "The system took the order and does not list it. Correct where orders are found in the settings.";
			throw new ConnectorError({ kind: "transient", sent: true }, message);
		},
	};
}

/** The order as the map sees it. */
export function toSend(order: DeliverableOrder, plan: RestPlan, now: Date): Record<string, unknown> {
	const { referenceTemplate, more } = sending(plan);
	const named = { number: order.number, sourceNumber: order.sourceNumber, orderSource: order.orderSource };
	const reference = referenceTemplate.replace(/\{(\w+)\}/g, (_, name: string) => Reflect.get(named, name) ?? "").trim();
	return { ...order, ...more, reference, sentAt: now };
}

function sending({ send: plan }: RestPlan): SendPlan {
	if (!plan) throw new Error("a destination without a plan for sending orders");
	return plan;
}

async function findOrder<S extends Fields>(context: Context<S>, plan: RestPlan, key: string): Promise<Written | null> {
	const { find } = sending(plan);
	const answer = await get(context, plan, pathOf(find.path, { number: key })).catch(missing);
	if (!answer) return null;
	const listed = valueAt(answer.data, find.at);
	const records = Array.isArray(listed) ? listed : isEmpty(listed) ? [] : [listed];
	const rows = records.flatMap((raw) => {
		const read = readRecord(knownOrderKind, find.rules, raw, plan.zone);
		return read.ok && read.value.number === key ? [{ ...read.value, state: stateOf(plan, read.value.state) }] : [];
	});
	// A canceled order may share its number with the one that replaced it.
	const found = rows.find(({ state }) => state !== "canceled") ?? rows[0];
	if (!found) return null;
	const { id, number, state } = found;
	return { externalId: id, externalNumber: number, existed: true, state, exchangeId: answer.exchangeId };
}

/** "There is none": a refusal only where it is the one that says so. */
function missing(error: unknown): null {
	if (isRefusal(error, [404]) && error.fault.kind === "permanent" && error.fault.code === "http-404") return null;
	throw error;
}

function stateOf(plan: RestPlan, word: string): NonNullable<Written["state"]> {
	const { shippedWords, canceledWords } = sending(plan);
	const said = word.trim().toLowerCase();
	if (canceledWords.includes(said)) return "canceled";
	return shippedWords.includes(said) ? "shipped" : "open";
}

function recordIn(plan: RestPlan, data: unknown, at: Path) {
	const { find } = sending(plan);
	const read = readRecord(knownOrderKind, find.rules, valueAt(data, at), plan.zone);
	return read.ok ? read.value : null;
}

/** A refusal is looked into: an order that is canceled already is what was wanted. */
export function restCancel<S extends Fields>(planOf: PlanOf<S>): NonNullable<Destination<S>["cancel"]> {
	return {
		async request(context, externalId, reason): Promise<CancelAnswer> {
			const plan = planOf(context.settings);
			if (!plan.cancel)
				return { state: "refused", reason: "the settings name no path for cancellations; cancel it in the warehouse" };
			const { path, method, reasonAt } = plan.cancel;
			const body = reasonAt ? { [reasonAt]: reason || "Canceled in the shop" } : undefined;
			const call = { method, path: pathOf(path, { id: externalId }), repeatable: true, ...(body && { body }) };
			try {
				await send(context, plan, call);
				return { state: "accepted" };
			} catch (error) {
				if (!isRefusal(error, [400, 404, 409, 410, 422])) throw error;
				const state = await stateNow(context, plan, externalId);
				if (state === "canceled") return { state: "accepted" };
				return { state: "refused", reason: state === "shipped" ? "it has shipped already" : error.message };
			}
		},
	};
}

async function stateNow<S extends Fields>(context: Context<S>, plan: RestPlan, id: string) {
	const path = plan.cancel?.orderPath;
	if (!path) return null;
	const answer = await get(context, plan, pathOf(path, { id })).catch(missing);
	const known = answer ? recordIn(plan, answer.data, sending(plan).recordAt) : null;
	return known ? stateOf(plan, known.state) : null;
}
