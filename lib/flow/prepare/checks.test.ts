import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { destinationOptions, sourceOptions } from "@/lib/canonical/connection-options";
import { order as orderSchema } from "@/lib/canonical/order";
import { noCarriers } from "../confirm/carriers/translate";
import { noFilters } from "../intake/filters";
import { prepareOrder } from "./prepare-order";
import { tableOf } from "./ship-methods/resolve";

const shopper = {
	name: "Zoë Brontë",
	company: "",
	line1: "1 Main St",
	line2: "",
	city: "Springfield",
	region: "IL",
	postalCode: "62704",
	country: "US",
	phone: "+12175550123",
	email: "zoe@shop.example",
};

function prepare(options: object, shipTo: object = {}, more: object = {}, addressKept = false) {
	const order = orderSchema.parse({
		...{ sourceId: "1", number: "1001", sourceStatus: "paid", placedAt: new Date(), shipping: { code: "ground" } },
		shipTo: { ...shopper, ...shipTo },
		lines: [{ sourceLineId: "a", sku: "TEE", quantity: 1 }],
		...more,
	});
	return prepareOrder({
		...{ order, orderId: "ord_1", lineIds: new Map(), maxNumberLength: undefined, numberTaken: false },
		source: sourceOptions.parse({}),
		shipMappings: { methods: tableOf([]), carriers: noCarriers },
		itemFilter: noFilters.items,
		codes: { mapped: new Map(), skuOf: new Map(), aliases: new Map(), kits: new Map(), known: null },
		destination: destinationOptions.parse(options),
		addressKept,
	});
}
const shipToOf = (result: ReturnType<typeof prepare>) => (result.ok ? result.value.shipTo : result.problem);
const noteOf = (result: ReturnType<typeof prepare>) => result.trace.find(({ step }) => step === "Address checks")?.note;

describe("what the warehouse insists on", () => {
	it("changes nothing where nothing is asked", () => {
		expect(shipToOf(prepare({}))).toEqual(shopper);
	});

	it.each(["company", "region", "postalCode", "phone", "email"] as const)("stops an order without %s", (field) => {
		const result = prepare({ requiredFields: [field] }, { [field]: "", name: "Zoë" });
		expect(result).toMatchObject({ ok: false, code: "bad-input", field: `shipTo.${field}` });
		expect(prepare({ requiredFields: [field] }, { [field]: field === "company" ? "Acme" : shopper[field] }).ok).toBe(
			true,
		);
	});
});

describe("postal codes", () => {
	it("stops, warns of, or passes a code that is none of the country", () => {
		expect(prepare({ postalCodePolicy: "block" }, { postalCode: "6270" })).toMatchObject({
			...{ ok: false, field: "shipTo.postalCode" },
			problem: "the postal code is not one of US. Correct it, or send it as it is.",
		});
		expect(prepare({ postalCodePolicy: "block" }, { postalCode: "2134", region: "" })).toMatchObject({
			problem: "the postal code is not one of US. Look at the proposal on the order's page, or send it as it is.",
		});
		expect(noteOf(prepare({ postalCodePolicy: "warn" }, { postalCode: "6270" }))).toMatch(/^Warning: the postal code/);
		expect(prepare({ postalCodePolicy: "off" }, { postalCode: "6270" }).ok).toBe(true);
	});

	it.each([
		["GB", "sw1a1aa", "SW1A 1AA"],
		["CA", "k1a-0b1", "K1A 0B1"],
		["US", "627041234", "62704-1234"],
		["PL", "00001", "00-001"],
		["NL", "1012ab", "1012 AB"],
	])("puts right what differs in writing only: %s %s", (country, given, right) => {
		const found = prepare({ postalCodePolicy: "fix" }, { country, postalCode: given, phone: "" });
		expect(shipToOf(found)).toMatchObject({ postalCode: right });
		expect(shipToOf(prepare({ postalCodePolicy: "fix" }, { country, postalCode: right, phone: "" }))).toMatchObject({
			postalCode: right,
		});
	});

	it("puts a lost zero back where the state says the same, and asks where it does not", () => {
		const boston = { city: "Boston", postalCode: "2134" };
		expect(shipToOf(prepare({ postalCodePolicy: "fix" }, { ...boston, region: "MA" }))).toMatchObject({
			postalCode: "02134",
		});
		expect(prepare({ postalCodePolicy: "fix" }, { ...boston, region: "" })).toMatchObject({ ok: false });
	});

	it("passes an address that a person wants sent as it is, but for what the warehouse insists on", () => {
		const kept = { postalCode: "ABCDE", region: "Nowhere", phone: "12" };
		const all = { postalCodePolicy: "fix", regionPolicy: "block", phonePolicy: "block" };
		expect(prepare(all, kept)).toMatchObject({ ok: false });
		expect(shipToOf(prepare(all, kept, {}, true))).toMatchObject(kept);
		expect(prepare({ ...all, requiredFields: ["company"] }, kept, {}, true)).toMatchObject({
			field: "shipTo.company",
		});
	});

	it("stops what it cannot put right for certain", () => {
		expect(prepare({ postalCodePolicy: "fix" }, { postalCode: "ABCDE" })).toMatchObject({ ok: false });
	});

	it("accepts every code of a country whose form it does not know", () => {
		expect(prepare({ postalCodePolicy: "block" }, { country: "AE", postalCode: "anything", phone: "" }).ok).toBe(true);
	});
});

