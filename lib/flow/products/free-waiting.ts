/** Orders that wait because nobody knew one of their item codes: those that are known now go on. */
import { insertRows } from "@/lib/db/bulk";
import { newId } from "@/lib/db/ids";
import type { Scope } from "@/lib/db/scope";
import type { Transaction } from "@/lib/db/transact";
import { causeHolds } from "../run/alert-causes";

/** `$1` account, `$2` merchant, `$3` the codes. A code may be reached over a mapping, an alias or a kit. */
export const waitsForCode = `o."accountId" = $1 and o."merchantId" = $2 and o."status" = 'error' and o."problemCode" = 'unknown-sku'
  and not o."sendingCanceled" and exists (select 1 from "OrderLine" l where l."accountId" = $1 and l."orderId" = o."id" and (
    l."sku" = any($3)
    or exists (select 1 from "ItemMapping" m where m."accountId" = $1 and m."connectionId" = o."connectionId" and m."code" = l."sku" and m."sku" = any($3))
    or exists (select 1 from "ItemAlias" a where a."accountId" = $1 and a."merchantId" = $2 and a."code" = l."sku" and a."sku" = any($3))
    or exists (select 1 from "ItemKit" k, jsonb_array_elements(k."parts") p where k."accountId" = $1 and k."merchantId" = $2
      and k."code" = l."sku" and p ->> 'sku' = any($3))))`;

/** Puts them back in line and closes the alerts that nothing waits on any more; the caller starts their delivery. */
export async function freeWaiting(
	tx: Transaction,
	scope: Scope & { merchantId: string },
	codes: string[],
): Promise<string[]> {
	const given = [scope.accountId, scope.merchantId];
	const released = await tx.sql<{ id: string }>(
		`update "Order" o set "status" = 'new', "problem" = null, "problemCode" = null, "updatedAt" = now(),
		   "dueAt" = case when "heldAt" is null then now() end
		 where ${waitsForCode} returning o."id"`,
		[...given, codes],
	);
	if (released.length === 0) return [];
	const ids = released.map(({ id }) => id);
	await tx.sql(
		`update "Delivery" set "firstTriedAt" = null where "accountId" = $1 and "orderId" = any($2) and "state" <> 'sending'`,
		[scope.accountId, ids],
	);
	await noteReleased(tx, scope, ids, "its item code was mapped");
	await tx.sql(
		`update "Alert" a set "resolvedAt" = now() where a."accountId" = $1 and a."merchantId" = $2 and a."resolvedAt" is null
		   and a."code" = 'unknown-sku' and a."cause" like 'order:%' and not (${causeHolds("order")})`,
		given,
	);
	return ids;
}

/** On each order: who let it go on, and what was in its way. */
export async function noteReleased(tx: Transaction, scope: Scope, ids: string[], reason: string): Promise<void> {
	const { actor } = scope;
	const by = actor.type === "job" ? undefined : actor.name;
	const facts = { ...(by && { by }), reason };
	await insertRows(
		tx,
		"OrderEvent",
		{
			...{ id: "text", accountId: "text", orderId: "text", at: "timestamptz" },
			...{ kind: "text", actorType: "text", actorId: "text", facts: "jsonb" },
		},
		ids.map((orderId) => ({
			...{ id: newId("evt"), accountId: scope.accountId, orderId, at: new Date(), kind: "released" },
			...{ actorType: actor.type, actorId: actor.type === "job" ? actor.task : actor.id, facts },
		})),
	);
}
