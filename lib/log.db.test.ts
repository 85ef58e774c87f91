import { describe, expect, it } from "vitest";
import { handleApi } from "./api/serve/handle";
import { createLog, log, logging, withLog } from "./log";
import { testDatabase } from "./testing/database";
import { testJourney } from "./testing/journey";

testDatabase();
const journey = testJourney();

/** The lines that are written meanwhile, as objects. */
async function linesOf(work: () => Promise<unknown>): Promise<Record<string, unknown>[]> {
	const lines: string[] = [];
	await withLog(createLog({ write: (line) => void lines.push(line) }, "debug"), work);
	return lines.map((line) => JSON.parse(line));
}

describe("each line of the log", () => {
	it("of a request says which one, and it is the one the person is told", async () => {
		let told: string | null = null;
		const lines = await linesOf(async () => {
			told = (await handleApi(new Request("http://127.0.0.1:3000/api/v1/me?email=ann@example.test"))).headers.get(
				"x-request-id",
			);
		});
		expect(told).toMatch(/^req_/);
		expect(lines.length).toBeGreaterThan(0);
		for (const line of lines) expect(line.requestId).toBe(told);
		expect(JSON.stringify(lines)).not.toContain("ann@");
	});

	it("of a run says which one, however deep it is written", async () => {
		journey.place();
		const lines = await linesOf(() => journey.download());
		const [run] = await journey.tenant.sql<{ id: string }>(`select "id" from "Run"`);
		expect(lines).toContainEqual(expect.objectContaining({ msg: "run ended", runId: run?.id, job: "orders/download" }));
		for (const line of lines) expect(line.runId).toBe(run?.id);
	});

	it("belongs to nothing outside, and to its own of two at once", async () => {
		const lines = await linesOf(async () => {
			log().info("outside");
			await Promise.all(
				["run_a", "run_b"].map((runId) =>
					logging({ runId }, async () => {
						await new Promise((resolve) => setImmediate(resolve));
						log().info({ mine: runId }, "inside");
					}),
				),
			);
		});
		expect(lines[0]?.runId).toBeUndefined();
		for (const line of lines.slice(1)) expect(line.runId).toBe(line.mine);
		expect(lines).toHaveLength(3);
	});
});
