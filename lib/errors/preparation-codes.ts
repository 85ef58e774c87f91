/** Codes of orders that a step of their preparation stops. */
import type { ErrorCodeInfo } from "./code-info";

export const preparationCodes = {
	"missing-sku": {
		status: 422,
		sentence: "Order {number} has a line without an item code.",
		meaning: "A warehouse cannot pack what has no code.",
		action: "Give the product a SKU in the cart, then pull the order again.",
		fix: "order",
	},
	"unmapped-ship-method": {
		status: 422,
		sentence: 'Orders of {connection} wait: its ship method "{method}" is not mapped.',
		meaning: "Nothing was sent for them. Saving the mapping lets them go out by itself.",
		action: "Map the ship method",
		fix: "mappings",
	},
	"unknown-sku": {
		status: 422,
		sentence: "Item code {sku} is unknown at {system}.",
		meaning: "Orders with it wait. They go out by themselves once somebody says what the warehouse calls it.",
		action: "Map the item code",
		fix: "mappings",
	},
	"all-filtered": {
		status: 422,
		sentence: "The Item Filters of {connection} keep back every line of order {number}.",
		meaning: "Nothing of it would be sent. It goes out by itself when the filter lets a line of it through.",
		action: "Change the filter, or cancel sending.",
		fix: "order",
	},
} as const satisfies Record<string, ErrorCodeInfo>;
