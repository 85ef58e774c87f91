import { z } from "zod";
import { currency } from "@/lib/canonical/money";
import { field } from "../kit/define";
import { cancelReasons } from "./api";

/** Settings of Order Manager where it takes orders. Those it shares with the order source stand in `settings.ts`. */
export const destinationFields = {
	salesChannel: field(z.string().trim().default(""), {
		label: "Sales channel for sent orders",
		help: "Where Order Manager takes orders from us: the name of the sales channel that new orders belong to.",
		section: "Orders",
	}),
	// Which of the two a cart's code is, only the merchant knows: the one is Order Manager's, the other the channel's.
	itemCode: field(z.enum(["master", "listing"]).default("master"), {
		label: "Item codes are",
		help: "What the codes in your carts equal in Order Manager: its own master SKU, or the SKU of a listing in the sales channel.",
		section: "Products",
		optionLabels: { master: "Master SKUs", listing: "Listing SKUs" },
	}),
	sentCurrency: field(currency.default("USD"), {
		label: "Currency of sent orders",
		help: "Of the prices of orders that we send to Order Manager.",
		section: "Orders",
		advanced: true,
	}),
	cancelReason: field(z.enum(cancelReasons).default("BUYER_CANCELLED"), {
		label: "Reason of cancellations",
		help: "What Order Manager shows as the reason when we cancel an order there.",
		section: "Orders",
		advanced: true,
		optionLabels: Object.fromEntries(cancelReasons.map((one) => [one, plain(one)])),
	}),
	inventorySyncMode: field(z.enum(["channel", "warehouse"]).default("channel"), {
		label: "Inventory sync mode",
		help: "Per sales channel: one level for each listing, as Order Manager shares stock out between channels: 10 shared 60 to 40 are 6 and 4. Per warehouse: one level for each warehouse: 10.",
		section: "Inventory",
		optionLabels: { channel: "Per sales channel", warehouse: "Per warehouse" },
	}),
	subtractLocked: field(z.boolean().default(false), {
		label: "Subtract locked quantity",
		help: "On hand 10, locked 4: without it carts are told of 10, with it of 6.",
		section: "Inventory",
	}),
	// That a listing states its share, and under which name, is inferred.
	listingQuantityField: field(z.string().trim().min(1, "must not be empty").default("quantity"), {
		label: "Listing field that holds its level",
		help: "Change it only if Order Manager's listings state their share of the stock under another name.",
		section: "Inventory",
		advanced: true,
	}),
	ignoreInactive: field(z.boolean().default(true), {
		label: "Ignore inactive products",
		help: "Products that are inactive in Order Manager are not downloaded, nor is their stock.",
		section: "Products",
	}),
	downloadProducts: field(z.boolean().default(false), {
		label: "Download products data",
		help: "Also downloads the details of products: names, barcodes and listing SKUs, which become aliases. Without it: their codes only.",
		section: "Products",
	}),
	splitOrders: field(z.enum(["immediately", "wait"]).default("immediately"), {
		label: "Split order handling",
		help: "Of an order that Order Manager split in two, one shipped: the cart is told of that at once, or of nothing until both have shipped. Not all carts take several shipments of one order.",
		section: "Shipments",
		optionLabels: { immediately: "Immediately send", wait: "Wait for all records" },
	}),
	// How the parts of a split order are numbered is inferred.
	partSeparator: field(z.string().max(5).default("-"), {
		label: "Between order number and part",
		help: "How Order Manager numbers the parts of a split order: with a hyphen, SO-1 becomes SO-1-1 and SO-1-2.",
		section: "Shipments",
		advanced: true,
	}),
	parseCarrier: field(z.boolean().default(false), {
		label: "Parse carrier fallback",
		help: "Where Order Manager says OTHER_CARRIER, the carrier is found by the form of the tracking number, such as those of Dynamex, Intelcom, Amazon Logistics and Purolator; then in the custom field below.",
		section: "Shipments",
	}),
	carrierField: field(z.enum(["none", "customField1", "customField2", "customField3"]).default("none"), {
		label: "Custom field that names the carrier",
		help: "Read only when the tracking number does not tell the carrier.",
		section: "Shipments",
		optionLabels: {
			none: "None",
			customField1: "Custom field 1",
			customField2: "Custom field 2",
			customField3: "Custom field 3",
		},
	}),
};

function plain(code: string): string {
	const words = code.toLowerCase().replaceAll("_", " ");
	return words.charAt(0).toUpperCase() + words.slice(1);
}
