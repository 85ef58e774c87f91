import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Address, address as addressSchema } from "@/lib/canonical/address";
import { destinationOptions } from "@/lib/canonical/connection-options";
import { reviewAddress } from "./check-address";
import { regionsOfPostalCode } from "./postal-regions";
import { proposableFields, proposeAddress, remarksOn, withProposals } from "./propose-address";

const shopper = { name: "Ann Example", line1: "1 Main St", city: "Springfield", region: "IL", postalCode: "62704" };
const addressOf = (given: object): Address => addressSchema.parse({ ...shopper, country: "US", ...given });
/** What would change, as "field: after", with a ? where it is only likely. */
const proposed = (given: object) =>
	proposeAddress(addressOf(given)).map(({ field, after, certain }) => `${field}: ${after}${certain ? "" : " ?"}`);

describe("what an address is meant to be", () => {
	it.each([
		["nothing where nothing is wrong", {}, []],
		["ZIP+4 without its dash", { postalCode: "627041234" }, ["postalCode: 62704-1234"]],
		[
			"a zero lost in front, where the state vouches for it",
			{ postalCode: "2134", region: "MA" },
			["postalCode: 02134"],
		],
		["the same in ZIP+4", { postalCode: "2134-1001", region: "MA" }, ["postalCode: 02134-1001"]],
		["the same without a state", { postalCode: "2134", region: "" }, ["region: MA ?", "postalCode: 02134 ?"]],
		["no zero that would lie in another state", { postalCode: "6270" }, []],
		["two zeros of Puerto Rico", { postalCode: "601", region: "PR" }, ["postalCode: 00601"]],
		["a letter for a digit", { postalCode: "627O4" }, ["postalCode: 62704 ?"]],
		["a state that is written out", { region: "illinois" }, ["region: IL"]],
		["a state in small letters with dots", { region: "D.C.", postalCode: "20001" }, ["region: DC"]],
		["the state that the code lies in", { region: "TX" }, ["region: IL ?"]],
		["the state where none is", { region: "" }, ["region: IL ?"]],
		["the state for words that are none", { region: "Ilinoiss" }, ["region: IL ?"]],
		["swapped with the city", { city: "62704", postalCode: "Springfield" }, ["city: Springfield", "postalCode: 62704"]],
		["no state where several share the code", { postalCode: "96950", region: "" }, []],
		["spaces too many", { line1: "1  Main   St", city: "New  York" }, ["line1: 1 Main St", "city: New York"]],
		["a telephone number", { phone: "(217) 555-2368" }, ["phone: +12175552368"]],
		["capitals as they are", { name: "ANN EXAMPLE", city: "SPRINGFIELD", line1: "1 MAIN ST" }, []],
	])("proposes %s", (_, given, expected) => {
		expect(proposed(given)).toEqual(expected);
	});

	it.each([
		["GB", "sw1a1aa", ["postalCode: SW1A 1AA"]],
		["CA", "k1a0b1", ["region: ON", "postalCode: K1A 0B1"]],
		["NL", "1012ab", ["postalCode: 1012 AB"]],
		["NL", "NL-1012 AB", ["postalCode: 1012 AB"]],
		["PL", "00001", ["postalCode: 00-001"]],
		["SE", "11122", ["postalCode: 111 22"]],
		["DE", "D-10115", ["postalCode: 10115"]],
		["DE", "1067", ["postalCode: 01067 ?"]],
		["AU", "3000", []],
		["AE", "whatever", []],
	])("writes the codes of %s as they are written there: %s", (country, postalCode, expected) => {
		const region = { CA: "Ontario", AU: "VIC" }[country] ?? "";
		expect(proposed({ country, postalCode, region, city: "Town" })).toEqual(expected);
	});

	it("knows the provinces of Canada and the states of Australia", () => {
		expect(proposed({ country: "CA", postalCode: "H2Y 1C6", region: "Québec" })).toEqual(["region: QC"]);
		expect(proposed({ country: "CA", postalCode: "H2Y 1C6", region: "ON" })).toEqual(["region: QC ?"]);
		expect(proposed({ country: "AU", postalCode: "800", region: "NT" })).toEqual(["postalCode: 0800"]);
		expect(proposed({ country: "AU", postalCode: "2600", region: "NSW" })).toEqual(["region: ACT ?"]);
		expect(proposed({ country: "AU", postalCode: "2620", region: "NSW" })).toEqual([]);
	});

	it("takes an address of Canada for one where the United States are named, and makes nothing of it certain", () => {
		expect(proposed({ region: "Ontario", postalCode: "k1a0b1" })).toEqual([
			"region: ON ?",
			"postalCode: K1A 0B1 ?",
			"country: CA ?",
		]);
	});

	it("takes a country that is written out for its code", () => {
		for (const [words, code] of [
			...[
				["Germany", "DE"],
				["united states", "US"],
				["The Netherlands", "NL"],
				["Côte d’Ivoire", "CI"],
				["usa", "US"],
			],
		])
			expect(addressOf({ country: words, region: "", postalCode: "" }).country).toBe(code);
		for (const country of ["UK", "XX", "Nowhere", ""])
			expect(addressSchema.safeParse({ ...shopper, country }).success).toBe(false);
	});

	it("only remarks on a street without a house number", () => {
		expect(remarksOn(addressOf({ line1: "Rose Cottage" }))).toEqual(["The street has no house number."]);
		expect(remarksOn(addressOf({ line1: "Rose Cottage", line2: "Flat 2" }))).toEqual([]);
		expect(proposed({ line1: "Rose Cottage" })).toEqual([]);
	});
});

