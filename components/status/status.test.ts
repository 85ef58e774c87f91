import { describe, expect, it } from "vitest";
import * as statuses from "@/lib/canonical/status";
import { connectionLooks } from "./connection-status";
import { orderFlagLooks, orderLooks } from "./order-status";
import { runLooks } from "./run-status";
import type { Look } from "./status-tag";
import { writeLooks } from "./write-status";

/** By the name of the list in lib/canonical/status. */
const looks: Record<string, Record<string, Look>> = {
	orderStatuses: orderLooks,
	writeStates: writeLooks,
	runStates: runLooks,
	connectionStates: connectionLooks,
};

describe("how states look", () => {
	it("is said for every list of states there is", () => {
		const lists = Object.entries(statuses).flatMap(([name, value]): [string, string[]][] =>
			Array.isArray(value) ? [[name, value.map(String)]] : [],
		);
		expect(Object.keys(looks).sort()).toEqual(lists.map(([name]) => name).sort());
		for (const [name, states] of lists) expect(Object.keys(looks[name] ?? {}).sort()).toEqual(states.sort());
	});

	it.each(Object.entries({ ...looks, flags: orderFlagLooks }))(
		"needs a word, a shape and a sentence of its own: %s",
		(_, all) => {
			const entries = Object.values(all);
			for (const { word, icon, sentence } of entries) {
				expect(word).toMatch(/^[A-Z]/);
				expect(icon).toBeDefined();
				expect(sentence).toMatch(/^[A-Z].*\.$/);
			}
			// Told apart without colour: no two of a list share both word and shape.
			expect(new Set(entries.map(({ word }) => word)).size).toBe(entries.length);
		},
	);
});
