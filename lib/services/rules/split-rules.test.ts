import { describe, expect, it } from "vitest";
import { order as orderSchema } from "@/lib/canonical/order";
import type { RuleAction } from "@/lib/canonical/rule";
import { ruleWords } from "@/lib/canonical/rule-words";
import { rulingWords } from "@/lib/flow/prepare/rules/apply-ruling";
import { evaluateRules } from "@/lib/flow/prepare/rules/evaluate";
import { factsOf } from "@/lib/flow/prepare/rules/facts";
import { ruleOf } from "@/lib/testing/rules";
import { checkRules } from "./check-rules";

const warehouses = [
	{ id: "con_east", name: "East" },
	{ id: "con_west", name: "West" },
];
const nameOf = (id: string) => warehouses.find((one) => one.id === id)?.name ?? id;
const split = (...warehouseIds: string[]): RuleAction => ({ do: "splitByStock", warehouseIds });
const check = (...warehouseIds: string[]) =>
	checkRules([ruleOf([], [split(...warehouseIds)])], { warehouses, carts: [], nameOf });

describe("a rule that splits by stock", () => {
	it("names two warehouses of the merchant at least, and none twice", () => {
		expect(check("con_west", "con_east")).toHaveLength(1);
		expect(() => check("con_east")).toThrow("needs two warehouses at least");
		expect(() => check("con_east", "con_east")).toThrow("must not name one warehouse twice");
		expect(() => check("con_east", "con_elsewhere")).toThrow("names no warehouse of this merchant that is connected");
	});

	it("is read out in the order in which they are asked", () => {
		expect(ruleWords(ruleOf([], [split("con_west", "con_east")]), nameOf)).toBe(
			"For every order: split it by stock over West, then East.",
		);
	});

	it("and one that sends to a warehouse set the same thing: the later counts", () => {
		const order = orderSchema.parse({
			...{ sourceId: "1", number: "1", sourceStatus: "paid", placedAt: new Date(0), shipping: { code: "", name: "" } },
			...{
				shipTo: { name: "A", line1: "1 Main St", city: "Reno", country: "US" },
				lines: [{ sourceLineId: "1", sku: "TEE", name: "", quantity: 1 }],
			},
		});
		const decide = (...actions: RuleAction[]) =>
			evaluateRules(
				actions.map((action) => ruleOf([], [action])),
				factsOf(order, "con_cart", new Map()),
			).result;
		const route: RuleAction = { do: "route", warehouseId: "con_west" };
		const both = split("con_east", "con_west");
		expect(decide(route, both)).toMatchObject({ route: null, split: { warehouseIds: ["con_east", "con_west"] } });
		expect(decide(both, route)).toMatchObject({ route: { warehouseId: "con_west" }, split: null });
		expect(rulingWords(decide(both), nameOf)[0]).toContain("split by stock over East, then West");
	});
});
