import { expect, it } from "vitest";
import { trackingLink } from "./tracking-link";

it("follows a parcel on the page of the carrier that is named, whatever its case", () => {
	expect(trackingLink("FEDEX", "9865 7878 8855")).toBe("https://www.fedex.com/fedextrack/?trknbr=986578788855");
	expect(trackingLink("FedEx", "1&2")).toBe("https://www.fedex.com/fedextrack/?trknbr=1%262");
});

it("is not there for a word that is no carrier's, or without a number", () => {
	expect([trackingLink("FDX", "986578788855"), trackingLink("FEDEX", ""), trackingLink("", "1")]).toEqual([
		null,
		null,
		null,
	]);
});
