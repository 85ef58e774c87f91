import { insertRows } from "@/lib/db/bulk";
import { newId } from "@/lib/db/ids";
import type { Scope } from "@/lib/db/scope";
import type { Transaction } from "@/lib/db/transact";
import type { OrderEventKind } from "@/lib/flow/run/events";

const columns = {
	id: "text",
	accountId: "text",
	orderId: "text",
	at: "timestamptz",
	kind: "text",
	actorType: "text",
	actorId: "text",
	facts: "jsonb",
};

/** The same line in the journey of many orders, one statement for all. */
export async function writeGateEvents(
	tx: Transaction,
	scope: Scope,
	orderIds: string[],
	kind: OrderEventKind,
	reason: string,
): Promise<void> {
	const { accountId, actor } = scope;
	const at = new Date();
	const who =
		actor.type === "job" ? { id: actor.task, by: {} } : { id: actor.id, by: actor.name && { by: actor.name } };
	await insertRows(
		tx,
		"OrderEvent",
		columns,
		orderIds.map((orderId) => ({
			...{ id: newId("evt"), accountId, orderId, at, kind },
			...{ actorType: actor.type, actorId: who.id, facts: { ...who.by, reason } },
		})),
	);
}
