import { AppError } from "@/lib/errors/app-error";
import { flowJob } from "@/lib/jobs/catalogue";
import { enqueue } from "@/lib/jobs/job";
import type { OrderChange } from "./change-order";

/** Re-pull: the cart is asked for the order again, and what it says is taken by the same rules as a download's. */
export function pullAgainChange(accountId: string): OrderChange {
	return {
		kind: "pulled-again",
		allow() {},
		async write(tx, order) {
			const [flow] = await tx.sql<{ id: string }>(
				`select f."id" from "Flow" f join "Connection" c on c."accountId" = f."accountId" and c."id" = f."connectionId"
				 where f."accountId" = $1 and f."connectionId" = $2 and f."job" = 'orders/download' and f."pausedAt" is null
				   and c."state" = 'active' and c."archivedAt" is null`,
				[accountId, order.connectionId],
			);
			if (!flow) throw new AppError("conflict", { problem: `The cart of order ${order.number} does not run now.` });
			await enqueue(tx, flowJob("orders/download"), {
				...{ accountId, merchantId: order.merchantId, flowId: flow.id },
				trigger: "person",
				only: order.sourceId,
			});
			return {};
		},
	};
}
