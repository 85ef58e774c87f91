import { type CarrierCode, knownCarriers } from "./carriers";

/** The pages on which carriers themselves follow a parcel, up to its number. Who has no such page is left out. */
const pages: Partial<Record<CarrierCode, string>> = {
	UPS: "https://www.ups.com/track?tracknum=",
	FEDEX: "https://www.fedex.com/fedextrack/?trknbr=",
	USPS: "https://tools.usps.com/go/TrackConfirmAction?tLabels=",
	DHL: "https://www.dhl.com/global-en/home/tracking.html?tracking-id=",
	CANADA_POST: "https://www.canadapost-postescanada.ca/track-reperage/en#/search?searchFor=",
	ROYAL_MAIL: "https://www.royalmail.com/track-your-item#/tracking-results/",
	PUROLATOR: "https://www.purolator.com/en/shipping/tracker?pin=",
};

/** Where a parcel can be followed; null for a carrier that is not known by its code or name, or without a number. */
export function trackingLink(carrier: string, trackingNumber: string): string | null {
	const plain = carrier.trim().toLowerCase();
	const code = knownCarriers.find((one) => one.code.toLowerCase() === plain || one.name.toLowerCase() === plain)?.code;
	const page = code && pages[code];
	const number = trackingNumber.replace(/\s/g, "");
	return page && number ? page + encodeURIComponent(number) : null;
}
