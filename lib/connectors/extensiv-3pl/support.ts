/** What the tests of this connector share: contexts on a sandbox, and an order to send. */
import { expect } from "vitest";
import type { DeliverableOrder } from "@/lib/canonical/deliverable-order";
import { createContext } from "../kit/context";
import { ConnectorError, type Fault } from "../kit/fault";
import { memoryRecorder } from "../kit/record";
import { memoryTokenStore } from "../kit/token";
import { extensiv3pl } from "./index";

export const recorder = memoryRecorder();
let keys = 0;

export function open(settings: Record<string, unknown>, answerMs = 60_000) {
	return createContext({
		connector: extensiv3pl,
		settings,
		key: `test-${++keys}`,
		recorder,
		tokens: memoryTokenStore(),
		signal: new AbortController().signal,
		log: { info: () => {}, warn: () => {} },
		timeouts: { answerMs, retryMs: 1 },
	});
}

export function order(
	number: string,
	lines: DeliverableOrder["lines"] = [
		{ lineId: "l1", sku: "TEE", quantity: 2 },
		{ lineId: "l2", sku: "MUG", quantity: 1 },
	],
): DeliverableOrder {
	return {
		number,
		sourceNumber: number,
		orderSource: "Shop",
		shipTo: {
			name: "Ann Example",
			company: "",
			line1: "1 Main St",
			line2: "",
			city: "Reno",
			region: "NV",
			postalCode: "89501",
			country: "US",
			phone: "7755550101",
			email: "ann@example.test",
		},
		shipMethod: { carrier: "UPS", service: "Ground" },
		lines,
		note: "",
		giftMessage: "",
	};
}

export const write = (value: DeliverableOrder) => ({ key: value.number, value, attempt: 1 });
export const oneTee = [{ lineId: "l", sku: "TEE", quantity: 1 }];

/** The fault of work that must fail, with a message fit for people. */
export async function faultOf(work: Promise<unknown>): Promise<Fault> {
	const error: unknown = await work.then(
		() => null,
		(reason) => reason,
	);
	if (!(error instanceof ConnectorError)) throw new Error("a ConnectorError was expected", { cause: error });
	expect(error.message.length).toBeLessThan(160);
	expect(error.message).not.toMatch(/[<>]/);
	return error.fault;
}

/** A capability the connector promises. */
export function promised<T>(capability: T | undefined): T {
	if (capability === undefined) throw new Error("a capability is missing");
	return capability;
}
