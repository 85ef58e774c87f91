import { expect, it } from "vitest";
import { runCampaign } from "./campaign";

/** In a file of its own: a process holds one world. */
it("keeps every promise where orders are split over two warehouses", { timeout: 600_000 }, async () => {
	const given = { seed: 31, orders: 100, faults: 45, workers: 3, split: true };
	const { report, findings } = await runCampaign(given, () => {});
	expect(findings).toEqual([]);
	expect(report).toMatchObject({ orders: 100, lost: 0, twice: 0, unconfirmed: 0, openRuns: 0 });
	expect(report.faults).toBeGreaterThan(30);
});
