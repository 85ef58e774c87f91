import { describe, expect, test } from "vitest";
import { finderOf, withoutPerson, withoutWords, wordsOf } from "./person";

const order = {
	number: "1001",
	shipTo: {
		name: "Ann Xylo",
		company: "",
		line1: "7 Quill Lane",
		line2: "",
		city: "Bergen",
		postalCode: "5003",
		country: "NO",
		phone: "",
		email: "",
	},
	customer: { name: "Ann Xylo", email: "ann@xylo.test" },
	note: "Ring twice",
	giftMessage: "",
	lines: [{ sku: "TEE", name: "Tee shirt", quantity: 2 }],
};

describe("an order without its shopper", () => {
	test("keeps number, country, SKUs and quantities, and what was empty", () => {
		expect(withoutPerson(order, wordsOf(order))).toEqual({
			number: "1001",
			shipTo: {
				name: "erased",
				company: "",
				line1: "erased",
				line2: "",
				city: "erased",
				postalCode: "erased",
				country: "NO",
				phone: "",
				email: "",
			},
			customer: { name: "erased", email: "erased" },
			note: "erased",
			giftMessage: "",
			lines: [{ sku: "TEE", name: "Tee shirt", quantity: 2 }],
		});
	});

	test("is known by names, streets, mails, phones and notes, not by a city", () => {
		expect(wordsOf(order).sort()).toEqual(["7 quill lane", "ann xylo", "ann@xylo.test", "ring twice"]);
	});

	test("does not change when it is erased again", () => {
		const once = withoutPerson(order, wordsOf(order));
		expect(wordsOf(once)).toEqual([]);
		expect(withoutPerson(once, [])).toEqual(once);
	});
});

describe("words in sentences", () => {
	test("are replaced whatever their case, also where they hold signs", () => {
		expect(withoutWords("ANN XYLO (c/o) refused; ann xylo", ["ann xylo"])).toBe("erased (c/o) refused; erased");
		expect(withoutWords("call +47 (55) 12", ["+47 (55) 12"])).toBe("call erased");
	});

	test("are found in JSON and in addresses of the web", () => {
		const has = finderOf(['ann "x" xylo', "blåbær vei 3", "ann@xylo.test"]);
		expect(has('{"name":"Ann \\"X\\" Xylo"}')).toBe(true);
		expect(has("https://shop.example/?street=bl%C3%A5b%C3%A6r%20vei%203")).toBe(true);
		expect(has("https://shop.example/?q=ann%40xylo.test")).toBe(true);
		expect(has("Ann X. Nobody")).toBe(false);
	});
});
