import { describe, expect, it } from "vitest";
import { parseOptions } from "./options";

describe("the command line", () => {
	it("brings the demo, unless told otherwise", () => {
		expect(parseOptions([], undefined)).toEqual({ demo: true, help: false });
		expect(parseOptions(["--no-demo"], undefined).demo).toBe(false);
	});

	it("leaves a database of one's own alone, unless the demo is asked for", () => {
		expect(parseOptions([], "postgres://u@h/d").demo).toBe(false);
		expect(parseOptions(["--demo"], "postgres://u@h/d").demo).toBe(true);
	});

	it("takes a port", () => {
		expect(parseOptions(["--port", "4000"], undefined).port).toBe(4000);
	});

	it.each([[["--port", "many"]], [["--port=70000"]], [["--prot", "1"]], [["demo"]]])(
		"refuses %j and shows what it knows",
		(args) => {
			expect(() => parseOptions(args, undefined)).toThrow(/npm start -- --no-demo/);
		},
	);
});
