/** The alerts of purchase orders and receipts: what is stopped for one reason shares one. */
import type { Transaction } from "@/lib/db/transact";
import { type CauseWord, causeHolds } from "../run/alert-causes";
import { type Cause, orderCause } from "../run/alerts";
import type { FlowWork } from "../work";
import type { Judged } from "../writes/judge";

/** A purchase order that the warehouse does not take, or a receipt that the source does not. */
export function stoppedCause(
	work: FlowWork,
	kind: "purchase" | "receipt",
	about: { number: string; judged: Judged },
): Cause {
	const { number, judged } = about;
	const cause = orderCause(work, {
		code: judged.problemCode ?? "partner-refused",
		problem: judged.problem ?? "",
		number,
	});
	const what = kind === "purchase" ? "purchase order" : "the receipt of purchase order";
	return {
		...cause,
		cause: cause.cause.replace(/^order:/, `${kind}:`),
		facts: { ...cause.facts, subject: `${what} ${number}` },
	};
}

export function changedCause(work: FlowWork, purchaseOrderId: string, number: string, note: string): Cause {
	const facts = { number, note, system: work.connection.name };
	return {
		cause: `purchase-changed:${purchaseOrderId}`,
		code: "purchase-changed",
		facts,
		connectionId: work.connection.id,
	};
}

export function overReceivedCause(work: FlowWork, purchaseOrderId: string, number: string): Cause {
	const facts = { number, system: work.connection.name };
	return { cause: `over-received:${purchaseOrderId}`, code: "over-received", facts, connectionId: work.connection.id };
}

/** Closes this connection's alerts of one kind whose cause is gone. */
export async function resolveStopped(
	tx: Transaction,
	work: FlowWork,
	kind: CauseWord & ("purchase" | "receipt"),
): Promise<void> {
	await tx.sql(
		`update "Alert" a set "resolvedAt" = $3 where a."accountId" = $1 and a."connectionId" = $2 and a."resolvedAt" is null
		   and a."cause" like '${kind}:%' and not (${causeHolds(kind)})`,
		[work.scope.accountId, work.connection.id, work.now()],
	);
}
