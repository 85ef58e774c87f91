/** What a REST connection would send, and what it reads: with the same code as when it is in earnest. */
import type { FieldProblem, Preview } from "../preview";
import type { Context, Fields } from "../types";
import { pathOf, plainHeaders } from "./calls";
import { pathText } from "./field-map";
import { readPage } from "./pages";
import type { PlanOf, RestPlan } from "./plan";
import { orderKind, readRecord } from "./read-record";
import { runMap } from "./run-map";
import { brokenRules } from "./send-checks";
import { toSend } from "./send-orders";
import { writing } from "./values";

const mark = "•••";
/** As much of a record as a person reads. */
const mostCharacters = 20_000;

export function sendPreview<S extends Fields>(planOf: PlanOf<S>): NonNullable<Preview<S>["send"]> {
	return (context, order) => {
		const plan = planOf(context.settings);
		if (!plan.send) throw new Error("a destination without a plan for sending orders");
		const { path, rules, checks } = plan.send;
		const leftOut = new Set<string>();
		const convert = writing(plan.zone);
		const body = runMap(rules, toSend(order, plan, context.now()), (value, rule, target) => {
			const written = convert(value, rule, target);
			if (written === undefined) leftOut.add(pathText(rule.target));
			return written;
		});
		const problems = brokenRules(order, checks);
		return {
			method: "POST",
			url: addressOf(plan, path),
			headers: { ...maskedHeaders(plan), "content-type": "application/json" },
			body: JSON.stringify(body, null, 2),
			problems,
			leftOut: [...leftOut],
		};
	};
}

function maskedHeaders({ auth }: RestPlan): Record<string, string> {
	const headers = { ...auth.headers, ...plainHeaders({ ...auth, user: "" }, mark) };
	return Object.fromEntries(Object.keys(headers).map((name) => [name, mark]));
}

function addressOf({ baseUrl, auth }: RestPlan, path: string): string {
	const url = baseUrl.replace(/\/$/, "") + pathOf(path, {});
	if (auth.scheme !== "query") return url;
	return `${url}${url.includes("?") ? "&" : "?"}${auth.keyName}=${mark}`;
}

/** The first order of the list, with every problem of every field. */
export function readPreview<S extends Fields>(planOf: PlanOf<S>): NonNullable<Preview<S>["read"]> {
	return async (context) => {
		const plan = planOf(context.settings);
		const list = plan.lists.orders;
		if (!list) throw new Error("a source without a plan for reading orders");
		const page = await readPage(context as unknown as Context<Fields>, plan, list, { place: "", query: {} });
		const [raw] = page.records;
		if (raw === undefined) return { given: null, read: null, problems: [] };
		const recorded = readRecord(orderKind, list.rules, raw, plan.zone);
		const problems: FieldProblem[] = recorded.ok ? [] : recorded.problems;
		return { given: jsonOf(raw), read: recorded.ok ? jsonOf(recorded.value) : null, problems };
	};
}

function jsonOf(value: unknown): string {
	const text = JSON.stringify(value, null, 2);
	return text.length > mostCharacters ? `${text.slice(0, mostCharacters)}\n…` : text;
}
