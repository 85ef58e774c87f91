/** What is tested between a cart and a warehouse: of each flow what the person does, and what must be seen to happen. */
import { type TestFlow, testFlows } from "@/lib/api/contract/integration-tests";
import { connectorByKey } from "@/lib/connectors";
import type { Connector } from "@/lib/connectors/kit/types";
import type { FlowJobName } from "@/lib/jobs/catalogue";

interface Names {
	source: string;
	destination: string;
	/** What the flow is tested with; empty while nothing was named. */
	subject: string;
}
interface TickPlan {
	key: string;
	title: (names: Names) => string;
	/** The function that brings it about. */
	job: FlowJobName;
}
interface FlowPlan {
	title: string;
	able: (source: NonNullable<Connector["source"]>, destination: NonNullable<Connector["destination"]>) => boolean;
	/** What the person is asked to name; null where another flow's subject is meant. */
	asks: string | null;
	subjectOf: TestFlow;
	todo: (names: Names) => string;
	ticks: readonly [TickPlan, TickPlan];
}

export const plans: Record<TestFlow, FlowPlan> = {
	orders: {
		title: "Orders out",
		able: (source, destination) => Boolean(source.orders && destination.orders),
		asks: "Order number",
		subjectOf: "orders",
		todo: ({ source }) =>
			`Place a test order in ${source}, number it as you like, and enter its number here. It must end up with the status that Order Download loads.`,
		ticks: [
			{ key: "loaded", title: ({ source }) => `Loaded from ${source}`, job: "orders/download" },
			{ key: "arrived", title: ({ destination }) => `Arrived at ${destination}`, job: "orders/deliver" },
		],
	},
	shipments: {
		title: "Shipments back",
		able: (source, destination) => Boolean(source.confirm && destination.shipments),
		asks: null,
		subjectOf: "orders",
		todo: ({ destination, subject }) =>
			subject ? `Ship order ${subject} at ${destination}, with a tracking number.` : "Name the test order above first.",
		ticks: [
			{ key: "shipped", title: ({ destination }) => `${destination} told of the shipment`, job: "shipments/fetch" },
			{ key: "told", title: ({ source }) => `${source} took the tracking`, job: "shipments/upload" },
		],
	},
	stock: {
		title: "Stock",
		able: (source, destination) => Boolean(source.inventory && destination.inventory),
		asks: "SKU at the warehouse",
		subjectOf: "stock",
		todo: ({ destination, subject }) =>
			subject
				? `Change the count of ${subject} at ${destination}.`
				: `Enter the SKU of an item that ${destination} counts. Then change its count there.`,
		ticks: [
			{ key: "changed", title: ({ destination }) => `${destination} told another figure`, job: "inventory/fetch" },
			{ key: "told", title: ({ source }) => `${source} took the figure`, job: "inventory/upload" },
		],
	},
	purchaseOrders: {
		title: "Purchase orders out",
		able: (source, destination) => Boolean(source.purchaseOrders && destination.purchaseOrders),
		asks: "Purchase order number",
		subjectOf: "purchaseOrders",
		todo: ({ source }) => `Make a test purchase order in ${source} for this warehouse, and enter its number here.`,
		ticks: [
			{ key: "loaded", title: ({ source }) => `Loaded from ${source}`, job: "purchase-orders/download" },
			{ key: "arrived", title: ({ destination }) => `Expected at ${destination}`, job: "purchase-orders/deliver" },
		],
	},
	receipts: {
		title: "Receipts back",
		able: (source, destination) => Boolean(source.receipts && destination.receipts),
		asks: null,
		subjectOf: "purchaseOrders",
		todo: ({ destination, subject }) =>
			subject
				? `Receive some of purchase order ${subject} at ${destination}.`
				: "Name the test purchase order above first.",
		ticks: [
			{ key: "received", title: ({ destination }) => `${destination} told of the receipt`, job: "receipts/fetch" },
			{ key: "told", title: ({ source }) => `${source} took the receipt`, job: "receipts/upload" },
		],
	},
};

/** The flows that both systems are capable of. What comes back is tested only with what went out. */
export function flowsOf(sourceKey: string, destinationKey: string): TestFlow[] {
	const source = connectorByKey(sourceKey)?.source;
	const destination = connectorByKey(destinationKey)?.destination;
	if (!source || !destination) return [];
	const able = testFlows.filter((flow) => plans[flow].able(source, destination));
	return able.filter((flow) => able.includes(plans[flow].subjectOf));
}
