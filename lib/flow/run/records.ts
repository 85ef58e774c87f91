import { insertRows } from "@/lib/db/bulk";
import { newId } from "@/lib/db/ids";
import type { Transaction } from "@/lib/db/transact";
import type { FlowWork } from "../work";

/** What a run did with one order, shipment or SKU, in words for the run page. */
export interface RunRecordInput {
	subjectType: "order" | "shipment" | "sku" | "purchase-order" | "receipt";
	subject: string;
	orderId?: string | null;
	outcome:
		| "created"
		| "updated"
		| "skipped"
		| "accepted"
		| "existed"
		| "refused"
		| "failed"
		| "unknown"
		| "canceled"
		| "differs";
	reason?: string | null;
	exchangeId?: string | null;
}

const columns = {
	id: "text",
	at: "timestamptz",
	accountId: "text",
	merchantId: "text",
	runId: "text",
	subjectType: "text",
	subject: "text",
	orderId: "text",
	outcome: "text",
	reason: "text",
	exchangeId: "text",
};

/** Writes the records of one commit. */
export async function writeRecords(tx: Transaction, work: FlowWork, records: RunRecordInput[]): Promise<void> {
	const at = work.now();
	await insertRows(
		tx,
		"RunRecord",
		columns,
		records.map((record) => ({
			id: newId("rec"),
			at,
			accountId: work.scope.accountId,
			merchantId: work.scope.merchantId,
			runId: work.runId,
			orderId: null,
			reason: null,
			exchangeId: null,
			...record,
		})),
	);
}
