import { updateRows } from "@/lib/db/bulk";
import type { Commit, FlowWork } from "../../work";
import { refreshShares } from "./refresh-shares";

interface Verdict {
	orderId: string;
	nextTryAt: Date | null;
	problem: string | null;
	problemCode: string | null;
}

/** What became of what this warehouse was sent of orders that are split; the orders follow from all of their shares. */
export async function settleShares(tx: Commit, work: FlowWork, verdicts: Verdict[]): Promise<void> {
	if (verdicts.length === 0) return;
	const { accountId } = work.scope;
	await updateRows(
		tx,
		"OrderShare",
		{ orderId: "text", dueAt: "timestamptz", problem: "text", problemCode: "text" },
		verdicts.map(({ orderId, nextTryAt, problem, problemCode }) => ({
			...{ orderId, dueAt: nextTryAt, problem, problemCode },
		})),
		{
			key: "orderId",
			// Stock may have called for the rest of it while this was on its way.
			set: `"dueAt" = coalesce(given."dueAt", (select min(x."nextTryAt") from "Delivery" x where x."accountId" = $2
			    and x."orderId" = given."orderId" and x."connectionId" = $3 and x."state" in ('unknown', 'intended')), "OrderShare"."dueAt"),
			  "problem" = given."problem", "problemCode" = given."problemCode"`,
			where: `"OrderShare"."accountId" = $2 and "OrderShare"."connectionId" = $3 and "OrderShare"."orderId" = given."orderId"`,
		},
		[accountId, work.connection.id],
	);
	await refreshShares(
		tx,
		accountId,
		verdicts.map(({ orderId }) => orderId),
	);
}
