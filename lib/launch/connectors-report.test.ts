import { describe, expect, it } from "vitest";
import { reportOf, tableOf } from "./connectors-report.mjs";

const result = (connector: string, title: string, status = "passed") => ({
	ancestorTitles: [`${connector} keeps the promises of a connector`],
	title,
	status,
});

describe("the conformance report", () => {
	const report = reportOf({
		testResults: [
			{
				assertionResults: [
					result("Shop", "C9 source.confirm: created twice with one key, it exists once"),
					result("Shop", "C1 has a key, a name, a guide, and a label for every setting"),
					result("Shop", "C10 source.confirm: an answer lost by reset may have been sent, and is found"),
					result("Shop", "C10 source.confirm: an answer lost by time-out may have been sent, and is found", "failed"),
					result("Barn", "C20 destination.shipments: junk is reported, never thrown"),
					{ ancestorTitles: ["something else"], title: "C1 is no promise", status: "failed" },
				],
			},
		],
	});

	it("has a row for each capability, and calls a check broken when one of its tests failed", () => {
		expect(report).toEqual([
			{ connector: "Barn", capabilities: [{ capability: "destination.shipments", checks: { C20: "kept" } }] },
			{
				connector: "Shop",
				capabilities: [
					{ capability: "the connector", checks: { C1: "kept" } },
					{ capability: "source.confirm", checks: { C9: "kept", C10: "broken" } },
				],
			},
		]);
	});

	it("shows ticks, crosses, and points where a check does not apply", () => {
		const lines = tableOf(report).split("\n");
		expect(lines).toHaveLength(4);
		expect(lines[0]?.split(/\s+/).slice(2)).toHaveLength(20);
		expect(lines[3]?.trim().split(/\s+/)).toEqual(["source.confirm", ..."········✓✗··········"]);
	});
});