describe("where a postal code lies", () => {
	it.each([
		["US", "10001", ["NY"]],
		["US", "90210-1234", ["CA"]],
		["US", "09012", ["AE"]],
		["US", "06390", ["CT", "NY"]],
		["US", "21399", []],
		["CA", "X0A 0H0", ["NT", "NU"]],
		["AU", "0872", ["NT", "SA", "WA"]],
		["DE", "10115", []],
	])("%s %s", (country, code, regions) => {
		expect(regionsOfPostalCode(code, country)).toEqual(regions);
	});
});

const words = fc.stringMatching(/^[A-Za-zÀ-ž0-9 .'-]{0,14}$/);
const anyAddress = fc.record({
	...{ name: words, company: words, line1: words, line2: words },
	city: fc.oneof(words, fc.constantFrom("62704", "K1A 0B1", "Springfield")),
	region: fc.oneof(words, fc.constantFrom("IL", "Illinois", "ON", "quebec", "VIC", "")),
	postalCode: fc.oneof(
		words,
		fc.stringMatching(/^\d{3,9}$/),
		fc.constantFrom("k1a0b1", "Ottawa", "sw1a1aa", "D-10115"),
	),
	country: fc.constantFrom("US", "CA", "AU", "GB", "DE", "NL", "PL", "JP", "AE"),
	phone: fc.oneof(words, fc.constantFrom("(212) 555-2368", "030 901820")),
	email: fc.constant(""),
});

describe("of any address", () => {
	it("a proposal changes nothing more when it is applied again", () => {
		fc.assert(
			fc.property(anyAddress, (given) => {
				expect(proposeAddress(withProposals(given, proposeAddress(given)))).toEqual([]);
			}),
			{ numRuns: 500 },
		);
	});

	it("a proposal says what it changes, and no more", () => {
		fc.assert(
			fc.property(anyAddress, (given) => {
				const changes = proposeAddress(given);
				const after = withProposals(given, changes);
				for (const field of proposableFields) {
					const change = changes.find((one) => one.field === field);
					expect([given[field], after[field]]).toEqual(
						change ? [change.before, change.after] : [given[field], given[field]],
					);
					expect(change?.why ?? "why").not.toBe("");
				}
			}),
		);
	});

	it("names, streets and cities keep every character that is no space", () => {
		const bare = (text: string) => text.replace(/\s/g, "");
		fc.assert(
			fc.property(anyAddress, (given) => {
				const after = withProposals(given, proposeAddress(given));
				for (const field of ["name", "company", "line1", "line2"] as const)
					expect(bare(after[field])).toBe(bare(given[field]));
				// City and code may change places, and a code is only written otherwise.
				const letters = ({ city, postalCode }: Address) => [...bare(city + postalCode)].filter((c) => /\p{L}/u.test(c));
				if (!/^[A-Za-z]{1,2}[-\s]|[oOiIl]/.test(given.postalCode))
					expect(letters(after).join("").toUpperCase().split("").sort()).toEqual(
						letters(given).join("").toUpperCase().split("").sort(),
					);
			}),
		);
	});
});

describe("what a person is asked about", () => {
	const options = (given: object) => destinationOptions.parse(given);

	it("is nothing while the settings ask for nothing", () => {
		expect(reviewAddress(addressOf({ postalCode: "2134", region: "MA" }), [options({})])).toBeNull();
		expect(reviewAddress(addressOf({}), [options({ postalCodePolicy: "block", regionPolicy: "block" })])).toBeNull();
	});

	it("stops where one warehouse stops, and tells no shopper's words in its sentences", () => {
		const [warn, block] = [options({ postalCodePolicy: "warn" }), options({ postalCodePolicy: "block" })];
		const review = reviewAddress(addressOf({ postalCode: "2134", region: "MA", phone: "(617) 555-2368" }), [
			block,
			warn,
		]);
		expect(review).toMatchObject({
			problems: [{ problem: "the postal code is not one of US.", stops: true, keepable: true }],
			changes: [{ field: "postalCode", before: "2134", after: "02134", why: "The zero in front was lost" }],
		});
		expect(review?.changes).toHaveLength(1);
	});

	it("cannot be kept where something is missing that the warehouse insists on", () => {
		expect(reviewAddress(addressOf({ region: "" }), [options({ requiredFields: ["region"] })])).toMatchObject({
			problems: [{ stops: true, keepable: false }],
			changes: [{ field: "region", after: "IL", certain: false }],
		});
	});
});
