/**
 * What the rows of this test's two connections show, flow by flow. Each query names account, merchant, both connections
 * and the subject, and takes nothing that happened before the test began: another order is no evidence of this one.
 */
import type { TestFlow } from "@/lib/api/contract/integration-tests";
import type { Transaction } from "@/lib/db/transact";
import { readInbound, readReceipts } from "./inbound-evidence";
import { readOrder, readShipments } from "./order-evidence";
import { type Step, type Steps, stepOf, type Ticks } from "./steps";
import { readStockChange } from "./stock-evidence";

export interface TestRow {
	id: string;
	accountId: string;
	merchantId: string;
	sourceId: string;
	destinationId: string;
	state: "running" | "passed" | "ended";
	flows: TestFlow[];
	steps: unknown;
	startedAt: Date;
	startedByName: string;
	endedAt: Date | null;
}

/** What is in the way of the next tick, where it is more than waiting for a function. */
export interface Hint {
	sentence: string;
	action: "name" | "send-order" | "look" | null;
	place: string | null;
}
export interface Seen {
	ticks: Ticks;
	hint: Hint | null;
	/** The order or purchase order that was named, unless the warehouse had it before the test began: that one was in earnest. */
	thingId?: string;
}
export type Look = (tx: Transaction, test: TestRow, step: Step) => Promise<Seen>;

export const nothing: Seen = { ticks: {}, hint: null };

const looks: Record<TestFlow, Look> = {
	orders: readOrder,
	shipments: readShipments,
	stock: readStockChange,
	purchaseOrders: readInbound,
	receipts: readReceipts,
};

/** What comes back is looked for under the subject of what went out. */
export async function seenOf(tx: Transaction, test: TestRow, steps: Steps, flow: TestFlow): Promise<Seen> {
	const of = flow === "shipments" ? "orders" : flow === "receipts" ? "purchaseOrders" : flow;
	const step = stepOf(steps, of);
	return step.subject === "" ? nothing : looks[flow](tx, test, step);
}