describe("states and regions", () => {
	it("writes a name as its code, and stops what contradicts the postal code", () => {
		expect(shipToOf(prepare({ regionPolicy: "fix" }, { region: "illinois" }))).toMatchObject({ region: "IL" });
		expect(shipToOf(prepare({ regionPolicy: "block" }, { region: "Illinois" }))).toMatchObject({ region: "Illinois" });
		expect(prepare({ regionPolicy: "fix" }, { region: "TX" })).toMatchObject({
			...{ ok: false, field: "shipTo.region" },
			problem: expect.stringMatching(/^the postal code does not lie in the state or region of the address\./),
		});
		expect(noteOf(prepare({ regionPolicy: "warn" }, { region: "Nowhere" }))).toBe(
			"Warning: the state or region is not one of US.",
		);
	});

	const abroad = { postalCode: "", phone: "" };
	it.each([
		...([
			["US", "Calif.", "CA"],
			["US", "N. Carolina", "NC"],
			["US", "U.S. Virgin Islands", "VI"],
			["CA", "québec", "QC"],
		] as const),
		...([
			["DE", "Bayern", "BY"],
			["DE", "Bavaria", "BY"],
			["IT", "Bozen", "BZ"],
			["IT", "milano", "MI"],
		] as const),
		...([
			["BR", "Sao Paulo", "SP"],
			["MX", "Ciudad de México", "CMX"],
			["MX", "cdmx", "CMX"],
			["IN", "Karnataka", "KA"],
		] as const),
		...([
			["ES", "Madrid", "M"],
			["ES", "Ceuta", "CE"],
			["IE", "Co. Cork", "CO"],
			["CH", "Zurich", "ZH"],
		] as const),
		...([
			["CN", "Guangdong", "GD"],
			["AU", "New South Wales", "NSW"],
		] as const),
	])("writes the region of %s %s as %s", (country, region, code) => {
		const found = prepare({ regionPolicy: "fix" }, { ...abroad, country, region });
		expect(shipToOf(found)).toMatchObject({ region: code });
		expect(shipToOf(prepare({ regionPolicy: "fix" }, { ...abroad, country, region: code }))).toMatchObject({
			region: code,
		});
	});

	it.each([
		...([
			["DE", "Oberbayern"],
			["JP", "Tokyo"],
			["FR", "Bretagne"],
			["GB", "Kent"],
			["PL", "Mazowieckie"],
		] as const),
		...([
			["IT", "Lombardia"],
			["ES", "Cataluña"],
			["IE", "Munster"],
			["TW", "Taipei"],
		] as const),
	])("leaves the region of %s %s alone, which is none of the level that is known", (country, region) => {
		expect(shipToOf(prepare({ regionPolicy: "block" }, { ...abroad, country, region }))).toMatchObject({ region });
	});

	it("puts a city and a postal code right that were swapped", () => {
		const swapped = { city: "62704", postalCode: "Springfield" };
		const found = prepare({ postalCodePolicy: "fix" }, swapped);
		expect(shipToOf(found)).toMatchObject({ city: "Springfield", postalCode: "62704" });
		expect(noteOf(found)).toBe("city put right; postal code put right");
	});
});

