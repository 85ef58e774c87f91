import { expect, it } from "vitest";
import { readArguments } from "./arguments";
import { runCampaign } from "./campaign";
import { planFaults } from "./plan";

const nothingWrong = {
	lost: 0,
	twice: 0,
	unconfirmed: 0,
	openRuns: 0,
	alertsWithoutCause: 0,
	causesWithoutAlert: 0,
};

it("keeps every promise in a short campaign of faults", { timeout: 600_000 }, async () => {
	const { report, findings, slowestStopMs } = await runCampaign(
		{ seed: 20261121, orders: 150, faults: 60, workers: 3 },
		() => {},
	);
	expect(findings).toEqual([]);
	// On a slow machine work may be over before the last few faults have met a call that they could spoil.
	expect(report.faults).toBeGreaterThan(45);
	expect(report).toEqual({ seed: 20261121, orders: 150, faults: report.faults, ...nothingWrong });
	expect(slowestStopMs).toBeLessThan(10_000);
});

it("plans the same for the same seed, every kind of fault in a long one, and something else for another", () => {
	expect(planFaults(4, 300, 3)).toEqual(planFaults(4, 300, 3));
	expect(planFaults(5, 300, 3)).not.toEqual(planFaults(4, 300, 3));
	expect(new Set(planFaults(4, 300, 3).map(({ kind }) => kind))).toEqual(
		new Set(["partner", "kill", "cut-connections", "clock", "events", "deploy", "restart-database"]),
	);
});

it("says which argument it does not understand", () => {
	expect(readArguments(["--seed", "9", "--orders", "5"])).toMatchObject({ seed: 9, orders: 5, faults: 100 });
	expect(() => readArguments(["--seed", "-1"])).toThrow(/--seed/);
	expect(() => readArguments(["--break", "promises"])).toThrow("--break must be look-before-send.");
});
