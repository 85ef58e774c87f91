/** The settings every cart shares, and every warehouse shares, as form fields: the same form draws them. */
import { destinationOptions, sourceOptions } from "@/lib/canonical/connection-options";
import type { FormField } from "@/lib/connectors/kit/form";
import { AppError } from "@/lib/errors/app-error";

export type Side = "source" | "destination";

const base = { level: "connection" as const, required: false, secret: false, advanced: false };

export const optionFields: Record<Side, FormField[]> = {
	source: [
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
			name: "partialReceipts",
			label: "When a purchase order arrives in parts",
			help: "Of 100 expected units 60 arrive. Told at once, it is Partially Fulfilled there with 40 in transit. With the first receipt as the last, it is closed short and nothing is in transit.",
			section: "Purchase orders",
			kind: "select",
			options: [
				{ value: "tell_each", label: "Tell the source of each receipt at once" },
				{ value: "wait_for_all", label: "Wait until everything has arrived" },
				{ value: "first_is_final", label: "The first receipt is the last: close the rest short" },
			],
			default: "tell_each",
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
	],
	destination: [
		{
			...base,
			name: "defaultCarrier",
			label: "Default carrier",
			help: "For orders whose own shipping names none.",
			section: "Shipments",
			kind: "text",
			default: "",
		},
		{
			...base,
			name: "defaultService",
			label: "Default service",
			section: "Shipments",
			kind: "text",
			default: "",
		},
	],
};

/** The options as they are stored. Throws `bad-input` that names the fields. */
export function checkOptions(side: Side, given: Record<string, unknown>): Record<string, unknown> {
	const known = optionFields[side];
	const stranger = Object.keys(given).find((name) => !known.some((field) => field.name === name));
	if (stranger) throw new AppError("bad-input", { field: stranger, problem: "is not an option. Leave it out." });
	const cleaned = Object.fromEntries(
		Object.entries(given).flatMap(([name, value]) => {
			const kind = known.find((field) => field.name === name)?.kind;
			if (kind === "date") return [[name, value === "" || value === null ? null : value]];
			if (kind === "number") return value === "" ? [] : [[name, Number(value)]];
			return [[name, value]];
		}),
	);
	const parsed = (side === "source" ? sourceOptions : destinationOptions).safeParse(cleaned);
	if (parsed.success) return parsed.data;
	const fields = Object.fromEntries(
		parsed.error.issues.map((issue) => {
			const name = String(issue.path[0]);
			return [name, `${known.find((field) => field.name === name)?.label ?? name} ${issue.message}.`];
		}),
	);
	throw new AppError("bad-input", firstOf(fields), { fields });
}

/** The facts of the sentence that names the first refused field. */
export function firstOf(fields: Record<string, string>): { field: string; problem: string } {
	const [field = "settings", problem = "cannot be used"] = Object.entries(fields)[0] ?? [];
	return { field, problem };
}
