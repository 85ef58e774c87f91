import { describe, expect, it } from "vitest";
import { allConnectors, connectorByKey } from "./index";
import { readGuide } from "./kit/guide";

describe("the registry", () => {
	it("holds each key once, and finds it", () => {
		const keys = allConnectors().map(({ key }) => key);
		expect(new Set(keys).size).toBe(keys.length);
		for (const key of keys) expect(connectorByKey(key)?.key).toBe(key);
		expect(connectorByKey("template"), "the template is nobody's system").toBeUndefined();
	});

	it("finds the guide beside a connector", async () => {
		expect(await readGuide("extensiv-3pl")).toMatch(/^# Extensiv 3PL Warehouse Manager\n/);
	});

	it("reads guides from its own folder only", async () => {
		expect(await readGuide("../flow")).toBe("");
		expect(await readGuide("no-such-system")).toBe("");
	});
});
