import { audit } from "@/lib/db/audit";
import { newId } from "@/lib/db/ids";
import type { Scope } from "@/lib/db/scope";
import { transact } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import { mustBeFreeName, mustSee, mustShare, type OrderViewFacts, personOf } from "./order-view";

/** The most views of one person; more than anybody finds again. */
const most = 100;

/** Saves a view for the asker. Throws `bad-input` for a name they use, `forbidden` for sharing without leave. */
export function createOrderView(
	scope: Scope,
	{ name, filter, columns, shared }: Pick<OrderViewFacts, "name" | "filter" | "columns" | "shared">,
): Promise<{ id: string }> {
	const person = personOf(scope);
	if (shared) mustShare(scope);
	return transact(scope, async (tx) => {
		await mustSee(tx, scope, filter);
		await mustBeFreeName(tx, scope, { ownerId: person.id, name });
		const [{ count } = { count: 0 }] = await tx.sql<{ count: number }>(
			`select count(*)::int as "count" from "OrderView" where "accountId" = $1 and "ownerId" = $2`,
			[scope.accountId, person.id],
		);
		if (count >= most) throw new AppError("conflict", { problem: `You have ${most} views. Delete one first.` });
		const id = newId("viw");
		await tx.sql(
			`insert into "OrderView" ("id", "accountId", "merchantId", "ownerId", "ownerName", "name", "filter", "columns", "shared", "updatedAt")
			 values ($1, $2, $3, $4, $5, $6, $7, $8, $9, now())`,
			[id, scope.accountId, scope.merchantId ?? null, person.id, person.name, name, filter, columns, shared],
		);
		await audit(tx, scope, { action: "view.saved", subjectType: "view", subjectId: id, after: { name, shared } });
		return { id };
	});
}