describe("telephone numbers", () => {
	it("writes a number with its country's code, and leaves one that is written so", () => {
		expect(shipToOf(prepare({ phonePolicy: "fix" }, { phone: "(212) 555-2368" }))).toMatchObject({
			phone: "+12125552368",
		});
		const german = { country: "DE", postalCode: "10115", phone: "030 901820" };
		expect(shipToOf(prepare({ phonePolicy: "fix" }, german))).toMatchObject({ phone: "+4930901820" });
	});

	it("stops a number that does not exist, and none at all is none to check", () => {
		expect(prepare({ phonePolicy: "fix" }, { phone: "12" })).toMatchObject({ ok: false, field: "shipTo.phone" });
		expect(prepare({ phonePolicy: "block" }, { phone: "" }).ok).toBe(true);
	});
});

describe("what labels can hold", () => {
	it("takes accents off where only plain letters are possible", () => {
		const found = prepare({ characters: "ascii" }, { line1: "Große Straße 5", city: "Łódź" });
		expect(shipToOf(found)).toMatchObject({ name: "Zoe Bronte", line1: "Grosse Strasse 5", city: "Lodz" });
		expect(noteOf(found)).toContain("accents taken off");
	});

	it("names the first character that cannot be written", () => {
		expect(prepare({ characters: "latin" }, { city: "東京" })).toMatchObject({ ok: false, field: "shipTo.city" });
		expect(prepare({ characters: "latin" }, { city: "Łódź" }).ok).toBe(true);
		expect(prepare({ characters: "ascii" }, { name: "Иван" })).toMatchObject({
			problem: expect.stringContaining('"И"'),
		});
	});

	it("goes on in the second line, between words, and loses none of them", () => {
		const words = fc.array(fc.stringMatching(/^[a-z]{1,8}$/), { minLength: 1, maxLength: 7 });
		fc.assert(
			fc.property(words, fc.integer({ min: 10, max: 40 }), (parts, maxLineLength) => {
				const line1 = parts.join(" ");
				const found = shipToOf(prepare({ maxLineLength }, { line1 }));
				if (typeof found === "string") return line1.length > maxLineLength;
				expect(`${found.line1} ${found.line2}`.trim()).toBe(line1);
				return found.line1.length <= maxLineLength && found.line2.length <= maxLineLength;
			}),
		);
	});

	it("stops a name that is too long, and a line that does not fit into both", () => {
		expect(prepare({ maxNameLength: 5 })).toMatchObject({ ok: false, field: "shipTo.name" });
		expect(prepare({ maxLineLength: 10 }, { line1: "x".repeat(30) })).toMatchObject({ field: "shipTo.line1" });
		expect(prepare({ maxLineLength: 10 }, { line1: "Long Street 12", line2: "c/o" })).toMatchObject({ ok: false });
	});
});

describe("a warehouse that must not know the shopper", () => {
	it("gets the order's number in place of the name, and nothing that tells who it is", () => {
		const more = {
			...{ note: "Ring at Zoë's", giftMessage: "Love, Anne", extraFields: [{ name: "Birthday", value: "1 May" }] },
			customer: { name: "Zoë Brontë", email: "zoe@shop.example" },
		};
		const result = prepare({ suppressPersonalData: true }, {}, more);
		if (!result.ok) throw new Error(result.problem);
		const told = JSON.stringify(result.value);
		for (const secret of ["Zoë", "Brontë", "Main St", "555", "shop.example", "Ring", "Anne", "1 May"])
			expect(told).not.toContain(secret);
		expect(result.value.shipTo).toMatchObject({ name: "Order 1001", city: "Springfield", postalCode: "62704" });
	});
});
