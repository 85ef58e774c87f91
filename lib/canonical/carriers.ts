/**
 * Carriers under the codes that carts know them by. SCACs are the codes of the North American motor-freight list;
 * few carts know those. Other codes may be typed: these are only offered.
 */
export const knownCarriers = [
	{ code: "UPS", name: "UPS" },
	{ code: "FEDEX", name: "FedEx" },
	{ code: "USPS", name: "USPS" },
	{ code: "DHL", name: "DHL Express" },
	{ code: "DHL_ECOMMERCE", name: "DHL eCommerce" },
	{ code: "ONTRAC", name: "OnTrac" },
	{ code: "CANADA_POST", name: "Canada Post" },
	{ code: "ROYAL_MAIL", name: "Royal Mail" },
	{ code: "PUROLATOR", name: "Purolator" },
	{ code: "INTELCOM", name: "Intelcom" },
	{ code: "DYNAMEX", name: "Dynamex" },
	{ code: "AMAZON", name: "Amazon Logistics" },
	{ code: "CANPAR", name: "Canpar" },
	{ code: "DPD", name: "DPD" },
	{ code: "GLS", name: "GLS" },
	{ code: "YODEL", name: "Yodel" },
	{ code: "OLD_DOMINION", name: "Old Dominion" },
	{ code: "LANDMARK", name: "Landmark Global" },
	{ code: "GOFO", name: "GOFO" },
	{ code: "YUNEXPRESS", name: "YunExpress" },
	{ code: "SPEE_DEE", name: "Spee-Dee" },
	{ code: "UPSN", name: "UPS, as SCAC" },
	{ code: "FDEG", name: "FedEx Ground, as SCAC" },
	{ code: "FDEN", name: "FedEx Express, as SCAC" },
	{ code: "FXFE", name: "FedEx Freight, as SCAC" },
	{ code: "EMSY", name: "OnTrac, as SCAC" },
	{ code: "PRLA", name: "Purolator, as SCAC" },
	{ code: "ODFL", name: "Old Dominion, as SCAC" },
] as const;
export type CarrierCode = (typeof knownCarriers)[number]["code"];
