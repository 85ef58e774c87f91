/** Writes what rules decided: the ruling with its facts, and what it makes of the order. */
import { outcomesToKeep, type RuleTrace, type Ruling } from "@/lib/canonical/rule";
import { insertRows, updateRows } from "@/lib/db/bulk";
import { newId } from "@/lib/db/ids";
import type { Transaction } from "@/lib/db/transact";
import { warehouseNumber } from "../prepare/steps/number";

export interface Decided {
	orderId: string;
	number: string;
	trace: RuleTrace;
	/** What becomes of the order, which is less than its ruling where a person took the same back. */
	effect: Pick<Ruling, "route" | "hold" | "skip" | "dealt">;
}
export interface Deciding {
	accountId: string;
	merchantId: string;
	versionId: string;
	now: Date;
	/** The warehouse that has what is dealt with elsewhere, where no rule names one. */
	warehouseId: string;
}

/** `settled`: those whose orders are written at once; for the others the caller does it, with what else it writes there. */
export async function keepRulings(tx: Transaction, by: Deciding, decided: Decided[], settled = decided): Promise<void> {
	const { accountId, merchantId, versionId, now } = by;
	await insertRows(
		tx,
		"OrderRuling",
		{
			...({ accountId: "text", merchantId: "text", orderId: "text", versionId: "text" } as const),
			...({ facts: "jsonb", outcomes: "jsonb", result: "jsonb", decidedAt: "timestamptz" } as const),
		},
		decided.map(({ orderId, trace: { facts, outcomes, result } }) => ({
			...{ accountId, merchantId, orderId, versionId, facts, result, decidedAt: now },
			outcomes: outcomesToKeep(outcomes),
		})),
		`on conflict ("accountId", "orderId") do update set "versionId" = excluded."versionId", "facts" = excluded."facts",
		   "outcomes" = excluded."outcomes", "result" = excluded."result", "decidedAt" = excluded."decidedAt"`,
	);
	await updateRows(
		tx,
		"Order",
		{ id: "text", routedTo: "text", ruleTags: "text[]", holds: "text", skips: "boolean" },
		settled.map(({ orderId, effect, trace }) => ({
			id: orderId,
			routedTo: effect.route?.warehouseId ?? null,
			ruleTags: trace.result.tags.map(({ tag }) => tag),
			holds: effect.hold && !effect.skip && !effect.dealt ? heldBecause(effect.hold) : null,
			skips: effect.skip !== null,
		})),
		{
			key: "id",
			set: `"ruledAt" = $3::timestamptz, "routedTo" = given."routedTo", "ruleTags" = given."ruleTags", "sendingCanceled" = "Order"."sendingCanceled" or given."skips",
			  "heldAt" = case when given."holds" is null then "Order"."heldAt" else coalesce("Order"."heldAt", $3::timestamptz) end,
			  "heldBy" = case when given."holds" is null or 'rule' = any("Order"."heldBy") then "Order"."heldBy"
			    when "Order"."heldAt" is not null and "Order"."heldBy" = '{}' then array['rule', 'staff'] else "Order"."heldBy" || 'rule'::text end,
			  "heldReason" = coalesce(given."holds", "Order"."heldReason"),
			  "dueAt" = case when given."holds" is null and not given."skips" then "Order"."dueAt" end, "updatedAt" = $3::timestamptz`,
			where: `"Order"."accountId" = $2 and "Order"."id" = given."id"`,
		},
		[accountId, now],
	);
	for (const one of settled) if (one.effect.dealt && !one.effect.skip) await dealElsewhere(tx, by, one);
}

export function heldBecause({ by, reason }: { by: string; reason: string }): string {
	return `${reason} (rule "${by}")`;
}

/** As if a person had marked it as delivered by hand, so that the mark is taken back in the same way. */
async function dealElsewhere(tx: Transaction, by: Deciding, { orderId, number, effect }: Decided): Promise<void> {
	const warehouseId = effect.route?.warehouseId ?? by.warehouseId;
	const [taken] = await tx.sql(
		`select 1 from "Delivery" where "accountId" = $1 and "connectionId" = $2 and "key" = $3 and "orderId" <> $4`,
		[by.accountId, warehouseId, number, orderId],
	);
	const key = warehouseNumber(number, { orderId, maxLength: undefined, taken: taken !== undefined });
	const before = { status: "new", problem: null, problemCode: null, delivery: null };
	await tx.sql(
		`insert into "Delivery" ("id", "accountId", "merchantId", "orderId", "connectionId", "key", "state", "acceptedAt", "existed",
		   "document", "steps", "handBefore", "createdAt")
		 values ($3, $1, $4, $2, $5, $6, 'accepted', $8, true, '{}', '[]', $7::jsonb, $8)
		 on conflict ("accountId", "orderId", "connectionId", "part") do update set "state" = 'accepted', "acceptedAt" = $8, "existed" = true,
		   "handBefore" = $7::jsonb || jsonb_build_object('delivery', jsonb_build_object('key', "Delivery"."key", 'state', "Delivery"."state")),
		   "nextTryAt" = null, "problem" = null, "problemCode" = null`,
		[by.accountId, orderId, newId("dlv"), by.merchantId, warehouseId, key, JSON.stringify(before), by.now],
	);
	await tx.sql(
		`update "Order" set "status" = 'at_wms', "deliveredAt" = $3, "dueAt" = null, "waitsUntil" = null, "problem" = null,
		   "problemCode" = null, "updatedAt" = $3 where "accountId" = $1 and "id" = $2`,
		[by.accountId, orderId, by.now],
	);
}

/** Which lines of these orders a rule leaves out: what is complete without them is shipped. */
export async function markLeftOut(tx: Transaction, accountId: string, orderIds: string[]): Promise<void> {
	if (orderIds.length === 0) return;
	await tx.sql(
		`update "OrderLine" l set "leftOut" = given."leftOut"
		 from (select o."orderId", o."id", exists (select 1 from "OrderRuling" r, jsonb_array_elements(r."result" -> 'skipLines') s
		     where r."accountId" = $1 and r."orderId" = o."orderId" and lower(trim(s ->> 'sku')) = lower(trim(o."sku"))) as "leftOut"
		   from "OrderLine" o where o."accountId" = $1 and o."orderId" = any($2)) given
		 where l."accountId" = $1 and l."orderId" = given."orderId" and l."id" = given."id" and l."leftOut" <> given."leftOut"`,
		[accountId, orderIds],
	);
}
