/** What a person may do to one purchase order: locked, allowed or refused with a reason, noted, and what follows started. */
import type { PurchaseOrderState } from "@/lib/canonical/purchase-order";
import { audit } from "@/lib/db/audit";
import type { Scope } from "@/lib/db/scope";
import { type Transaction, transact } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import { type InboundEventKind, writePersonEvent } from "@/lib/flow/inbound/events";
import type { FlowJobName } from "@/lib/jobs/catalogue";
import { enqueueFlows } from "../flows/enqueue-flows";

export interface LockedPurchaseOrder {
	id: string;
	merchantId: string;
	number: string;
	state: PurchaseOrderState;
	sendingCanceled: boolean;
	changeState: string | null;
	overState: string | null;
	/** The warehouse has it, or may have it. */
	mayBeThere: boolean;
	/** Telling the warehouse is under way. */
	isSending: boolean;
	/** Receipts that the source refused. */
	refusedReceipts: number;
}

export interface PurchaseOrderChange {
	kind: InboundEventKind;
	/** Throws `conflict` when its state does not allow it. */
	allow(order: LockedPurchaseOrder): void;
	/** $1 and $2 are the account and the purchase order. */
	write: string[];
	/** The function that must run now. */
	runs?: FlowJobName;
}

export async function changePurchaseOrder(
	scope: Scope,
	purchaseOrderId: string,
	change: PurchaseOrderChange,
): Promise<{ id: string }> {
	return transact(scope, async (tx) => {
		const order = await lock(tx, scope, purchaseOrderId);
		change.allow(order);
		for (const statement of change.write) await tx.sql(statement, [scope.accountId, order.id]);
		const by = scope.actor.type === "job" ? undefined : scope.actor.name;
		await writePersonEvent(tx, scope, {
			...{ purchaseOrderId, merchantId: order.merchantId, kind: change.kind, facts: by ? { by } : {} },
		});
		await audit(tx, scope, {
			action: `purchase-order.${change.kind}`,
			subjectType: "purchase-order",
			subjectId: order.id,
			merchantId: order.merchantId,
			after: { number: order.number },
		});
		if (change.runs) await enqueueFlows(tx, scope, order.merchantId, change.runs);
		return { id: order.id };
	});
}

async function lock(tx: Transaction, scope: Scope, purchaseOrderId: string): Promise<LockedPurchaseOrder> {
	const one = [scope.accountId, purchaseOrderId];
	const [order] = await tx.sql<Omit<LockedPurchaseOrder, "mayBeThere" | "isSending" | "refusedReceipts">>(
		`select "id", "merchantId", "number", "state", "sendingCanceled", "changeState", "overState" from "PurchaseOrder"
		 where "accountId" = $1 and "id" = $2 for update`,
		one,
	);
	if (!order) throw new AppError("not-found", { thing: "purchase order" });
	const [more] = await tx.sql<Pick<LockedPurchaseOrder, "mayBeThere" | "isSending" | "refusedReceipts">>(
		`select exists (select 1 from "InboundDelivery" d where d."accountId" = $1 and d."purchaseOrderId" = $2
		     and d."state" in ('sending', 'unknown', 'accepted')) as "mayBeThere",
		   exists (select 1 from "InboundDelivery" d where d."accountId" = $1 and d."purchaseOrderId" = $2 and d."state" = 'sending') as "isSending",
		   (select count(*)::int from "ReceiptUpload" u where u."accountId" = $1 and u."purchaseOrderId" = $2
		     and u."problem" is not null and u."nextTryAt" is null and u."state" in ('refused', 'unknown')) as "refusedReceipts"`,
		one,
	);
	return { ...order, ...(more ?? { mayBeThere: true, isSending: true, refusedReceipts: 0 }) };
}

export function conflict(problem: string): AppError {
	return new AppError("conflict", { problem });
}
