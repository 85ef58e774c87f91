import type { Connector } from "@/lib/connectors/kit/types";
import { type FlowJobName, flowJobNames, flowJobs, reconcileJobs } from "@/lib/jobs/catalogue";
import type { Side } from "./option-fields";

/** The functions a connector can do on one side, with the schedule each begins with. */
export function newFlows(
	connector: Connector,
	side: Side,
): { job: FlowJobName; mode: "automatic" | "every" | "daily"; everyMinutes: number | null }[] {
	const { source, destination } = connector;
	const able: Record<FlowJobName, unknown> = {
		"orders/download": source?.orders,
		"orders/cancel": source?.cancellations,
		"shipments/upload": source?.confirm,
		"inventory/upload": source?.inventory,
		"orders/deliver": destination?.orders,
		"shipments/fetch": destination?.shipments,
		"inventory/fetch": destination?.inventory,
		"purchase-orders/download": source?.purchaseOrders,
		"purchase-orders/deliver": destination?.purchaseOrders,
		"receipts/fetch": destination?.receipts,
		"receipts/upload": source?.receipts,
		"orders/reconcile": source?.orders,
		"warehouse/reconcile": destination?.orders ?? destination?.shipments ?? destination?.inventory,
	};
	return flowJobNames
		.filter((job) => flowJobs[job].side === side && able[job])
		.map((job) =>
			reconcileJobs.includes(job)
				? { job, mode: "daily", everyMinutes: null }
				: flowJobs[job].automatic
					? { job, mode: "automatic", everyMinutes: null }
					: { job, mode: "every", everyMinutes: usualMinutes(job) },
		);
}

function usualMinutes(job: FlowJobName): number {
	const about: { fastestMinutes: number; usualMinutes?: number } = flowJobs[job];
	return about.usualMinutes ?? Math.max(about.fastestMinutes, 15);
}
