import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CarrierPair, CarrierRule } from "@/lib/canonical/ship-method";
import { carrierOfNumber } from "@/lib/canonical/tracking-number";
import { type NameRules, type ShippedBy, toldCarrier } from "./carrier-name";
import { carrierTable, noCarriers, pairKey, translate } from "./translate";

const pair = (carrier: string, service = ""): CarrierPair => ({ carrier, service });
const rule = (from: CarrierPair, to: CarrierPair | null, more: Partial<CarrierRule> = {}): CarrierRule => ({
	...{ direction: "in", from, to, twoWay: false },
	...more,
});

const shippedBy = (pair: CarrierPair): ShippedBy => ({ ...pair, trackingNumbers: [], country: "US", field: "" });

describe("a carrier between our words and another system's", () => {
	it("of the warehouse becomes a SCAC or a friendly code, and passes through where nobody said otherwise", () => {
		const scac = carrierTable([
			rule(pair("FDX"), pair("FEDEX")),
			rule(pair("UP"), pair("UPSN")),
			rule(pair("XYZ"), null),
		]);
		expect(translate(scac, "in", pair("FDX", "Ground"))).toEqual(pair("FEDEX", "Ground"));
		expect(translate(scac, "in", pair("fdx"))).toEqual(pair("FEDEX"));
		expect(translate(scac, "in", pair("UP"))).toEqual(pair("UPSN"));
		expect(translate(scac, "in", pair("XYZ", "1"))).toEqual(pair("XYZ", "1"));
		expect(translate(scac, "in", pair("NEW"))).toEqual(pair("NEW"));
	});

	it("goes two hops, many to one on the left and one to many on the right, with either service empty", () => {
		const warehouse = carrierTable([
			rule(pair("Express", "A"), pair("OURS", "Fast"), { direction: "out" }),
			rule(pair("UPS", "Ground"), pair("UPSGR"), { direction: "out" }),
			rule(pair("UPS"), pair("", "UPS-ANY"), { direction: "out" }),
		]);
		const other = carrierTable([rule(pair("UPS", "Ground"), pair("5", "03"), { direction: "out" })]);
		expect(translate(warehouse, "out", pair("UPS", "Ground"))).toEqual(pair("UPSGR"));
		expect(translate(warehouse, "out", pair("UPS", "Air"))).toEqual(pair("", "UPS-ANY"));
		expect(translate(other, "out", pair("UPS", "Ground"))).toEqual(pair("5", "03"));
	});

	it("goes there and back to itself where the mapping is one to one", () => {
		const words = fc.stringMatching(/^[A-Z][A-Z0-9_ ]{0,8}[A-Z0-9]$/);
		const pairs = fc.uniqueArray(fc.record({ carrier: words, service: fc.oneof(fc.constant(""), words) }), {
			selector: ({ carrier }) => carrier.toLowerCase(),
			minLength: 2,
			maxLength: 20,
		});
		fc.assert(
			fc.property(pairs, fc.constantFrom("in" as const, "out" as const), (all, direction) => {
				const half = Math.floor(all.length / 2);
				const rules = all.slice(0, half).map((from, index) => {
					const to = all[half + index] ?? from;
					// Whole carriers pair with whole carriers: a service that is named on one side only would be lost.
					const service = from.service === "" ? "" : to.service || "S";
					return rule(from, { carrier: to.carrier, service }, { direction, twoWay: true });
				});
				const table = carrierTable(rules);
				const back = direction === "in" ? ("out" as const) : ("in" as const);
				for (const { from } of rules) {
					const asked = from.service === "" ? { ...from, service: "Any" } : from;
					expect(translate(table, back, translate(table, direction, asked))).toEqual(asked);
				}
			}),
		);
	});

	it("goes two hops and back to itself: the cart's word, ours, the warehouse's, ours, the cart's", () => {
		const words = fc.constantFrom(
			...[
				"UPS",
				"UPS Ground",
				"FDX",
				"FedEx",
				"Größe",
				"ÉCO",
				"品番",
				"a*b",
				"OTHER",
				"5",
				"__proto__",
				"👕",
				"x|y",
				"DPD",
			],
		);
		const pairs = fc.uniqueArray(fc.record({ carrier: words, service: fc.oneof(fc.constant(""), words) }), {
			selector: pairKey,
			minLength: 1,
			maxLength: 8,
		});
		const twoWay = (direction: "in" | "out", from: CarrierPair[], to: CarrierPair[]) =>
			carrierTable(from.map((one, place) => rule(one, to[place] ?? one, { direction, twoWay: true })));
		fc.assert(
			fc.property(pairs, pairs, pairs, (ours, carts, warehouses) => {
				const many = Math.min(ours.length, carts.length, warehouses.length);
				// A row without a service is for all of its carrier's: one to one are rows that name theirs.
				const named = (all: CarrierPair[]) =>
					all.slice(0, many).map(({ carrier, service }) => ({ carrier, service: service || `all of ${carrier}` }));
				const [middle, left, right] = [named(ours), named(carts), named(warehouses)];
				const cart = twoWay("in", left, middle);
				const warehouse = twoWay("out", middle, right);
				for (const [place, word] of left.entries()) {
					const sent = translate(warehouse, "out", translate(cart, "in", word));
					expect(sent).toEqual(right[place]);
					const { carrier, service } = toldCarrier(shippedBy(sent), { warehouse, cart, parseOther: false });
					expect({ carrier, service }).toEqual(word);
					// Carriers are one whatever their case, and the blanks around them.
					const shouted = { carrier: ` ${sent.carrier.toLowerCase()} `, service: sent.service.toLowerCase() };
					expect(toldCarrier(shippedBy(shouted), { warehouse, cart, parseOther: false })).toMatchObject(word);
				}
			}),
			{ numRuns: 300 },
		);
	});

	it("keeps what it was told first where two rows would turn one carrier into two", () => {
		const table = carrierTable([
			rule(pair("FDX"), pair("FEDEX"), { twoWay: true }),
			rule(pair("FDXG"), pair("FEDEX"), { twoWay: true }),
		]);
		expect(translate(table, "out", pair("FEDEX"))).toEqual(pair("FDX"));
	});
});

