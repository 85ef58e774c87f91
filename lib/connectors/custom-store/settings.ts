import { z } from "zod";
import { currency } from "@/lib/canonical/money";
import { field } from "../kit/define";
import { isZone } from "../kit/zone";

/** Words with commas between, in lower case. */
const words = (usual: string) =>
	z
		.string()
		.trim()
		.default(usual)
		.refine((text) => wordsOf(text).length > 0, "must hold at least one status");

export function wordsOf(text: string): string[] {
	return text
		.split(",")
		.map((word) => word.trim().toLowerCase())
		.filter((word) => word !== "");
}

const endpoint = z
	.url({ protocol: /^https?$/, error: "must be an address such as https://shop.example/shipstation" })
	.superRefine((text, context) => {
		const { searchParams, username, password } = new URL(text);
		const names = [...searchParams.keys()];
		const refuse = (message: string) => context.addIssue({ code: "custom", message });
		if (username !== "" || password !== "" || names.some((name) => /key|pass|token|secret|auth|user/i.test(name)))
			refuse("must hold no key or password: what stands in an address is written down by every server on its way");
		if (names.some((name) => ["action", "start_date", "end_date", "page"].includes(name.toLowerCase())))
			refuse("must not hold action, start_date, end_date or page: we add them");
	});

const ownWord =
	"Each store has its own word, with commas between several. Usual, not documented: see the store's orders.";

export const settings = z.object({
	endpoint: field(endpoint, {
		label: "Address of the store's XML",
		help: "Where the store answers as a ShipStation custom store, such as https://shop.example/shipstation.",
		section: "Access",
	}),
	userName: field(
		z
			.string()
			.trim()
			.min(1, "must not be empty")
			.regex(/^[^:]*$/, "must not hold a colon"),
		{
			label: "User name",
			help: "The one that the store expects of ShipStation.",
			section: "Access",
		},
	),
	password: field(z.string().min(1, "must not be empty"), { label: "Password", section: "Access", secret: true }),
	loadStatuses: field(words("paid"), { label: "Statuses to load", help: ownWord, section: "Orders" }),
	canceledStatuses: field(words("cancelled, canceled"), {
		label: "Statuses of canceled orders",
		help: ownWord,
		section: "Orders",
	}),
	orderCurrency: field(currency.default("USD"), {
		label: "Currency",
		help: "Of orders that name none.",
		section: "Orders",
	}),
	addInternalNotes: field(z.boolean().default(false), {
		label: "Add internal notes",
		help: "The store's own notes follow the customer's in the order's note.",
		section: "Orders",
	}),
	timeZone: field(z.string().trim().default("UTC").refine(isZone, "must be a time zone such as America/Denver"), {
		label: "Time zone of the store's times",
		help: "They carry none and should be UTC; some stores write their own. Change it when orders come hours too late.",
		section: "Orders",
		advanced: true,
	}),
	firstPage: field(z.enum(["1", "0"]).default("1"), {
		label: "Number of the first page",
		help: "1 by the documentation. Change it only if the first page of orders stays away.",
		section: "Orders",
		advanced: true,
	}),
	pagesEnd: field(z.enum(["said", "empty"]).default("said"), {
		label: "How pages end",
		help: "Choose the second where the store says that there is one page, and has more.",
		section: "Orders",
		advanced: true,
		optionLabels: { said: "As the store says", empty: "When a page brings nothing new" },
	}),
	lookBackDays: field(z.coerce.number("must be a number").int().min(1).max(366).default(30), {
		label: "Days looked back for one order",
		help: "A store cannot be asked for one order, so its changes of so many days are searched.",
		section: "Orders",
		advanced: true,
	}),
	shippedStatuses: field(words("shipped"), {
		label: "Statuses of shipped orders",
		help: ownWord,
		section: "Shipments",
	}),
	afterLoss: field(z.enum(["look", "ask"]).default("look"), {
		label: "When the answer to a shipment is lost",
		help: "The store cannot be asked what it was told: its order's status is all that can be seen.",
		section: "Shipments",
		optionLabels: { look: "Told, if the order is shipped there since", ask: "A person decides" },
	}),
	notifyCustomer: field(z.boolean().default(true), {
		label: "Let the store mail the customer",
		help: "Asks the store to tell the customer about the shipment.",
		section: "Shipments",
	}),
});
export type StoreSettings = typeof settings;
