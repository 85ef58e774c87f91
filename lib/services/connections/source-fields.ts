/** The settings that every cart shares, as form fields. */
import type { FormField } from "@/lib/connectors/kit/form";

const base = { level: "connection" as const, required: false, secret: false, advanced: false };

export const sourceFields: FormField[] = [
	{
		...base,
		name: "earliestOrderDate",
		label: "Earliest order date",
		help: "Orders placed before it stay in the cart. Empty: orders that change from now on are loaded.",
		section: "Orders",
		kind: "date",
	},
	{
		...base,
		name: "orderSource",
		label: "Order source",
		help: "Text the warehouse sees as where the order comes from.",
		section: "Orders",
		kind: "text",
		default: "",
	},
	{
		...base,
		name: "holdMinutes",
		label: "Hold window, in minutes",
		help: "An order waits this long after it was loaded; what the shopper changes meanwhile replaces it. 0: it goes out at once. Orders that wait already keep their time.",
		section: "Orders",
		kind: "number",
		default: 0,
	},
	{
		...base,
		name: "sendCancellations",
		label: "Ask the warehouse to cancel what was canceled in the cart",
		section: "Orders",
		kind: "switch",
		default: true,
	},
	{
		...base,
		name: "uploadCancellations",
		label: "Cancel in the cart what the warehouse canceled",
		help: "Off, or where the cart takes no cancellations: you get an alert for each such order.",
		section: "Orders",
		kind: "switch",
		default: true,
	},
	{
		...base,
		name: "splitShipments",
		label: "When an order ships in parts",
		section: "Shipments",
		kind: "select",
		options: [
			{ value: "send_each", label: "Tell the cart of each shipment at once" },
			{ value: "wait_for_all", label: "Wait until everything has shipped" },
		],
		default: "send_each",
	},
	{
		...base,
		name: "inventoryLocation",
		label: "Warehouse location whose stock counts",
		help: "Its code at the warehouse. Empty: all locations.",
		section: "Inventory",
		kind: "text",
		advanced: true,
		default: "",
	},
	{
		...base,
		name: "minimumInventoryLevel",
		label: "Minimum inventory level",
		help: "Below this many units the cart is told 0.",
		section: "Inventory",
		kind: "number",
		default: 0,
	},
];
