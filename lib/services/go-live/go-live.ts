import { audit } from "@/lib/db/audit";
import type { Scope } from "@/lib/db/scope";
import { type Transaction, transact } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import { enqueueFlows } from "../flows/enqueue-flows";
import { goOn } from "../flows/go-on";
import { askerSide } from "../orders/side";
import { type Cart, lockCart } from "./lock-cart";
import { writeGateEvents } from "./write-gate-events";

/**
 * Lets a cart's orders through: what waited for it is due now, but for the orders in `leave`, which the asker's own side
 * goes on holding. Everything in one transaction. Throws `conflict` when it is live already or has no warehouse.
 */
export function goLive(
	scope: Scope,
	connectionId: string,
	leave: string[],
): Promise<{ released: number; left: number }> {
	return transact(scope, async (tx) => {
		const cart = await lockCart(tx, scope, connectionId);
		if (cart.live) throw new AppError("conflict", { problem: `${cart.name} is live already.` });
		await mustHaveWarehouse(tx, scope, cart);
		await tx.sql(`update "Connection" set "liveAt" = now(), "updatedAt" = now() where "accountId" = $1 and "id" = $2`, [
			scope.accountId,
			cart.id,
		]);
		const left = await keepHeld(tx, scope, cart, leave);
		const released = await release(tx, scope, cart);
		await writeGateEvents(tx, scope, released, "released", `${cart.name} went live`);
		await audit(tx, scope, {
			action: "connection.went_live",
			subjectType: "connection",
			subjectId: cart.id,
			merchantId: cart.merchantId,
			after: { released: released.length, left },
		});
		await goOn(tx, scope, cart.id);
		await enqueueFlows(tx, scope, cart.merchantId, "orders/deliver");
		return { released: released.length, left };
	});
}

async function mustHaveWarehouse(tx: Transaction, scope: Scope, cart: Cart): Promise<void> {
	const found = await tx.sql(
		`select 1 from "Connection" where "accountId" = $1 and "merchantId" = $2 and "side" = 'destination'
		 and "archivedAt" is null limit 1`,
		[scope.accountId, cart.merchantId],
	);
	if (found.length === 0)
		throw new AppError("conflict", { problem: "No warehouse is connected. Connect the warehouse, then go live." });
}

/** Orders that were left out become an ordinary hold, which a person releases one by one. */
async function keepHeld(tx: Transaction, scope: Scope, cart: Cart, leave: string[]): Promise<number> {
	const { side } = await askerSide(tx, scope);
	const kept = await tx.sql(
		`update "Order" set "heldBy" = array(select distinct unnest(array_replace("heldBy", 'go-live', $4)) order by 1),
		   "heldReason" = 'left out when the cart went live', "updatedAt" = now()
		 where "accountId" = $1 and "connectionId" = $2 and "id" = any($3) and "heldBy" @> array['go-live'] returning "id"`,
		[scope.accountId, cart.id, leave, side],
	);
	return kept.length;
}

async function release(tx: Transaction, scope: Scope, cart: Cart): Promise<string[]> {
	const rows = await tx.sql<{ id: string; free: boolean }>(
		`update "Order" set "heldBy" = array_remove("heldBy", 'go-live'), "updatedAt" = now(),
		   "heldAt" = case when array_remove("heldBy", 'go-live') = '{}' then null else "heldAt" end,
		   "dueAt" = case when array_remove("heldBy", 'go-live') = '{}' and "status" = 'new' and not "sendingCanceled"
		     then greatest(now(), "waitsUntil") else "dueAt" end
		 where "accountId" = $1 and "connectionId" = $2 and "heldBy" @> array['go-live'] returning "id", "heldAt" is null as "free"`,
		[scope.accountId, cart.id],
	);
	return rows.filter(({ free }) => free).map(({ id }) => id);
}
