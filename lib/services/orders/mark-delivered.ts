import type { OrderStatus } from "@/lib/canonical/status";
import { newId } from "@/lib/db/ids";
import type { Scope } from "@/lib/db/scope";
import type { Transaction } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import { withdrawRest } from "@/lib/flow/deliver/backorders";
import { changeOrder, type LockedOrder, mustBeHere, type OrderChange } from "./change-order";

/** What an order and its delivery were before somebody marked it, so that the mark can be taken back. */
export interface HandBefore {
	status: Extract<OrderStatus, "new" | "error">;
	problem: string | null;
	problemCode: string | null;
	delivery: { key: string; state: string } | null;
}
interface Warehouse {
	id: string;
	name: string;
}
interface Mark {
	/** The number the warehouse knows it by; empty: its own, or the one it was tried under. */
	number: string;
	reason: string;
	connectionId?: string | undefined;
}

/**
 * Mark as delivered by hand: somebody gave the order to the warehouse in another way. It is never sent from here, and
 * its shipments are found by the number.
 */
export function markDelivered(scope: Scope, orderId: string, mark: Mark): Promise<{ id: string }> {
	return changeOrder(scope, orderId, markDeliveredChange(mark));
}

export function markDeliveredChange(mark: Mark): OrderChange {
	return {
		kind: "marked-delivered",
		reason: mark.reason,
		allow(order) {
			mustBeHere(order);
			if (order.heldAt) throw new AppError("conflict", { problem: `Order ${order.number} is held. Release it first.` });
		},
		async write(tx, order, one) {
			const warehouse = await warehouseOf(tx, order, one, mark);
			await writeDelivery(tx, order, one, { warehouse, number: mark.number });
			await withdrawRest(tx, one[0], [one[1]]);
			await tx.sql(
				`update "Order" set "status" = 'at_wms', "deliveredAt" = now(), "dueAt" = null, "waitsUntil" = null,
				   "problem" = null, "problemCode" = null, "updatedAt" = now() where "accountId" = $1 and "id" = $2`,
				one,
			);
			return {};
		},
	};
}

async function warehouseOf(
	tx: Transaction,
	order: LockedOrder,
	[accountId, orderId]: [string, string],
	{ connectionId }: Mark,
): Promise<Warehouse> {
	const warehouses = await tx.sql<Warehouse & { tried: boolean }>(
		`select c."id", c."name", exists (select 1 from "Delivery" d where d."accountId" = $1 and d."orderId" = $3
		   and d."connectionId" = c."id") as "tried"
		 from "Connection" c where c."accountId" = $1 and c."merchantId" = $2 and c."side" = 'destination' and c."archivedAt" is null`,
		[accountId, order.merchantId, orderId],
	);
	if (warehouses.length === 0)
		throw new AppError("conflict", { problem: "The merchant has no warehouse connection. Connect one first." });
	if (connectionId) {
		const chosen = warehouses.find(({ id }) => id === connectionId);
		if (!chosen) throw new AppError("not-found", { thing: "warehouse" });
		return chosen;
	}
	const [only] = warehouses.length === 1 ? warehouses : warehouses.filter(({ tried }) => tried);
	if (!only)
		throw new AppError(
			"bad-input",
			{ field: "Warehouse", problem: "Choose which one has it." },
			{
				fields: { connectionId: "Choose which warehouse has it." },
			},
		);
	return only;
}

async function writeDelivery(
	tx: Transaction,
	order: LockedOrder,
	one: [accountId: string, orderId: string],
	{ warehouse, number }: { warehouse: Warehouse; number: string },
): Promise<void> {
	const [known] = await tx.sql<{ key: string; state: string }>(
		`select "key", "state" from "Delivery" where "accountId" = $1 and "orderId" = $2 and "connectionId" = $3 and "part" = 1 for update`,
		[...one, warehouse.id],
	);
	const key = number || known?.key || order.number;
	const [other] = await tx.sql<{ number: string }>(
		`select o."number" from "Delivery" d join "Order" o on o."accountId" = d."accountId" and o."id" = d."orderId"
		 where d."accountId" = $1 and d."connectionId" = $2 and d."key" = $3 and d."orderId" <> $4`,
		[one[0], warehouse.id, key, one[1]],
	);
	if (other) {
		const problem = `${warehouse.name} knows order ${other.number} by the number ${key}. Type another.`;
		throw new AppError("bad-input", { field: "Number", problem }, { fields: { number: problem } });
	}
	const [was] = await tx.sql<Pick<HandBefore, "problem" | "problemCode">>(
		`select "problem", "problemCode" from "Order" where "accountId" = $1 and "id" = $2`,
		one,
	);
	const before = { status: order.status, problem: null, problemCode: null, ...was, delivery: known ?? null };
	await tx.sql(
		`insert into "Delivery" ("id", "accountId", "merchantId", "orderId", "connectionId", "key", "state", "acceptedAt", "existed",
		   "document", "steps", "handBefore", "createdAt")
		 values ($3, $1, $4, $2, $5, $6, 'accepted', now(), true, '{}', '[]', $7, now())
		 on conflict ("accountId", "orderId", "connectionId", "part") do update set "key" = excluded."key", "state" = 'accepted',
		   "acceptedAt" = now(), "existed" = true, "handBefore" = excluded."handBefore", "nextTryAt" = null, "problem" = null, "problemCode" = null`,
		[...one, newId("dlv"), order.merchantId, warehouse.id, key, JSON.stringify(before)],
	);
}
