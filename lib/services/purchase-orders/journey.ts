/** A purchase order's way as people read it, oldest first: loaded, announced, received, told. Pure: rows in, steps out. */
import type { z } from "zod";
import type { journeyStep } from "@/lib/api/contract/orders";
import { isExpecting } from "@/lib/canonical/purchase-order";
import type { InboundEventKind } from "@/lib/flow/inbound/events";
import { flowJobs } from "@/lib/jobs/catalogue";
import type { PurchaseOrderSummary } from "./purchase-order-row";

type Step = z.input<typeof journeyStep>;
interface WriteRow {
	id: string;
	connectionName: string;
	state: string;
	createdAt: Date;
	acceptedAt: Date | null;
	nextTryAt: Date | null;
	problem: string | null;
	existed: boolean;
	runId: string | null;
}
export interface JourneyRows {
	deliveries: (WriteRow & { connectionId: string; key: string; externalId: string | null })[];
	receipts: {
		id: string;
		externalId: string;
		createdAt: Date;
		receivedAt: Date;
		overReceived: boolean;
		connectionName: string;
		units: number;
	}[];
	uploads: (WriteRow & { sku: string; quantity: number })[];
	attempts: {
		deliveryId: string | null;
		uploadId: string | null;
		number: number;
		startedAt: Date;
		endedAt: Date;
		outcome: string;
		message: string | null;
		exchangeId: string | null;
		runId: string | null;
	}[];
	events: { id: string; at: Date; kind: string; actorType: string; facts: unknown; runId: string | null }[];
}

const plain = { tookMs: null, nextTryAt: null, runId: null, attempts: [], notes: [], detail: "", who: "" };

export function purchaseOrderJourney(order: PurchaseOrderSummary, rows: JourneyRows): Step[] {
	const loaded: Step = {
		...{
			...plain,
			id: "loaded",
			kind: "loaded",
			tone: "done",
			title: `Loaded from ${order.source.name}`,
			at: order.createdAt,
		},
		...{
			detail: `${order.units.expected} units on ${order.lineCount} ${order.lineCount === 1 ? "line" : "lines"}`,
			who: flowJobs["purchase-orders/download"].title,
		},
	};
	const steps = [
		...rows.deliveries.map((row) => deliveryStep(row, rows)),
		...rows.receipts.map(receiptStep),
		...rows.uploads.map((row) => uploadStep(row, rows)),
		...rows.events.map(eventStep),
	].sort((a, b) => timeOf(a) - timeOf(b));
	return [loaded, ...steps, ...ahead(order, rows)];
}

function timeOf({ at }: Step): number {
	return at ? new Date(at).getTime() : 0;
}

function deliveryStep(row: JourneyRows["deliveries"][number], rows: JourneyRows): Step {
	const there = row.state === "accepted";
	return {
		...written(row, rows, "deliveryId"),
		kind: "delivery",
		title: there ? `Announced to ${row.connectionName}` : `On its way to ${row.connectionName}`,
		detail: row.problem ?? (there ? `as ${row.key}${row.existed ? "; it was there already" : ""}` : ""),
		who: flowJobs["purchase-orders/deliver"].title,
	};
}

function receiptStep(row: JourneyRows["receipts"][number]): Step {
	return {
		...{ ...plain, id: row.id, kind: "receipt", tone: row.overReceived ? "look" : "done", at: row.receivedAt },
		title: `${row.units} ${row.units === 1 ? "unit" : "units"} received at ${row.connectionName}`,
		detail: `receipt ${row.externalId}`,
		who: flowJobs["receipts/fetch"].title,
	};
}

function uploadStep(row: JourneyRows["uploads"][number], rows: JourneyRows): Step {
	const told = row.state === "accepted";
	const waits = row.state === "intended" && !row.nextTryAt && !row.problem;
	return {
		...written(row, rows, "uploadId"),
		kind: "confirmation",
		title: told
			? `${row.connectionName} was told`
			: waits
				? `${row.connectionName} is told later`
				: `${row.connectionName} is told next`,
		detail: row.problem ?? `${row.quantity} of ${row.sku}${waits ? ", with the last receipt" : ""}`,
		who: flowJobs["receipts/upload"].title,
	};
}

function written(row: WriteRow, rows: JourneyRows, of: "deliveryId" | "uploadId") {
	const isStopped = row.problem !== null && row.nextTryAt === null;
	const tone: Step["tone"] = row.state === "accepted" ? "done" : isStopped ? "person" : row.problem ? "look" : "moving";
	return {
		...plain,
		...{ id: row.id, tone, at: row.acceptedAt ?? row.createdAt, runId: row.runId },
		nextTryAt: row.state === "accepted" || !row.problem ? null : row.nextTryAt,
		attempts: rows.attempts
			.filter((one) => one[of] === row.id)
			.map(({ number, startedAt, endedAt, outcome, message, exchangeId, runId }) => ({
				...{ number, startedAt, outcome, message, exchangeId, runId },
				durationMs: Math.max(0, endedAt.getTime() - startedAt.getTime()),
			})),
	} as const;
}

const eventWords: Record<InboundEventKind, string> = {
	"state-changed": "Its state changed at the source",
	"references-told": "The warehouse was told its references",
	"changed-after-sending": "Changed at the source after the warehouse had it",
	"receipt-lowered": "The warehouse took units of a receipt back",
	resent: "Sent again by hand",
	"receipts-resent": "Receipts told again by hand",
	"sending-canceled": "Sending canceled",
	"sending-enabled": "Sending enabled",
	"dealt-with": "Marked as dealt with",
};

function eventStep(row: JourneyRows["events"][number]): Step {
	const facts = (row.facts ?? {}) as Record<string, string | number>;
	const words = facts.note ?? (facts.to ? String(facts.to).replaceAll("_", " ") : undefined);
	const looks = row.kind === "changed-after-sending" || row.kind === "receipt-lowered";
	return {
		...{ ...plain, id: row.id, kind: "event", tone: looks ? "look" : "done", at: row.at, runId: row.runId },
		title: (eventWords as Record<string, string>)[row.kind] ?? row.kind,
		detail: String(words ?? (facts.units ? `${facts.units} units of receipt ${facts.receipt}` : "")),
		who: String(facts.by ?? ""),
	};
}

function ahead(order: PurchaseOrderSummary, rows: JourneyRows): Step[] {
	if (!isExpecting(order.state)) return [];
	const step = { ...plain, kind: "ahead" as const, tone: "waiting" as const, at: null };
	if (order.sending === "canceled")
		return [{ ...step, id: "ahead", title: "It is not sent", detail: "Sending was canceled. Enable it to go on." }];
	if (rows.deliveries.length === 0)
		return [
			{
				...step,
				id: "ahead",
				title: "The warehouse is told",
				detail: "By a warehouse connection that takes purchase orders.",
			},
		];
	const { inTransit } = order.units;
	return [
		{ ...step, id: "ahead", title: `${inTransit} ${inTransit === 1 ? "unit" : "units"} still to arrive`, detail: "" },
	];
}
