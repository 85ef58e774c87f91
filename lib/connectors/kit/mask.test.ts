import { describe, expect, it } from "vitest";
import { createMasker } from "./mask";

const masker = createMasker(() => ["top-secret-value"]);
const masked = (body: unknown) => JSON.parse(masker.body(JSON.stringify(body)));

describe("a masker", () => {
	it("knows a person in a flat order, and leaves how it ships", () => {
		const person = {
			shipName: "Ann",
			shipAddress1: "1 Main",
			shipZipCode: "89501",
			shipCompany: "Acme",
			billName: "Bo",
		};
		const rest = { shipCity: "Reno", shipMethod: { shippingCarrier: "UPS" }, shipDate: "2026-08-30", shipmentId: 7 };
		const shown = masked({ ...person, notesFromBuyer: "ring twice", internalNotes: "calls often", ...rest });
		const hidden = Object.keys({ ...person, notesFromBuyer: "", internalNotes: "" }).map((name) => [name, "•••"]);
		expect(shown).toEqual({ ...Object.fromEntries(hidden), ...rest });
	});

	it("takes people out of XML by the names of its elements, and keeps nothing of a broken end", () => {
		const whole = "<Order><Name><![CDATA[Ann]]></Name><City>Reno</City><Phone kind='x'>775</Phone></Order>";
		expect(masker.body(whole)).toBe("<Order><Name>•••</Name><City>Reno</City><Phone kind='x'>•••</Phone></Order>");
		expect(masker.body("<Order><City>Reno</City><Name><![CDATA[Ann Ex")).toBe("<Order><City>Reno</City>");
	});

	it("keeps what a repair needs and hides who it is for", () => {
		const shown = masked({
			referenceNum: "SO-1",
			shipTo: {
				name: "Ann",
				address1: "1 Main",
				city: "Reno",
				state: "NV",
				zip: "89501",
				country: "US",
				phoneNumber: 77,
			},
			orderItems: [{ itemIdentifier: { sku: "TEE", name: "Tee" }, qty: 2 }],
			routingInfo: { carrier: "UPS" },
			notes: "ring twice",
		});
		expect(shown).toEqual({
			referenceNum: "SO-1",
			shipTo: {
				name: "•••",
				address1: "•••",
				city: "Reno",
				state: "NV",
				zip: "•••",
				country: "US",
				phoneNumber: "•••",
			},
			orderItems: [{ itemIdentifier: { sku: "TEE", name: "Tee" }, qty: 2 }],
			routingInfo: { carrier: "UPS" },
			notes: "•••",
		});
	});

	it.each([
		[{ first_name: "Ann", lastName: "Example", customer: { fullName: "A" }, emailAddress: "a@b" }],
		[{ billing: { streetLine1: "1 Main", postalCode: "89501", company: "X", recipient: "Ann" } }],
		[{ access_token: "abc", credentials: { user: "x", pass: "y" }, "api-key": 12345678 }],
		[{ a: { b: [{ text: "my top-secret-value here" }] } }],
	])("hides the values of %j", (body) => {
		const text = masker.body(JSON.stringify(body));
		for (const value of ["Ann", "Example", "a@b", "1 Main", "89501", "abc", '"y"', "12345678", "top-secret"]) {
			expect(text).not.toContain(value);
		}
	});

	it("leaves empty values, flags and numbers of things as they are", () => {
		const body = { name: "", phone: null, signatureRequired: true, quantity: 3, name2: "" };
		expect(masked(body)).toEqual(body);
	});

	it("hides fields of forms and queries by name, and of what is no whole JSON altogether", () => {
		expect(masker.body("grant_type=x&client_secret=abc&email=a%40b")).toBe("grant_type=x&client_secret=•••&email=•••");
		expect(masker.url("https://x.example/a?api_key=abc&page=2")).toBe("https://x.example/a?api_key=•••&page=2");
		expect(masker.body('{"name":"Ann Exam')).not.toContain("Ann");
	});

	it("hides headers that carry access", () => {
		const headers = {
			Authorization: "Bearer x",
			"Set-Cookie": "a=b",
			"X-Api-Key": "k",
			Accept: "a/b",
			"x-id": "top-secret-value",
		};
		expect(masker.headers(headers)).toEqual({
			Authorization: "•••",
			"Set-Cookie": "•••",
			"X-Api-Key": "•••",
			Accept: "a/b",
			"x-id": "•••",
		});
	});
});
