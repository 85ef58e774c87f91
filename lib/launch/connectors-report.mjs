// The conformance report: from the test runner's results to rows of connector x capability x check.

export const checks = Array.from({ length: 20 }, (_, index) => `C${index + 1}`);
/** Checks that concern a connector as a whole stand in this row. */
const whole = "the connector";
const promises = / keeps the promises of a connector$/;

/**
 * One entry per connector: `{ connector, capabilities: [{ capability, checks: { C1: "kept" | "broken" } }] }`. A check
 * that does not apply to a capability is absent. A check with several tests is broken when one of them is.
 */
export function reportOf({ testResults }) {
	const found = new Map();
	for (const { ancestorTitles, title, status } of testResults.flatMap(({ assertionResults }) => assertionResults)) {
		const suite = ancestorTitles.find((name) => promises.test(name));
		const named = /^(C\d+) (?:((?:source|destination)\.\w+)[^:]*: )?/.exec(title);
		if (!suite || !named || (status !== "passed" && status !== "failed")) continue;
		const connector = suite.replace(promises, "");
		const capability = named[2] ?? whole;
		const rows = found.get(connector) ?? new Map();
		const row = rows.get(capability) ?? {};
		row[named[1]] = status === "failed" || row[named[1]] === "broken" ? "broken" : "kept";
		found.set(connector, rows.set(capability, row));
	}
	return [...found]
		.map(([connector, rows]) => ({
			connector,
			capabilities: [...rows]
				.map(([capability, kept]) => ({ capability, checks: kept }))
				.sort((a, b) => rank(a) - rank(b) || a.capability.localeCompare(b.capability)),
		}))
		.sort((a, b) => a.connector.localeCompare(b.connector));
}

const rank = ({ capability }) => [whole, "source", "destination"].indexOf(capability.split(".")[0]);

/** The report as a table for a terminal: a tick, a cross, or a point where the check does not apply. */
export function tableOf(report) {
	const rows = report.flatMap(({ connector, capabilities }) =>
		capabilities.map(({ capability, checks: kept }, index) => [
			index === 0 ? connector : "",
			capability,
			...checks.map((check) => ({ kept: "✓", broken: "✗" })[kept[check]] ?? "·"),
		]),
	);
	const all = [["Connector", "Capability", ...checks], ...rows];
	const widths = all[0].map((_, column) => Math.max(...all.map((row) => row[column].length)));
	return all
		.map((row) =>
			row
				.map((cell, column) => cell.padEnd(widths[column]))
				.join("  ")
				.trimEnd(),
		)
		.join("\n");
}
