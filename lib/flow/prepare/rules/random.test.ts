import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { outcomesToKeep, ruleList, ruleTrace } from "@/lib/canonical/rule";
import { randomOrder, randomRules, randomStock } from "@/lib/testing/random-rules";
import { applyRuling } from "./apply-ruling";
import { evaluateRules } from "./evaluate";
import { explainTrace } from "./explain";
import { factsAgain, factsOf } from "./facts";

describe("random orders through random rules", () => {
	it("are decided as their judging in words says, and again from what was kept, exactly as they were", () => {
		const all = { fired: 0, not: 0 };
		fc.assert(
			fc.property(randomRules, randomOrder, randomStock, fc.constantFrom("con_cart", "US"), (set, one, there, cart) => {
				expect(ruleList.safeParse(set).success).toBe(true);
				const trace = evaluateRules(set, factsOf(one, cart, there));
				for (const { outcome } of trace.outcomes) if (outcome === "fired" || outcome === "not") all[outcome]++;
				expect(evaluateRules(set, factsOf(one, cart, there), () => {})).toEqual(trace);
				const kept = ruleTrace.parse(JSON.parse(JSON.stringify(trace)));
				const again = evaluateRules(set, factsAgain(kept.facts));
				expect(again).toEqual(kept);
				expect(applyRuling(one, again.result)).toEqual(applyRuling(one, trace.result));
				const stored = { ...kept, outcomes: outcomesToKeep(kept.outcomes) };
				expect(explainTrace(set, stored, (id) => id)).toEqual(explainTrace(set, trace, (id) => id));
				expect(explainTrace(set, stored, (id) => id).map(({ outcome }) => outcome)).toEqual(
					trace.outcomes.map(({ outcome }) => outcome),
				);
			}),
			{ numRuns: 1000 },
		);
		expect(Math.min(all.fired, all.not)).toBeGreaterThan(500);
	});
});
