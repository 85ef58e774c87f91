/** What the tests of this connector share. */
import type { AnyReader } from "../kit/conform/bench";
import { createContext } from "../kit/context";
import { ConnectorError } from "../kit/fault";
import { memoryRecorder } from "../kit/record";
import { memoryTokenStore } from "../kit/token";
import { deposco } from "./index";
import type { DeposcoSandbox } from "./sandbox";

const { orders, cancel, purchaseOrders, shipments, receipts, inventory, locations } = deposco.destination ?? {};
if (!orders || !cancel || !purchaseOrders || !shipments || !receipts || !inventory || !locations)
	throw new Error("a capability is missing");
export const destination = { orders, cancel, purchaseOrders, shipments, receipts, inventory, locations };

let keys = 0;
export function openDeposco(wms: DeposcoSandbox, generation: "legacy" | "latest", more: Record<string, unknown> = {}) {
	return createContext({
		connector: { ...deposco, limits: { requests: 1000, perSeconds: 1, concurrent: 8 } },
		settings: { ...wms[generation], ...more },
		key: `deposco-${++keys}`,
		recorder: memoryRecorder(),
		tokens: memoryTokenStore(),
		signal: new AbortController().signal,
		log: { info: () => {}, warn: () => {} },
		timeouts: { retryMs: 1 },
	});
}

export async function faultOf(work: Promise<unknown>) {
	const error = await work.then(
		() => null,
		(reason) => reason,
	);
	if (!(error instanceof ConnectorError)) throw new Error(`expected a ConnectorError, got ${error}`);
	return error.fault;
}

/** Everything that a reader tells; a record that is not readable fails with its problem. */
export async function readFrom(
	wms: DeposcoSandbox,
	what: "shipments" | "receipts" | "inventory",
	{ generation, from, ...more }: { generation: "legacy" | "latest"; from?: Date } & Record<string, unknown>,
): Promise<Record<string, unknown>[]> {
	const found: Record<string, unknown>[] = [];
	const reader = destination[what] as AnyReader;
	const context = openDeposco(wms, generation, more);
	for await (const page of reader.read(context, { cursor: null, ...(from && { from }) }))
		for (const record of page.records) {
			if (!record.ok) throw new Error(record.problem);
			found.push(record.value as Record<string, unknown>);
		}
	return found;
}
