import { insertRows } from "@/lib/db/bulk";
import { newId } from "@/lib/db/ids";
import type { Scope } from "@/lib/db/scope";
import type { Transaction } from "@/lib/db/transact";
import type { FlowWork } from "../work";

/** What happened to a purchase order beside its plain way; each kind has its sentence on its page. */
export const inboundEventKinds = [
	"state-changed",
	"references-told",
	"changed-after-sending",
	"receipt-lowered",
	"resent",
	"receipts-resent",
	"sending-canceled",
	"sending-enabled",
	"dealt-with",
] as const;
export type InboundEventKind = (typeof inboundEventKinds)[number];

export interface InboundEvent {
	purchaseOrderId: string;
	kind: InboundEventKind;
	facts?: Record<string, string | number>;
}

const columns = {
	id: "text",
	accountId: "text",
	merchantId: "text",
	purchaseOrderId: "text",
	at: "timestamptz",
	kind: "text",
	actorType: "text",
	actorId: "text",
	runId: "text",
	facts: "jsonb",
};

/** Writes events of a run. */
export function writeInboundEvents(tx: Transaction, work: FlowWork, events: InboundEvent[]): Promise<void> {
	const { accountId, merchantId } = work.scope;
	const who = { accountId, merchantId, actorType: "job", actorId: work.flow.job, runId: work.runId, at: work.now() };
	return insert(tx, events, who);
}

/** Writes what a person did. */
export function writePersonEvent(
	tx: Transaction,
	scope: Scope,
	event: InboundEvent & { merchantId: string },
): Promise<void> {
	const { merchantId, ...rest } = event;
	const actorId = scope.actor.type === "job" ? scope.actor.task : scope.actor.id;
	const who = {
		accountId: scope.accountId,
		merchantId,
		actorType: scope.actor.type,
		actorId,
		runId: null,
		at: new Date(),
	};
	return insert(tx, [rest], who);
}

async function insert(
	tx: Transaction,
	events: InboundEvent[],
	who: Omit<Record<keyof typeof columns, unknown>, "id" | "purchaseOrderId" | "kind" | "facts">,
) {
	await insertRows(
		tx,
		"PurchaseOrderEvent",
		columns,
		events.map(({ purchaseOrderId, kind, facts }) => ({
			id: newId("ibe"),
			...who,
			purchaseOrderId,
			kind,
			facts: facts ?? {},
		})),
	);
}
