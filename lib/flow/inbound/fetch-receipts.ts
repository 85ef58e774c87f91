/** Receipt Pickup: what arrived at the warehouse becomes ours, and what the sources must be told. */
import type { Ended } from "@/lib/jobs/job";
import { readPages } from "../run/read-pages";
import type { FlowWork } from "../work";
import { recordReceipts } from "./record-receipts";

export async function fetchReceipts(work: FlowWork): Promise<Ended> {
	const receipts = work.connection.connector.destination?.receipts;
	if (!receipts) return { stop: true, because: "this system tells no receipts" };
	return readPages(work, receipts, {
		from: work.flow.readFrom,
		store: (tx, records) => recordReceipts(tx, work, records),
	});
}
