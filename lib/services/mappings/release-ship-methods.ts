import { sourceOptions } from "@/lib/canonical/connection-options";
import { insertRows } from "@/lib/db/bulk";
import { newId } from "@/lib/db/ids";
import type { Scope } from "@/lib/db/scope";
import type { Transaction } from "@/lib/db/transact";
import { releaseMapped } from "@/lib/flow/prepare/ship-methods/unmapped";
import { enqueueFlows } from "../flows/enqueue-flows";

/**
 * Lets the orders of a cart go that its ship methods no longer hold, closes the alerts nothing waits for, and starts
 * their delivery, all in the transaction that changed the mapping. Returns how many go out.
 */
export async function releaseShipMethods(tx: Transaction, scope: Scope, connectionId: string): Promise<number> {
	const [cart] = await tx.sql<{ merchantId: string; options: unknown }>(
		`select "merchantId", "options" from "Connection" where "accountId" = $1 and "id" = $2 and "side" = 'source'`,
		[scope.accountId, connectionId],
	);
	if (!cart) return 0;
	const refuses = sourceOptions.parse(cart.options).unmappedShipMethods === "refuse";
	const tenant = { accountId: scope.accountId, merchantId: cart.merchantId };
	const free = await releaseMapped(tx, tenant, { connectionId, refuses, now: new Date() });
	if (free.length === 0) return 0;
	await noteReleased(tx, scope, free);
	await enqueueFlows(tx, scope, cart.merchantId, "orders/deliver");
	return free.length;
}

async function noteReleased(tx: Transaction, scope: Scope, ids: string[]): Promise<void> {
	const { actor } = scope;
	const by = actor.type === "job" ? undefined : actor.name;
	const facts = { ...(by && { by }), reason: "its ship method was mapped" };
	await insertRows(
		tx,
		"OrderEvent",
		{
			...{ id: "text", accountId: "text", orderId: "text", at: "timestamptz" },
			...{ kind: "text", actorType: "text", actorId: "text", facts: "jsonb" },
		},
		ids.map((orderId) => ({
			...{ id: newId("evt"), accountId: scope.accountId, orderId, at: new Date(), kind: "released" },
			...{ actorType: actor.type, actorId: actor.type === "job" ? actor.task : actor.id, facts },
		})),
	);
}
