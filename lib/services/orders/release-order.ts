import type { Scope } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import { changeOrder, mustBeOpen, type OrderChange } from "./change-order";
import { type Holder, holdersOf, releaseRefusal } from "./side";

/** Takes back the hold of one's own side, and lets an order of a cart in test through the gate. The order goes on when nobody else holds it. */
export function releaseOrder(scope: Scope, orderId: string): Promise<{ id: string }> {
	return changeOrder(scope, orderId, releaseChange);
}

export const releaseChange: OrderChange = {
	kind: "released",
	allow(order) {
		mustBeOpen(order);
		const refusal = releaseRefusal(order);
		if (refusal) throw new AppError("conflict", { problem: refusal });
	},
	async write(tx, order, one) {
		const holders = holdersOf(order);
		const mine: readonly Holder[] = [order.side, "go-live", "rule"];
		const heldBy = holders.some((holder) => mine.includes(holder))
			? holders.filter((holder) => !mine.includes(holder))
			: [];
		const free = heldBy.length === 0;
		await tx.sql(
			`update "Order" set "heldBy" = $3, "updatedAt" = now(), "heldAt" = case when $4 then null else "heldAt" end,
			   "heldReason" = case when $4 then '' else "heldReason" end,
			   "dueAt" = case when $4 and "status" in ('new', 'at_wms') and not "sendingCanceled" then greatest(now(), "waitsUntil") end
			 where "accountId" = $1 and "id" = $2`,
			[...one, heldBy, free],
		);
		return {};
	},
	runs: "orders/deliver",
};
