import { describe, expect, it } from "vitest";
import { carrierOfTracking } from "./tracking-carrier";

describe("the carrier of a tracking number", () => {
	it.each([
		["1Z5R89390357567127", "UPS"],
		["1z 5r8 939 0357 5671 27", "UPS"],
		["TBA000000000000", "Amazon Logistics"],
		["INTLCMI012345678", "Intelcom"],
		["DXABCD1234567", "Dynamex"],
		["LX17635036", "LaserShip"],
		["C11031500001879", "OnTrac"],
		["9400 1112 0255 5842 3323 00", "USPS"],
		["9361289878700317633795", "USPS"],
		["0307 1790 0005 2348 3741", "USPS"],
		["986578788855", "FedEx"],
		["0000 0000 0000 0017", "Canada Post"],
		["331234567898", "Purolator"],
		["ABC123456789", "Purolator"],
		["RB123456785US", "USPS"],
		["RB123456785GB", "Royal Mail"],
		["3318810025", "DHL"],
		["GM2951173225174494", "DHL eCommerce"],
	])("%s is %s", (number, carrier) => {
		expect(carrierOfTracking(number)).toBe(carrier);
	});

	it.each(["", "1Z5R89390357567128", "986578788856", "RB123456786US", "ORDER-1", "333"])("%j is nobody's", (number) => {
		expect(carrierOfTracking(number)).toBeUndefined();
	});
});
