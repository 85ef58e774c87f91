/**
 * An order's way as people read it: what happened in order of time, who did it, how long it took, and what comes
 * next. Pure: rows in, steps out.
 */
import type { JourneyStep } from "@/lib/api/contract/orders";
import type { OrderStatus } from "@/lib/canonical/status";
import { flowJobs } from "@/lib/jobs/catalogue";
import { type EventRow, eventStep } from "./journey-events";
import { confirmationWords, deliveryWords } from "./journey-words";

export interface AttemptRow {
	deliveryId: string | null;
	confirmationId: string | null;
	cancellationId: string | null;
	number: number;
	startedAt: Date;
	endedAt: Date;
	outcome: string;
	message: string | null;
	exchangeId: string | null;
	runId: string | null;
}

export interface JourneyInput {
	order: {
		status: OrderStatus;
		createdAt: Date;
		placedAt: Date;
		/** The end of the hold window. */
		waitsUntil: Date | null;
		/** It waits for its warehouse, and not for its cart. */
		waitsForOpening?: boolean;
		/** Who holds it, in words; empty where nobody does. */
		heldWords: string;
		/** Why some or all of it waits for stock; null where nothing does. */
		stockWords: string | null;
		dueAt: Date | null;
		held: boolean;
		sendingCanceled: boolean;
		problem: string | null;
		sourceName: string;
		lineCount: number;
		unitCount: number;
	};
	loadedRunId: string | null;
	hasWarehouse: boolean;
	deliveries: {
		id: string;
		state: string;
		connectionName: string;
		part: number;
		key: string;
		externalId: string | null;
		existed: boolean;
		/** A person said that it is there. */
		handBefore: object | null;
		createdAt: Date;
		acceptedAt: Date | null;
		nextTryAt: Date | null;
		problem: string | null;
		runId: string | null;
	}[];
	shipments: {
		id: string;
		createdAt: Date;
		shippedAt: Date;
		carrier: string;
		service: string;
		tracking: string[];
		units: number;
		warehouse: string;
	}[];
	confirmations: {
		id: string;
		state: string;
		createdAt: Date;
		acceptedAt: Date | null;
		nextTryAt: Date | null;
		problem: string | null;
		existed: boolean;
		runId: string | null;
	}[];
	/** Of the newest time that the warehouse canceled it: what the cart is told. */
	cancellation: { id: string; state: string; createdAt: Date; runId: string | null } | null;
	attempts: AttemptRow[];
	events: EventRow[];
}

type Draft = Omit<JourneyStep, "tookMs">;

export function journeyOf(input: JourneyInput): JourneyStep[] {
	const past = [
		loadedStep(input),
		...input.deliveries.flatMap((delivery) => deliverySteps(input, delivery)),
		...input.shipments.map(shipmentStep),
		...input.confirmations.map((confirmation) => confirmationStep(input, confirmation)),
		...(input.cancellation ? tellingSteps(input, input.cancellation) : []),
		...input.events.map(eventStep),
	].sort((a, b) => (a.at ?? "").localeCompare(b.at ?? ""));
	const ahead = aheadStep(input);
	return [...past, ...(ahead ? [ahead] : [])].map((step, index, all) => {
		const before = all[index - 1]?.at;
		return { ...step, tookMs: step.at && before ? Date.parse(step.at) - Date.parse(before) : null };
	});
}

function loadedStep({ order, loadedRunId }: JourneyInput): Draft {
	return {
		...empty,
		id: "loaded",
		kind: "loaded",
		tone: "done",
		title: `Loaded from ${order.sourceName}`,
		detail: `${plural(order.lineCount, "line")}, ${plural(order.unitCount, "unit")}`,
		at: order.createdAt.toISOString(),
		who: flowJobs["orders/download"].title,
		runId: loadedRunId,
	};
}

function deliverySteps(input: JourneyInput, delivery: JourneyInput["deliveries"][number]): Draft[] {
	const attempts = attemptsOf(input, (attempt) => attempt.deliveryId === delivery.id);
	const prepared: Draft = {
		...empty,
		id: `${delivery.id}:prepared`,
		kind: "prepared",
		tone: "done",
		title: `${partWords(input, delivery)}Prepared for ${delivery.connectionName}`,
		detail: `Number at the warehouse: ${delivery.key}`,
		at: delivery.createdAt.toISOString(),
		who: flowJobs["orders/deliver"].title,
		runId: delivery.runId,
	};
	const last = attempts.at(-1);
	if (delivery.handBefore && attempts.length === 0) return [];
	const words = deliveryWords[delivery.state] ?? { tone: "look" as const, title: `${delivery.state} at` };
	return [
		prepared,
		{
			...empty,
			id: delivery.id,
			kind: "delivery",
			tone: words.tone,
			title: `${partWords(input, delivery)}${words.title} ${delivery.connectionName}`,
			detail: delivery.problem ?? acceptedWords(delivery),
			at: (delivery.acceptedAt ?? (last ? new Date(last.startedAt) : delivery.createdAt)).toISOString(),
			who: flowJobs["orders/deliver"].title,
			runId: delivery.runId,
			nextTryAt: delivery.state === "accepted" ? null : (input.order.dueAt?.toISOString() ?? null),
			attempts,
		},
	];
}

