import type { Connector } from "@/lib/connectors/kit/types";
import { type FlowJobName, flowJobNames, flowJobs, reconcileJobs } from "@/lib/jobs/catalogue";
import type { Side } from "./option-fields";
import type { Values } from "./settings";

/** The functions a connector can do on one side, with the schedule each begins with; off where the settings lack it. */
export function newFlows(
	connector: Connector,
	side: Side,
	settings: Values,
): { job: FlowJobName; mode: "automatic" | "every" | "daily" | "off"; everyMinutes: number | null }[] {
	const { source, destination } = connector;
	const off = lackingJobs(connector, settings);
	const able: Record<FlowJobName, unknown> = {
		"orders/download": source?.orders,
		"orders/cancel": source?.cancellations,
		"shipments/upload": source?.confirm,
		"inventory/upload": source?.inventory,
		"cancels/upload": source?.cancel,
		"orders/deliver": destination?.orders,
		"shipments/fetch": destination?.shipments,
		"cancels/fetch": destination?.cancellations,
		"inventory/fetch": destination?.inventory,
		"products/fetch": destination?.products,
		"products/export": destination?.products?.add,
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
			off.includes(job) || isByHand(job)
				? { job, mode: "off", everyMinutes: null }
				: reconcileJobs.includes(job)
					? { job, mode: "daily", everyMinutes: null }
					: flowJobs[job].automatic
						? { job, mode: "automatic", everyMinutes: null }
						: { job, mode: "every", everyMinutes: usualMinutes(job) },
		);
}

const jobsOf: Partial<Record<string, FlowJobName>> = {
	cancellations: "orders/cancel",
	confirm: "shipments/upload",
	shipments: "shipments/fetch",
	products: "products/fetch",
};

/** Settings that cannot be used yet lack nothing: the check says what is wrong with them. */
function lackingJobs(connector: Connector, settings: Values): FlowJobName[] {
	const parsed = connector.settings.safeParse(settings);
	if (!parsed.success || !connector.lacks) return [];
	const stock = connector.source ? "inventory/upload" : "inventory/fetch";
	return connector.lacks(parsed.data).flatMap((name) => (name === "inventory" ? [stock] : (jobsOf[name] ?? [])));
}

function isByHand(job: FlowJobName): boolean {
	const about: { title: string; byHand?: true } = flowJobs[job];
	return about.byHand ?? false;
}

function usualMinutes(job: FlowJobName): number {
	const about: { fastestMinutes: number; usualMinutes?: number } = flowJobs[job];
	return about.usualMinutes ?? Math.max(about.fastestMinutes, 15);
}
