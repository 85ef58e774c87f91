import type { OrderChange } from "@/lib/canonical/order-changes";
import { insertRows } from "@/lib/db/bulk";
import { newId } from "@/lib/db/ids";
import type { Transaction } from "@/lib/db/transact";
import type { FlowWork } from "../work";

/** What happened to an order beside its plain way; each kind has its sentence on the order page. */
export const orderEventKinds = [
	"replaced-by-source",
	"changed-under-edit",
	"changed-after-delivery",
	"changed-back",
	"change-pushed",
	"change-refused",
	"change-dealt-with",
	"edited",
	"edit-undone",
	"address-accepted",
	"address-kept",
	"address-keep-undone",
	"marked-delivered",
	"delivery-mark-undone",
	"canceled-by-source",
	"cancel-wanted",
	"cancel-too-late",
	"cancel-accepted",
	"cancel-refused",
	"canceled-by-warehouse",
	"rest-canceled-by-warehouse",
	"cart-canceled",
	"cart-cancel-refused",
	"cart-cancel-dealt-with",
	"held",
	"released",
	"sending-canceled",
	"sending-enabled",
	"resent",
	"tracking-resent",
	"pulled-again",
	"acknowledged",
	"backordered",
	"available-sent",
	"full-sent",
	"closed-by-hand",
	"rules-applied",
	"split-planned",
] as const;
export type OrderEventKind = (typeof orderEventKinds)[number];

/** Words, and what changed where something did. */
export interface EventFacts {
	by?: string;
	reason?: string;
	/** Who did it at the other side, in its words. */
	byThere?: string;
	changes?: OrderChange[];
}

/** Writes events of a run, one statement for all. */
export async function writeEvents(
	tx: Transaction,
	work: FlowWork,
	events: { orderId: string; kind: OrderEventKind; facts?: EventFacts }[],
): Promise<void> {
	await insertRows(
		tx,
		"OrderEvent",
		{
			id: "text",
			accountId: "text",
			orderId: "text",
			at: "timestamptz",
			kind: "text",
			actorType: "text",
			actorId: "text",
			runId: "text",
			facts: "jsonb",
		},
		events.map((event) => ({
			id: newId("evt"),
			accountId: work.scope.accountId,
			orderId: event.orderId,
			at: work.now(),
			kind: event.kind,
			actorType: "job",
			actorId: work.flow.job,
			runId: work.runId || null,
			facts: event.facts ?? {},
		})),
	);
}
