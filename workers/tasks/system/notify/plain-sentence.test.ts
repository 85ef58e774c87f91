import { expect, it } from "vitest";
import { withoutPersonal } from "./plain-sentence";

const personal = ["Ann Example", "1 Main St.", "Example", "Ann", "80331"];

it.each([
	[
		"hides the words of an order wherever they stand",
		"ANN EXAMPLE, 1 Main St., 80331: unknown",
		"•••, •••, •••: unknown",
	],
	["hides a part of a name", "Ms Example is not known", "Ms ••• is not known"],
	[
		"leaves words alone that only hold one",
		"It cannot be planned for example-shop1",
		"It cannot be planned for •••-shop1",
	],
	["hides mail addresses", "write to jo.doe+x@shop.example now", "write to ••• now"],
	["hides telephone numbers", "call +49 (89) 123-456 78", "call •••"],
	[
		"keeps numbers of orders and items",
		"Order 100123456: SKU TEE-2 is unknown",
		"Order 100123456: SKU TEE-2 is unknown",
	],
])("%s", (_, sentence, expected) => {
	expect(withoutPersonal(sentence, personal)).toBe(expected);
});
