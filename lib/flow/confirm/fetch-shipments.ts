/** Shipping Confirmations: what left the warehouse becomes our shipments, and what the carts must be told. */
import type { Ended } from "@/lib/jobs/job";
import { readPages } from "../run/read-pages";
import type { FlowWork } from "../work";
import { recordShipments } from "./record-shipments";

export async function fetchShipments(work: FlowWork): Promise<Ended> {
	const shipments = work.connection.connector.destination?.shipments;
	if (!shipments) return { stop: true, because: "this system tells no shipments" };
	return readPages(work, shipments, {
		from: work.flow.readFrom,
		store: (tx, records) => recordShipments(tx, work, records),
	});
}
