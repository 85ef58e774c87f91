/** What this connector's tests share. */
import { expect } from "vitest";
import type { ConfirmationMessage } from "@/lib/canonical/shipment";
import { createContext } from "../kit/context";
import { ConnectorError } from "../kit/fault";
import { memoryRecorder } from "../kit/record";
import { memoryTokenStore } from "../kit/token";
import { vendure } from "./index";
import type { VendureSandbox } from "./sandbox";
import type { ShopOrder } from "./sandbox/store";

const { orders, cancellations, confirm, inventory } = vendure.source ?? {};
if (!orders || !cancellations || !confirm || !inventory) throw new Error("a capability is missing");
export const source = { orders, cancellations, confirm, inventory };

let keys = 0;

/** A context on a sandbox, with the settings that work but for `changes`. */
export function openOn(sandbox: VendureSandbox, changes: Record<string, unknown> = {}, answerMs = 60_000) {
	return createContext({
		connector: vendure,
		settings: { ...sandbox.settings, ...changes },
		key: `test-${++keys}`,
		recorder: memoryRecorder(),
		tokens: memoryTokenStore(),
		signal: new AbortController().signal,
		log: { info: () => {}, warn: () => {} },
		timeouts: { answerMs },
	});
}

export function message(
	order: ShopOrder,
	trackingNumber: string,
	lines: { line: number; quantity: number }[],
): ConfirmationMessage {
	return {
		orderSourceId: order.id,
		carrier: "UPS",
		service: "Ground",
		trackingNumbers: [trackingNumber],
		shippedAt: new Date(),
		lines: lines.map(({ line, quantity }) => ({
			lineId: order.lines[line]?.id ?? "",
			sku: order.lines[line]?.sku ?? "",
			quantity,
		})),
	};
}

export const write = (value: ConfirmationMessage) => ({
	key: `${value.orderSourceId}/${value.trackingNumbers[0]}`,
	value,
	attempt: 1,
});

/** The fault of work that must fail. */
export async function faultOf(work: Promise<unknown>) {
	const error = await work.then(
		() => null,
		(reason) => reason,
	);
	if (!(error instanceof ConnectorError)) throw new Error(`expected a ConnectorError, got ${error}`);
	expect(error.message.length).toBeLessThan(160);
	return error.fault;
}
