import { audit } from "@/lib/db/audit";
import type { Scope } from "@/lib/db/scope";
import { transact } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import { lockCart } from "./lock-cart";
import { writeGateEvents } from "./write-gate-events";

/** Orders go on loading but wait again, and the cart is told no stock. What may be at the warehouse goes its way. */
export function backToTest(scope: Scope, connectionId: string): Promise<{ held: number }> {
	return transact(scope, async (tx) => {
		const cart = await lockCart(tx, scope, connectionId);
		if (!cart.live) throw new AppError("conflict", { problem: `${cart.name} is in test already.` });
		await tx.sql(`update "Connection" set "liveAt" = null, "updatedAt" = now() where "accountId" = $1 and "id" = $2`, [
			scope.accountId,
			cart.id,
		]);
		const rows = await tx.sql<{ id: string }>(
			`update "Order" o set "heldBy" = array_append("heldBy", 'go-live'), "heldAt" = coalesce("heldAt", now()), "updatedAt" = now()
			 where "accountId" = $1 and "connectionId" = $2 and "status" in ('new', 'error') and not exists (
			   select 1 from "Delivery" d where d."accountId" = o."accountId" and d."orderId" = o."id"
			     and d."state" in ('sending', 'unknown', 'accepted'))
			 returning "id"`,
			[scope.accountId, cart.id],
		);
		const held = rows.map(({ id }) => id);
		await writeGateEvents(tx, scope, held, "held", `${cart.name} went back to test`);
		await audit(tx, scope, {
			action: "connection.back_to_test",
			subjectType: "connection",
			subjectId: cart.id,
			merchantId: cart.merchantId,
			after: { held: held.length },
		});
		return { held: held.length };
	});
}
