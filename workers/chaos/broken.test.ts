import { expect, it } from "vitest";
import { runCampaign } from "./campaign";

/** In a file of its own: a process holds one world. */
it("fails when we no longer look before we send again", { timeout: 600_000 }, async () => {
	const lossy = { seed: 3, orders: 120, faults: 100, workers: 2, broken: "look-before-send" as const };
	const { report, findings } = await runCampaign(lossy, () => {});
	expect(report.twice).toBeGreaterThan(0);
	expect(findings).not.toEqual([]);
});
