/** Whose a view is, and who may do what with it. A merchant's people and the account's staff have views of their own. */
import type { z } from "zod";
import type { orderView } from "@/lib/api/contract/order-views";
import type { Scope } from "@/lib/db/scope";
import type { Transaction } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";

export type OrderViewFacts = z.input<typeof orderView>;
export type OrderViewFilter = OrderViewFacts["filter"];

export interface ViewRow extends Pick<OrderViewFacts, "id" | "name" | "filter" | "columns" | "shared"> {
	ownerId: string;
	ownerName: string;
}

/** The person who asks. Throws `people-only` for a key. */
export function personOf({ actor }: Scope): { id: string; name: string } {
	if (actor.type !== "user") throw new AppError("people-only");
	return { id: actor.id, name: actor.name ?? "" };
}

/** Views that the asker sees: their own, and shared ones. The database keeps back what is about a merchant not theirs. */
export function readViews(tx: Transaction, scope: Scope, viewId?: string): Promise<ViewRow[]> {
	return tx.sql<ViewRow>(
		`select v."id", v."name", v."filter", v."columns", v."shared", v."ownerId", v."ownerName" from "OrderView" v
		 where v."accountId" = $1 and v."merchantId" is not distinct from $2 and (v."ownerId" = $3 or v."shared")
		   and ($4::text is null or v."id" = $4)
		 order by lower(v."name"), v."id"`,
		[scope.accountId, scope.merchantId ?? null, personOf(scope).id, viewId ?? null],
	);
}

/** Its owner, and for what is shared also whoever answers for the people here. */
export function mayChange(scope: Scope, view: Pick<ViewRow, "ownerId" | "shared">): boolean {
	return view.ownerId === personOf(scope).id || (view.shared && scope.may.has("people:write"));
}

/** A view that the asker may change. Throws `not-found` or `forbidden`. */
export async function mustChange(tx: Transaction, scope: Scope, viewId: string): Promise<ViewRow> {
	const [view] = await readViews(tx, scope, viewId);
	if (!view) throw new AppError("not-found", { thing: "view" });
	if (!mayChange(scope, view)) throw new AppError("forbidden");
	return view;
}

/** What everybody gets to see is given by those who may change orders. */
export function mustShare(scope: Scope): void {
	if (!scope.may.has("orders:write")) throw new AppError("forbidden");
}

/** Throws `not-found` when a view would name a merchant or a connection that the asker does not see. */
export async function mustSee(tx: Transaction, scope: Scope, filter: OrderViewFilter): Promise<void> {
	const { merchantId, connectionId } = filter;
	const found = await tx.sql(
		`select 1 where ($2::text is null or exists (select 1 from "Merchant" where "accountId" = $1 and "id" = $2))
		   and ($3::text is null or exists (select 1 from "Connection" where "accountId" = $1 and "id" = $3))`,
		[scope.accountId, merchantId ?? null, connectionId ?? null],
	);
	if (found.length === 0) throw new AppError("not-found", { thing: merchantId ? "merchant" : "connection" });
}

/** Throws `bad-input` when another view of that owner has the name. */
export async function mustBeFreeName(
	tx: Transaction,
	scope: Scope,
	view: { ownerId: string; name: string; exceptId?: string },
): Promise<void> {
	const same = await tx.sql(
		`select 1 from "OrderView" where "accountId" = $1 and "ownerId" = $2 and lower("name") = lower($3) and "id" <> $4`,
		[scope.accountId, view.ownerId, view.name, view.exceptId ?? ""],
	);
	if (same.length === 0) return;
	const problem = "another view has this name. Choose another.";
	throw new AppError("bad-input", { field: "Name", problem }, { fields: { name: problem } });
}
