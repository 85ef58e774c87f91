/** Whether rules can be saved. A refusal names the rule, and which of its conditions or actions is not in order. */
import { type Condition, type Rule, ruleList } from "@/lib/canonical/rule";
import { AppError } from "@/lib/errors/app-error";
import type { Places } from "./places";

/** Throws `bad-input`. */
export function checkRules(given: readonly unknown[], places: Places): Rule[] {
	const parsed = ruleList.safeParse(given);
	if (!parsed.success) {
		const issue = parsed.error.issues[0];
		throw refusal(given, issue?.path ?? [], issue?.message ?? "cannot be used");
	}
	const strange = parsed.data.flatMap((rule, place) =>
		strangersOf(rule, places).map(({ path, problem }) => ({ path: [place, ...path], problem })),
	)[0];
	if (strange) throw refusal(given, strange.path, strange.problem);
	return parsed.data;
}

function refusal(given: readonly unknown[], path: readonly PropertyKey[], problem: string): AppError {
	const [place, ...inner] = path;
	const rule = given[Number(place)] as { name?: unknown } | undefined;
	const name = typeof rule?.name === "string" && rule.name.trim() ? `"${rule.name}"` : String(Number(place) + 1);
	const field = place === undefined ? "Rules" : [`Rule ${name}`, ...placeWords(inner)].join(", ");
	const sentence = /[.!?]$/.test(problem) ? problem : `${problem}.`;
	return new AppError(
		"bad-input",
		{ field, problem: sentence },
		{ fields: { [["rules", ...path].map(String).join(".")]: sentence } },
	);
}

const fieldWords: Record<string, string> = {
	...{ name: "name", rank: "rank", values: "value", value: "value", to: "end", field: "field", actions: "actions" },
	...{
		warehouseId: "warehouse",
		warehouseIds: "warehouses",
		reason: "reason",
		sku: "SKU",
		quantity: "quantity",
		tag: "tag",
		code: "ship method",
	},
	...{ operator: "comparison", count: "number of lines", when: "conditions" },
};

/** ["when", "conditions", 1, "test", "values"] reads "condition 2, value". */
function placeWords(path: readonly PropertyKey[]): string[] {
	return path.flatMap((part, at): string[] => {
		if (typeof part === "number") return [`${path[at - 1] === "actions" ? "action" : "condition"} ${part + 1}`];
		const isLast = at === path.length - 1;
		return isLast && typeof part === "string" ? [fieldWords[part] ?? part] : [];
	});
}

interface Stranger {
	path: (string | number)[];
	problem: string;
}

/** Carts and warehouses that the merchant does not have. */
function strangersOf({ when, actions }: Rule, { warehouses, carts }: Places): Stranger[] {
	const isWarehouse = (id: string) => warehouses.some((one) => one.id === id);
	const isCart = (id: string) => carts.some((one) => one.id === id);
	const walk = (condition: Condition, path: Stranger["path"]): Stranger[] => {
		if (condition.kind === "group")
			return condition.conditions.flatMap((inner, place) => walk(inner, [...path, "conditions", place]));
		if (condition.kind === "stock" && !isWarehouse(condition.warehouseId))
			return [{ path: [...path, "warehouseId"], problem: noWarehouse }];
		const names = condition.kind === "text" && condition.fact === "cart" ? condition.test.values : [];
		return names.every(isCart)
			? []
			: [{ path: [...path, "test", "values"], problem: "is no cart of this merchant that is connected" }];
	};
	const sent = actions.flatMap((action, place): Stranger[] => {
		if (action.do === "route" && !isWarehouse(action.warehouseId))
			return [{ path: ["actions", place, "warehouseId"], problem: noWarehouse }];
		if (action.do === "splitByStock" && !action.warehouseIds.every(isWarehouse))
			return [
				{ path: ["actions", place, "warehouseIds"], problem: "names no warehouse of this merchant that is connected" },
			];
		return [];
	});
	return [...walk(when, ["when"]), ...sent];
}

const noWarehouse = "is no warehouse of this merchant that is connected";
