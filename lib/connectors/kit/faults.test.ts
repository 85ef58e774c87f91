import { describe, expect, it } from "vitest";
import { retryAtOf, short } from "./faults";

const now = new Date("2026-08-30T12:00:00Z");
const waitOf = (value?: string) =>
	(retryAtOf(new Headers(value === undefined ? {} : { "retry-after": value }), now).getTime() - now.getTime()) / 1000;

describe("Retry-After", () => {
	it.each([
		["120", 120],
		[" 2.5 ", 2.5],
		["0", 1],
		["9999999", 86_400],
		["Sun, 30 Aug 2026 12:05:00 GMT", 300],
		["Sun, 30 Aug 2026 11:00:00 GMT", 1],
		["soon", 60],
		["-5", 60],
		[undefined, 60],
	])("%s means to wait %d s", (value, seconds) => expect(waitOf(value)).toBe(seconds));
});

describe("somebody else's text", () => {
	it.each([
		["<p>No <b>such</b> order</p>", "No such order"],
		["first\n   at Foo.Bar() in C:\\x.cs:line 4", "first"],
		["a < b {c}", "a b c"],
		["x".repeat(200), `${"x".repeat(79)}…`],
	])("is made one short plain line", (text, line) => expect(short(text)).toBe(line));
});
