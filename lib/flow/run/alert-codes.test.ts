import { describe, expect, it } from "vitest";
import { errorCodes } from "@/lib/errors/codes";
import { alertSources } from "@/lib/testing/alert-sources";
import { alertCodes } from "./alert-codes";

describe("whatever raises an alert", () => {
	it("has a code whose side and urgency are known", () => {
		const raised = alertSources()
			.filter((text) => /raiseAlerts|ok: false|problemCode:/.test(text))
			.flatMap((text) => [...text.matchAll(/\bcode: "([a-z-]+)"/g)].map(([, code = ""]) => code))
			.filter((code) => code in errorCodes);
		expect(raised.length).toBeGreaterThan(6);
		expect([...new Set(raised)].filter((code) => !(code in alertCodes))).toEqual([]);
	});
});
