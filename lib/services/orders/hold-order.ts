import type { Scope } from "@/lib/db/scope";
import { changeOrder, mustBeHere } from "./change-order";

/** Keeps an order here until somebody releases it. */
export function holdOrder(scope: Scope, orderId: string, reason: string): Promise<{ id: string }> {
	return changeOrder(scope, orderId, {
		kind: "held",
		reason,
		allow: mustBeHere,
		statements: [
			{
				text: `update "Order" set "heldAt" = coalesce("heldAt", now()), "heldReason" = $3, "updatedAt" = now() where "accountId" = $1 and "id" = $2`,
				values: [reason],
			},
		],
	});
}
