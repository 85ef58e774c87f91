/** What the tests of Order Manager as a destination share. */

import type { AnyReader } from "../kit/conform/bench";
import { createContext } from "../kit/context";
import { ConnectorError } from "../kit/fault";
import { memoryRecorder } from "../kit/record";
import { memoryTokenStore } from "../kit/token";
import { extensivOm } from "./index";
import type { OmSandbox } from "./sandbox";

const { orders, cancel, shipments, inventory, products, locations } = extensivOm.destination ?? {};
if (!orders || !cancel || !shipments || !inventory || !products || !locations)
	throw new Error("a capability is missing");
export const destination = { orders, cancel, shipments, inventory, products, locations };

let keys = 0;
/** A context on the sandbox, with settings as a destination needs them. */
export function openOm(om: OmSandbox, more: Record<string, unknown> = {}) {
	return createContext({
		connector: { ...extensivOm, limits: { requests: 1000, perSeconds: 1, concurrent: 8 } },
		settings: { ...om.settings, warehouseName: "", salesChannel: "Hub shop", ...more },
		key: `om-destination-${++keys}`,
		recorder: memoryRecorder(),
		tokens: memoryTokenStore(),
		signal: new AbortController().signal,
		log: { info: () => {}, warn: () => {} },
		now: om.store.now,
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
	om: OmSandbox,
	what: "shipments" | "inventory" | "products",
	more: Record<string, unknown> = {},
): Promise<Record<string, unknown>[]> {
	const found: Record<string, unknown>[] = [];
	const reader = destination[what] as AnyReader;
	for await (const page of reader.read(openOm(om, more), { cursor: null }))
		for (const record of page.records) {
			if (!record.ok) throw new Error(record.problem);
			found.push(record.value as Record<string, unknown>);
		}
	return found;
}
