import type { Commit, FlowWork } from "../work";
import type { Decisions } from "./decide-orders";

/**
 * What is sent is not due any more. With it goes what rules decided on just now: one write of an order instead of two,
 * each of which costs its nine indexes. Those of them that are not sent, as they wait or stop, are written here as well.
 */
export async function stopBeingDue(
	tx: Commit,
	work: FlowWork,
	{ sent, goingOn }: { sent: string[]; goingOn: Decisions["goingOn"] },
): Promise<void> {
	const { accountId } = work.scope;
	const isSent = new Set(sent);
	const before = sent.filter((id) => !goingOn.has(id));
	if (before.length > 0)
		await tx.sql(`update "Order" set "dueAt" = null where "accountId" = $1 and "id" = any($2)`, [accountId, before]);
	if (goingOn.size === 0) return;
	const routed = [...goingOn].filter(([, { ruling }]) => ruling.route !== null).map(([id]) => id);
	const write = async (ids: string[], more: string) => {
		if (ids.length === 0) return;
		await tx.sql(
			`update "Order" set "ruledAt" = $3, "updatedAt" = $3, "routedTo" = case when "id" = any($4) then $5 end ${more}
			 where "accountId" = $1 and "id" = any($2)`,
			[accountId, ids, work.now(), routed, work.connection.id],
		);
	};
	const ruled = [...goingOn.keys()];
	await write(
		ruled.filter((id) => isSent.has(id)),
		`, "dueAt" = null`,
	);
	await write(
		ruled.filter((id) => !isSent.has(id)),
		"",
	);
}