function partWords({ deliveries }: JourneyInput, { part }: { part: number }): string {
	return deliveries.length > 1 ? `Part ${part}: ` : "";
}

function acceptedWords({ existed, externalId }: { existed: boolean; externalId: string | null }): string {
	if (!externalId) return "";
	return existed ? `It had the order already, as ${externalId}.` : `Its number for the order is ${externalId}.`;
}

function shipmentStep(shipment: JourneyInput["shipments"][number]): Draft {
	const by = [shipment.carrier, shipment.service].filter(Boolean).join(" ");
	return {
		...empty,
		id: shipment.id,
		kind: "shipment",
		tone: "done",
		title: `${plural(shipment.units, "unit")} shipped${by && ` by ${by}`}`,
		detail: shipment.tracking.length > 0 ? `Tracking ${shipment.tracking.join(", ")}` : "Without a tracking number",
		at: shipment.createdAt.toISOString(),
		who: flowJobs["shipments/fetch"].title,
	};
}

function confirmationStep(input: JourneyInput, confirmation: JourneyInput["confirmations"][number]): Draft {
	const attempts = attemptsOf(input, (attempt) => attempt.confirmationId === confirmation.id);
	const words = confirmationWords[confirmation.state] ?? { tone: "look" as const, title: "Tracking for" };
	const last = attempts.at(-1);
	return {
		...empty,
		id: confirmation.id,
		kind: "confirmation",
		tone: words.tone,
		title: `${words.title} ${input.order.sourceName}`,
		detail: confirmation.problem ?? (confirmation.existed ? "It knew the shipment already." : ""),
		at: (confirmation.acceptedAt ?? (last ? new Date(last.startedAt) : confirmation.createdAt)).toISOString(),
		who: flowJobs["shipments/upload"].title,
		runId: confirmation.runId,
		nextTryAt: confirmation.nextTryAt?.toISOString() ?? null,
		attempts,
	};
}

/** The tries to cancel it in the cart; how they ended is an event of its own. */
function tellingSteps(input: JourneyInput, cancellation: NonNullable<JourneyInput["cancellation"]>): Draft[] {
	const attempts = attemptsOf(input, (attempt) => attempt.cancellationId === cancellation.id);
	const [first] = attempts;
	if (!first) return [];
	const waits = ["intended", "sending", "unknown"].includes(cancellation.state);
	return [
		{
			...empty,
			id: cancellation.id,
			kind: "confirmation",
			tone: waits ? "moving" : "done",
			title: `${input.order.sourceName} is asked to cancel it`,
			detail: waits ? "It has not answered yet." : "",
			at: String(first.startedAt),
			who: flowJobs["cancels/upload"].title,
			runId: cancellation.runId,
			attempts,
		},
	];
}

function attemptsOf(input: JourneyInput, mine: (attempt: AttemptRow) => boolean): JourneyStep["attempts"] {
	return input.attempts.filter(mine).map(({ startedAt, endedAt, number, outcome, message, exchangeId, runId }) => ({
		number,
		outcome,
		message,
		exchangeId,
		runId,
		startedAt: startedAt.toISOString(),
		durationMs: endedAt.getTime() - startedAt.getTime(),
	}));
}

/** What the order waits for now, if for anything. */
function aheadStep(input: JourneyInput): Draft | null {
	const { order } = input;
	const step = (title: string, detail: string, tone: JourneyStep["tone"] = "waiting"): Draft => ({
		...empty,
		id: "ahead",
		kind: "ahead",
		tone,
		title,
		detail,
	});
	if (order.status === "error") return step("Stopped", order.problem ?? "", "person");
	if (order.status === "new") {
		if (order.sendingCanceled) return step("Sending is canceled", "Enable sending to let it go on.", "look");
		if (order.held) return step("Held", order.heldWords, "look");
		if (!input.hasWarehouse) return step("Waits for a warehouse", "Connect a warehouse for this merchant.", "look");
		if (order.waitsUntil && order.waitsUntil > new Date())
			return {
				...(order.waitsForOpening
					? step("Waits for the warehouse to open", "It was ready after the cut-off. Send now sends it at once.")
					: step("Waits for changes in the cart", "The hold window of its cart. Send now ends it.")),
				nextTryAt: order.waitsUntil.toISOString(),
				nextTryWords: "Goes out",
			};
		if (order.stockWords !== null && !order.dueAt) return step("Waits for stock", order.stockWords);
		return {
			...step("Goes to the warehouse next", order.problem ?? ""),
			nextTryAt: order.dueAt?.toISOString() ?? null,
		};
	}
	if (order.status === "at_wms" && order.stockWords !== null) {
		if (order.sendingCanceled) return step("The rest is not sent", "Enable sending to let it go on.", "look");
		if (order.held) return step("The rest is held", order.heldWords, "look");
		return step("The rest waits for stock", order.stockWords);
	}
	if (order.status === "at_wms") return step("Waits for the warehouse to ship", "");
	if (order.status === "shipped" && !input.confirmations.some(({ state }) => state !== "accepted"))
		return step("Tracking goes to the cart next", "");
	return null;
}

export const empty = { runId: null, nextTryAt: null, attempts: [], notes: [], at: null, who: "" };

function plural(count: number, noun: string): string {
	return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
