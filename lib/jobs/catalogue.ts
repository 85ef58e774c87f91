import { z } from "zod";
import { job } from "./job";

/** Why a run started. */
export const triggers = ["schedule", "automatic", "person", "retry", "hint"] as const;
export type Trigger = (typeof triggers)[number];

/** What every flow job carries: ids only; the row decides the rest. */
export const flowPayload = z.object({
	accountId: z.string(),
	merchantId: z.string(),
	flowId: z.string(),
	trigger: z.enum(triggers),
	actorId: z.string().optional(),
	/** Order Download and Order Cancel Download only: this one order of the source, whatever the cursor says. */
	only: z.string().optional(),
});
export type FlowPayload = z.output<typeof flowPayload>;

/** The functions of Integration Manager, by the names people know, on the side of the connection they belong to. */
export const flowJobs = {
	"orders/download": { title: "Order Download", side: "source", fastestMinutes: 5, automatic: false },
	"orders/cancel": { title: "Order Cancel Download", side: "source", fastestMinutes: 5, automatic: false },
	"shipments/upload": { title: "Shipment Upload", side: "source", fastestMinutes: 15, automatic: true },
	"inventory/upload": { title: "Inventory Upload", side: "source", fastestMinutes: 60, automatic: true },
	"cancels/upload": { title: "Order Cancel Upload", side: "source", fastestMinutes: 15, automatic: true },
	"orders/deliver": { title: "Order Delivery", side: "destination", fastestMinutes: 5, automatic: true },
	"shipments/fetch": { title: "Shipping Confirmations", side: "destination", fastestMinutes: 15, automatic: false },
	"cancels/fetch": { title: "Order Cancel Pickup", side: "destination", fastestMinutes: 15, automatic: false },
	"inventory/fetch": { title: "Inventory", side: "destination", fastestMinutes: 60, automatic: false },
	"products/fetch": {
		title: "Product Detail Pickup",
		side: "destination",
		fastestMinutes: 60,
		usualMinutes: 1440,
		automatic: false,
	},
	"products/export": {
		title: "Product Upload",
		side: "destination",
		fastestMinutes: 60,
		automatic: false,
		byHand: true,
	},
	"purchase-orders/download": {
		title: "Purchase Order Download",
		side: "source",
		fastestMinutes: 5,
		usualMinutes: 10,
		automatic: false,
	},
	"purchase-orders/deliver": { title: "Purchase Order Send", side: "destination", fastestMinutes: 5, automatic: true },
	"receipts/fetch": { title: "Receipt Pickup", side: "destination", fastestMinutes: 15, automatic: false },
	"receipts/upload": { title: "Receipt Upload", side: "source", fastestMinutes: 15, automatic: true },
	"orders/reconcile": { title: "Reconciliation", side: "source", fastestMinutes: 60, automatic: false },
	"warehouse/reconcile": { title: "Reconciliation", side: "destination", fastestMinutes: 60, automatic: false },
} as const satisfies Record<string, FlowJob>;
export type FlowJobName = keyof typeof flowJobs;

interface FlowJob {
	title: string;
	side: "source" | "destination";
	/** The shortest interval a person may choose, in minutes. */
	fastestMinutes: number;
	/** What a new connection begins with where that is not every 15 minutes, or as often as it may. */
	usualMinutes?: number;
	/** Whether "Automatic" is offered: run as soon as an earlier stage changed data. */
	automatic: boolean;
	/** A new connection begins without a schedule for it: a person starts it. */
	byHand?: true;
}

export const flowJobNames = Object.keys(flowJobs).filter(isFlowJob);

/** The functions that compare; they move nothing, so they never run only because something else went on. */
export const reconcileJobs: FlowJobName[] = ["orders/reconcile", "warehouse/reconcile"];

export function isFlowJob(name: string): name is FlowJobName {
	return name in flowJobs;
}

/** The queue's view of one function. Crashes are retried by the queue; everything else by our own table. */
export function flowJob(name: FlowJobName) {
	return job({
		task: name,
		payload: flowPayload,
		key: ({ flowId, only }) => (only ? `${name}:${flowId}:${only}` : `${name}:${flowId}`),
		maxAttempts: 25,
		priority: 0,
	});
}