describe("the carrier a cart is told", () => {
	const shipped = (more: Partial<ShippedBy>): ShippedBy => ({
		...{ carrier: "", service: "", trackingNumbers: [], country: "US", field: "" },
		...more,
	});
	const rules = (more: Partial<NameRules> = {}): NameRules => ({
		...{ warehouse: noCarriers, cart: noCarriers, parseOther: true },
		...more,
	});

	it("is the warehouse's, mapped to ours and then to the cart's", () => {
		const warehouse = carrierTable([rule(pair("FDX"), pair("FEDEX"))]);
		const cart = carrierTable([rule(pair("FEDEX"), pair("FedEx"), { direction: "out" })]);
		const { carrier, how } = toldCarrier(shipped({ carrier: "FDX" }), rules({ warehouse, cart }));
		expect([carrier, how]).toEqual(["FedEx", "mapped"]);
	});

	it.each([
		["INTLCMA123456789", "INTELCOM"],
		["DXABCD1234567", "DYNAMEX"],
		["TBA123456789012", "AMAZON"],
		["ABC123456789", "PUROLATOR"],
	])("is found by the tracking number %s when the warehouse says OTHER_CARRIER", (number, carrier) => {
		const other = shipped({ carrier: "OTHER_CARRIER", trackingNumbers: [number] });
		expect(toldCarrier(other, rules())).toMatchObject({ carrier, how: "tracking-number" });
		// The setting is off by default.
		expect(toldCarrier(other, rules({ parseOther: false })).carrier).toBe("OTHER_CARRIER");
	});

	it("is the order's own field where the number says nothing, and stays as it is where there is none", () => {
		const other = shipped({ carrier: "OTHER_CARRIER", trackingNumbers: ["?"], field: "Local Courier" });
		expect(toldCarrier(other, rules())).toMatchObject({ carrier: "Local Courier", how: "field" });
		expect(toldCarrier({ ...other, field: "" }, rules())).toMatchObject({ carrier: "OTHER_CARRIER", how: "passed" });
	});

	it("is the one the warehouse names, whatever the number looks like", () => {
		const named = shipped({ carrier: "Local", trackingNumbers: ["1Z5R89390357567127"] });
		expect(toldCarrier(named, rules()).carrier).toBe("Local");
		const unnamed = { ...named, carrier: "" };
		expect(toldCarrier(unnamed, rules({ parseOther: false })).carrier).toBe("UPS");
	});
});

describe("a tracking number", () => {
	it.each([
		["1Z5R89390357567127", "UPS"],
		["1Z 999 AA1 0123 4567 84", "UPS"],
		["986578788855", "FEDEX"],
		["9611020987654312345672", "FEDEX"],
		["9361289676090919095393", "USPS"],
		["7196 9010 7560 0307 7385", "USPS"],
		["RB123456785US", "USPS"],
		["RB123456785GB", "ROYAL_MAIL"],
		["RB123456785CA", "CANADA_POST"],
		["0073938000549297", "CANADA_POST"],
		["3318810025", "DHL"],
		["C11031500001879", "ONTRAC"],
		["D10011354453707", "ONTRAC"],
		["LX15999999", "ONTRAC"],
		["1LS717793482164", "ONTRAC"],
		["TBC123456789012", "AMAZON"],
		["JD0146000012345678", "YODEL"],
	])("%s is of %s", (number, carrier) => {
		expect(carrierOfNumber(number)).toBe(carrier);
	});

	it.each(["1Z5R89390357567128", "986578788854", "RB123456784US", "3318810024", "12", "", "hello"])(
		"%s is nobody's: its check digit or its form is wrong",
		(number) => {
			expect(carrierOfNumber(number)).toBeNull();
		},
	);

	it("that FedEx and Purolator share is Purolator's in Canada, and where it begins with 33", () => {
		expect([carrierOfNumber("320698578202", "US"), carrierOfNumber("320698578202", "CA")]).toEqual([
			"FEDEX",
			"PUROLATOR",
		]);
	});
});
