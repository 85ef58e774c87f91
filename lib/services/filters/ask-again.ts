/** Refused orders that the cart is asked for again: marked here, and read anew by its next download, which starts at once. */
import { filterRefusers, type Refuser, refusers } from "@/lib/canonical/filters";
import { audit } from "@/lib/db/audit";
import type { Scope } from "@/lib/db/scope";
import { type Transaction, transact } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import { type FlowJobName, flowJob } from "@/lib/jobs/catalogue";
import { enqueue } from "@/lib/jobs/job";
import { type FilteredCart, readFilteredCart } from "./cart";

const refusedBy = `"accountId" = $1 and "connectionId" = $2 and "orderId" is null and "refusedBy" = any($3)`;

/** Every refused order of the cart. Throws `conflict` for a cart that hands its orders in. */
export function askAgain(scope: Scope, connectionId: string): Promise<{ askedAgain: number }> {
	return transact(scope, async (tx) => {
		const cart = await readFilteredCart(tx, scope, connectionId);
		if (!cart.canBeAsked)
			throw new AppError("conflict", { problem: `${cart.name} hands its orders in. Have them sent again there.` });
		const askedAgain = await markForAsking(tx, scope, cart, refusers);
		await audit(tx, scope, {
			action: "skipped-orders.asked-again",
			subjectType: "connection",
			subjectId: connectionId,
			merchantId: cart.merchantId,
			after: { name: cart.name, orders: askedAgain },
		});
		return { askedAgain };
	});
}

/** How many orders saving the filters would have asked for again. */
export async function countForAsking(tx: Transaction, scope: Scope, cart: FilteredCart): Promise<number> {
	if (!cart.canBeAsked) return 0;
	const [row] = await tx.sql<{ count: number }>(`select count(*)::int as "count" from "SourceKey" where ${refusedBy}`, [
		scope.accountId,
		cart.id,
		filterRefusers,
	]);
	return row?.count ?? 0;
}

/** Marks what one of these settings refused, and starts the download. Returns how many. */
export async function markForAsking(
	tx: Transaction,
	scope: Scope,
	cart: FilteredCart,
	by: readonly Refuser[],
): Promise<number> {
	if (!cart.canBeAsked) return 0;
	const marked = await tx.sql(`update "SourceKey" set "recheckAt" = now() where ${refusedBy} returning 1`, [
		scope.accountId,
		cart.id,
		by,
	]);
	if (marked.length > 0) await startFlow(tx, scope, cart, "orders/download");
	return marked.length;
}

/** Starts one function of the cart, unless it does not run now: then its next run does what is left. */
export async function startFlow(tx: Transaction, scope: Scope, cart: FilteredCart, job: FlowJobName): Promise<void> {
	const [flow] = await tx.sql<{ id: string }>(
		`select f."id" from "Flow" f join "Connection" c on c."accountId" = f."accountId" and c."id" = f."connectionId"
		 where f."accountId" = $1 and f."connectionId" = $2 and f."job" = $3 and f."pausedAt" is null and c."state" = 'active'
		   and c."archivedAt" is null`,
		[scope.accountId, cart.id, job],
	);
	if (!flow) return;
	await enqueue(tx, flowJob(job), {
		...{ accountId: scope.accountId, merchantId: cart.merchantId, flowId: flow.id, trigger: "person" },
		...(scope.actor.type !== "job" && { actorId: scope.actor.id }),
	});
}
