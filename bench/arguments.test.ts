import { describe, expect, it } from "vitest";
import { partNames, readArguments } from "./arguments";

describe("the bench's arguments", () => {
	it("choose all parts when nothing is said", () => {
		expect(readArguments([])).toEqual({ parts: [...partNames], orders: undefined, json: false });
	});

	it.each([
		[["--only", "scheduler"], ["scheduler"]],
		[
			["--only", "memory,pipeline"],
			["pipeline", "memory"],
		],
		[
			["--only", "memory", "--only=inventory"],
			["inventory", "memory"],
		],
	])("choose parts: %j", (args, parts) => {
		expect(readArguments(args).parts).toEqual(parts);
	});

	it("size the parts that have orders", () => {
		expect(readArguments(["--orders", "500", "--json"])).toMatchObject({ orders: 500, json: true });
	});

	it.each([
		[
			["--only", "speed"],
			'There is no part "speed". Choose from: pipeline, prepare, inventory, shares, scheduler, ordersList, memory.',
		],
		[["--orders", "0"], '--orders must be a whole number from 1 to 10000000, not "0".'],
		[["--orders", "many"], '--orders must be a whole number from 1 to 10000000, not "many".'],
		[["--fast"], "Unknown option '--fast'. Use: npm run bench"],
		[["fast"], "Unexpected argument 'fast'"],
	])("are refused with a sentence: %j", (args, sentence) => {
		expect(() => readArguments(args)).toThrow(sentence);
	});
});
