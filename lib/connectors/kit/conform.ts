/**
 * The promises of a connector, C1 to C20, as tests. What a connector cannot do is not registered, so nothing is
 * ever skipped; what it can do and the harness does not know fails by name. Every check starts its own sandbox.
 */
import { describe, it } from "vitest";
import { accessCases } from "./conform/access";
import { openBench } from "./conform/bench";
import { canonicalCases } from "./conform/canonical";
import type { Case } from "./conform/cases";
import { faultCases } from "./conform/faults";
import type { AnyConnector, Harness } from "./conform/harness";
import { readingCases } from "./conform/reading";
import { writingCases } from "./conform/writing";
import type { Connector, Fields } from "./types";

export function conform<S extends Fields>(connector: Connector<S>, harness: Harness): void {
	const known = connector as unknown as AnyConnector;
	describe(`${connector.name} keeps the promises of a connector`, () => {
		for (const one of casesOf(known, harness)) it(one.name, () => runCase(known, harness, one));
	});
}

/** All cases that apply, in the order of their numbers. */
export function casesOf(connector: AnyConnector, harness: Harness): Case[] {
	const numberOf = ({ name }: Case) => Number(/^C(\d+)/.exec(name)?.[1]);
	return [
		...accessCases(connector, harness),
		...readingCases(connector, harness),
		...writingCases(connector),
		...faultCases(connector, harness),
		...canonicalCases(connector),
	].sort((a, b) => numberOf(a) - numberOf(b));
}

export async function runCase(connector: AnyConnector, harness: Harness, one: Case): Promise<void> {
	const bench = await openBench(connector, harness);
	try {
		await one.run(bench);
	} finally {
		await bench.close();
	}
}
