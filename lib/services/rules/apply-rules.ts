/** The published rules asked anew about an order that is still here. What a person took back stays taken back. */
import { orderOf } from "@/lib/canonical/order";
import { type Ruling, ruling } from "@/lib/canonical/rule";
import type { Transaction } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import { effectOf } from "@/lib/flow/deliver/decide-orders";
import { type Decided, keepRulings, markLeftOut } from "@/lib/flow/deliver/keep-rulings";
import { rulingWords } from "@/lib/flow/prepare/rules/apply-ruling";
import { evaluateRules } from "@/lib/flow/prepare/rules/evaluate";
import { factsOf } from "@/lib/flow/prepare/rules/facts";
import { loadPublished, loadStock } from "@/lib/flow/prepare/rules/load";
import { type LockedOrder, mustBeHere, type OrderChange } from "../orders/change-order";

export const applyRulesChange: OrderChange = {
	kind: "rules-applied",
	allow: mustBeHere,
	async write(tx, order, [accountId]) {
		const owner = { accountId, merchantId: order.merchantId };
		const published = await loadPublished(tx, owner);
		if (!published)
			throw new AppError("conflict", { problem: "No rules are published for this merchant. Publish some first." });
		const places = await readWarehouses(tx, owner);
		const previous = await readPrevious(tx, accountId, order.id);
		const asked = { ...order, order: orderOf(order.document), options: places.options.get(order.connectionId) ?? {} };
		const stockOf = await loadStock(tx, owner, published.rules, [asked]);
		const trace = evaluateRules(published.rules, factsOf(asked.order, order.connectionId, stockOf(order.id)));
		const isSame = previous?.versionId === published.versionId;
		const decided = effectOf(trace.result, new Set(places.warehouses));
		const effect = isSame && previous ? withoutTakenBack(decided, order, previous.result) : decided;
		const [warehouseId] = places.warehouses;
		if (!warehouseId)
			throw new AppError("conflict", { problem: "The merchant has no warehouse connection. Connect one first." });
		await takeBack(tx, accountId, order, previous?.result ?? null);
		const by = { ...owner, versionId: published.versionId, now: new Date(), warehouseId };
		await keepRulings(tx, by, [{ orderId: order.id, number: order.number, trace, effect }]);
		await markLeftOut(tx, accountId, [order.id]);
		return {
			reason: rulingWords(trace.result, (id) => places.names.get(id) ?? id).join("; ") || "No rule changes it.",
		};
	},
	runs: "orders/deliver",
};

/** By the same version, what a person released, enabled or took back is not imposed again. */
function withoutTakenBack(effect: Decided["effect"], order: LockedOrder, previous: Ruling): Decided["effect"] {
	return {
		...effect,
		hold: previous.hold && !order.heldBy.includes("rule") ? null : effect.hold,
		skip: previous.skip && !order.sendingCanceled ? null : effect.skip,
		dealt: previous.dealt ? null : effect.dealt,
	};
}

/** The order as it was before rules decided on it; what people and carts hold stays held. */
async function takeBack(
	tx: Transaction,
	accountId: string,
	order: LockedOrder,
	previous: Ruling | null,
): Promise<void> {
	const heldBy = order.heldBy.filter((holder) => holder !== "rule");
	const free = order.heldAt === null || (heldBy.length === 0 && order.heldBy.length > 0);
	const canceled = order.sendingCanceled && !previous?.skip;
	await tx.sql(
		`update "Order" set "heldBy" = $3, "heldAt" = case when $4 then null else "heldAt" end,
		   "heldReason" = case when $4 then '' else "heldReason" end, "sendingCanceled" = $5, "status" = 'new', "problem" = null,
		   "problemCode" = null, "dueAt" = case when $4 and not $5 then greatest(now(), "waitsUntil") end, "updatedAt" = now()
		 where "accountId" = $1 and "id" = $2`,
		[accountId, order.id, heldBy, free, canceled],
	);
}

async function readPrevious(tx: Transaction, accountId: string, orderId: string) {
	const [row] = await tx.sql<{ versionId: string; result: unknown }>(
		`select "versionId", "result" from "OrderRuling" where "accountId" = $1 and "orderId" = $2`,
		[accountId, orderId],
	);
	return row ? { versionId: row.versionId, result: ruling.parse(row.result) } : null;
}

async function readWarehouses(tx: Transaction, { accountId, merchantId }: { accountId: string; merchantId: string }) {
	const rows = await tx.sql<{ id: string; name: string; side: string; archived: boolean; options: unknown }>(
		`select "id", "name", "side", "archivedAt" is not null as "archived", "options" from "Connection"
		 where "accountId" = $1 and "merchantId" = $2 order by "id"`,
		[accountId, merchantId],
	);
	return {
		warehouses: rows.filter(({ side, archived }) => side === "destination" && !archived).map(({ id }) => id),
		names: new Map(rows.map(({ id, name }) => [id, name])),
		options: new Map(rows.map(({ id, options }) => [id, options])),
	};
}
