/** What must be right before a cart goes live: the two systems, the warehouse's items and stock, the waiting orders. */
import { connectorByKey } from "@/lib/connectors";
import type { Checked } from "../connections/ask-system";
import type { Stock } from "./preview-orders";
import type { End, Gate } from "./read-gate";
import { type LastTest, testedCheck } from "./tested-check";

type Check = Gate["checks"][number];

interface Facts {
	cart: End;
	warehouse: End | null;
	cartAnswer: Checked;
	warehouseAnswer: Checked | null;
	stock: Stock;
	orders: Gate["orders"];
	/** The newest guided test of the two. */
	test: LastTest | null;
}

export function checksOf(facts: Facts): Check[] {
	const { cart, warehouse, cartAnswer, warehouseAnswer } = facts;
	const access = accessCheck("cart-access", cart, cartAnswer);
	if (!warehouse || !warehouseAnswer) return [noWarehouse(cart), access];
	return [
		{
			key: "warehouse",
			state: "ok",
			title: "A warehouse is connected",
			detail: `Orders go to ${warehouse.name}.`,
			fix: null,
		},
		access,
		accessCheck("warehouse-access", warehouse, warehouseAnswer),
		...(connectorByKey(warehouse.connectorKey)?.destination?.inventory ? stockChecks(warehouse, facts) : []),
		...(facts.orders.length > 0 ? [ordersCheck(facts.orders)] : []),
		testedCheck(cart, warehouse, facts.test),
	];
}

function noWarehouse(cart: End): Check {
	return {
		key: "warehouse",
		state: "fix",
		title: "No warehouse is connected",
		detail: "Orders have nowhere to go.",
		fix: { label: "Connect a warehouse", place: `connections/new?merchant=${cart.merchantId}` },
	};
}

function accessCheck(key: "cart-access" | "warehouse-access", end: End, answer: Checked): Check {
	if (answer.ok)
		return { key, state: "ok", title: `${end.name} lets us in`, detail: `Just now, as ${answer.as}.`, fix: null };
	return {
		key,
		state: "fix",
		title: `${end.name} does not let us in`,
		detail: answer.fix,
		fix: { label: "Correct the settings", place: `connections/${end.id}?tab=settings` },
	};
}

function stockChecks(warehouse: End, { stock }: Facts): Check[] {
	if (stock.known === 0)
		return [
			{
				key: "items",
				state: "look",
				title: `${warehouse.name} has named no items yet`,
				detail: stock.readAt
					? "Its stock was read and is empty. Add the products and their starting stock there."
					: "Its stock has not been read. Run its inventory function once, then look here again.",
				fix: { label: "Open its functions", place: `connections/${warehouse.id}` },
			},
		];
	const empty = [...stock.free].filter(([, free]) => free <= 0).map(([sku]) => sku);
	return [
		{
			key: "items",
			state: "ok",
			title: "The warehouse has items",
			detail: `${warehouse.name} names ${stock.known} item ${stock.known === 1 ? "code" : "codes"}.`,
			fix: null,
		},
		empty.length === 0
			? {
					key: "stock",
					state: "ok",
					title: "What waits is in stock",
					detail: "Every item of the waiting orders that the warehouse knows has stock there.",
					fix: null,
				}
			: {
					key: "stock",
					state: "look",
					title: `${empty.length} ${empty.length === 1 ? "item is" : "items are"} out of stock`,
					detail: `${sample(empty)}. Enter the starting stock at the warehouse.`,
					fix: { label: "See the stock", place: "inventory" },
				},
	];
}

function ordersCheck(orders: Gate["orders"]): Check {
	const stopped = orders.filter(({ problem }) => problem !== null);
	if (stopped.length === 0)
		return {
			key: "orders",
			state: "ok",
			title: "Every waiting order can be sent",
			detail: "Each was prepared just as it would be sent: items, ship method, address, number.",
			fix: null,
		};
	return {
		key: "orders",
		state: "look",
		title: `${stopped.length} of ${orders.length} waiting orders would stop`,
		detail: `${sample(stopped.map(({ number }) => number))}. The list says why; correct them, or leave them out.`,
		fix: null,
	};
}

function sample(names: string[]): string {
	return names.length > 3 ? `${names.slice(0, 3).join(", ")} and ${names.length - 3} more` : names.join(", ");
}
