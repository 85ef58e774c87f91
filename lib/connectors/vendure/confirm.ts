import type { z } from "zod";
import type { ConfirmationMessage } from "@/lib/canonical/shipment";
import { ConnectorError } from "../kit/fault";
import { short } from "../kit/faults";
import type { Context, Creator, Write, Written } from "../kit/types";
import { type Fulfillment, fulfillAnswer, type fulfillmentResult, orderFulfillments, transitionAnswer } from "./api";
import { call } from "./calls";
import type { VendureSettings } from "./settings";

/**
 * Vendure has no key for a repeated write, so our own earlier fulfilment is recognised by what it says: the same
 * tracking codes and the same quantities of the same lines. One that was left Pending by a lost answer is shipped.
 * One that names the wrong carrier is canceled and made anew.
 */
export const confirm: Creator<VendureSettings, ConfirmationMessage> & { takes: "one-per-package"; lines: true } = {
	takes: "one-per-package",
	lines: true,
	find: (context, _key, value) => findOurs(context, value),
	create,
	correct: async (context, write) => {
		const ours = await findFulfillment(context, write.value);
		// A delivered one has said all it had to say.
		if (ours && ours.state !== "Delivered" && ours.method !== methodOf(write.value)) await cancel(context, ours.id);
		return create(context, { ...write, attempt: write.attempt + 1 });
	},
};

async function create(context: Context<VendureSettings>, write: Write<ConfirmationMessage>): Promise<Written> {
	// A second fulfilment of the same units is refused only when none are left of the line: a later try looks first.
	const known = write.attempt > 1 ? await findOurs(context, write.value) : null;
	if (known) return known;
	const { result, exchangeId } = await fulfill(context, write);
	if (result.id) {
		await ship(context, result.id);
		return { externalId: result.id, existed: false, exchangeId };
	}
	const earlier = result.errorCode === alreadyFulfilled ? await findOurs(context, write.value) : null;
	if (earlier) return earlier;
	throw refused(result, exchangeId);
}

const alreadyFulfilled = "ITEMS_ALREADY_FULFILLED_ERROR";

async function findOurs(context: Context<VendureSettings>, value: ConfirmationMessage): Promise<Written | null> {
	const ours = await findFulfillment(context, value);
	if (!ours) return null;
	if (ours.state === "Pending") await ship(context, ours.id);
	return { externalId: ours.id, existed: true, exchangeId: ours.exchangeId };
}

async function findFulfillment(context: Context<VendureSettings>, value: ConfirmationMessage) {
	const { data, exchangeId } = await call(context, {
		name: "fulfillments",
		data: orderFulfillments,
		repeatable: true,
		variables: { id: value.orderSourceId },
	});
	const ours = (data.order?.fulfillments ?? []).find(
		(candidate) => candidate.state !== "Cancelled" && isSame(candidate, value),
	);
	return ours ? { ...ours, exchangeId } : null;
}

async function fulfill(context: Context<VendureSettings>, { value }: Write<ConfirmationMessage>) {
	const { data, exchangeId } = await call(context, {
		name: "fulfill",
		data: fulfillAnswer,
		repeatable: false,
		variables: {
			input: {
				lines: value.lines.map((line) => ({ orderLineId: line.lineId, quantity: line.quantity })),
				handler: {
					code: context.settings.fulfillmentHandler,
					arguments: [
						{ name: "method", value: methodOf(value) },
						{ name: "trackingCode", value: trackingOf(value) },
					],
				},
			},
		},
	});
	return { result: data.addFulfillmentToOrder, exchangeId };
}

/** Its units are free to be fulfilled again. What it says cannot be changed otherwise. */
async function cancel(context: Context<VendureSettings>, id: string): Promise<void> {
	const { data, exchangeId } = await call(context, {
		name: "transition",
		data: transitionAnswer,
		repeatable: true,
		variables: { id, state: "Cancelled" },
	});
	const result = data.transitionFulfillmentToState;
	if (!result.id && result.fromState !== "Cancelled") throw refused(result, exchangeId);
}

/** A fulfilment is made Pending and ships only by this step. One that has left already cannot leave again: done. */
async function ship(context: Context<VendureSettings>, id: string): Promise<void> {
	try {
		const { data, exchangeId } = await call(context, {
			name: "transition",
			data: transitionAnswer,
			repeatable: true,
			variables: { id, state: "Shipped" },
		});
		const result = data.transitionFulfillmentToState;
		const isGone = result.fromState === "Shipped" || result.fromState === "Delivered";
		if (!result.id && !isGone) throw refused(result, exchangeId);
	} catch (error) {
		if (!(error instanceof ConnectorError) || error.fault.kind === "permanent") throw error;
		// The fulfilment itself exists by now: whatever stopped this step, also a 429, the next try must look.
		throw new ConnectorError({ kind: "transient", sent: true }, error.message, {
			exchangeId: error.exchangeId,
			cause: error,
		});
	}
}

function refused(result: z.output<typeof fulfillmentResult>, exchangeId: string): ConnectorError {
	const code = result.errorCode ?? result.__typename;
	return new ConnectorError(
		{ kind: "permanent", code },
		`Vendure refused the shipment: ${reasonOf(result, code)}. Compare it with the order.`,
		{ exchangeId },
	);
}

function reasonOf({ message = "", fulfillmentHandlerError }: z.output<typeof fulfillmentResult>, code: string): string {
	if (code === alreadyFulfilled) return "fewer units of a line are left to ship than it holds";
	if (code === "INVALID_FULFILLMENT_HANDLER_ERROR") return "it has no fulfilment handler with the code in our settings";
	if (fulfillmentHandlerError) return short(fulfillmentHandlerError);
	// Vendure answers with a key of its dictionary where it has no sentence (seen on 3.7).
	const said = message.startsWith("errorResult.") ? "" : message;
	return short(said || code.toLowerCase().replaceAll("_", " "));
}

function methodOf(value: ConfirmationMessage): string {
	return [value.carrier, value.service].filter(Boolean).join(" ") || "Shipped";
}

function trackingOf(value: ConfirmationMessage): string {
	return value.trackingNumbers.join(", ");
}

function isSame(fulfillment: Fulfillment, value: ConfirmationMessage): boolean {
	if (fulfillment.trackingCode !== trackingOf(value) || fulfillment.lines.length !== value.lines.length) return false;
	return value.lines.every((line) =>
		fulfillment.lines.some((other) => other.orderLineId === line.lineId && other.quantity === line.quantity),
	);
}
