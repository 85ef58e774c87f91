/** Saves a cart's ship methods. Orders that waited for one go out: they are set free in the same transaction. */
import { audit } from "@/lib/db/audit";
import { insertRows } from "@/lib/db/bulk";
import { newId } from "@/lib/db/ids";
import type { Scope } from "@/lib/db/scope";
import { type Transaction, transact } from "@/lib/db/transact";
import { waitingOrders } from "@/lib/flow/prepare/ship-methods/unmapped";
import { type Cart, type MethodRow, readCart, readRows } from "./cart";
import { type Change, type Edit, effectOn, type Planned, planChanges } from "./plan-ship-methods";
import { wordsOf } from "./read-ship-methods";
import { releaseShipMethods } from "./release-ship-methods";

/** What a person sees before saving. */
export function previewShipMethods(scope: Scope, connectionId: string, edit: Edit) {
	return transact(scope, async (tx) => {
		const cart = await readCart(tx, scope, connectionId);
		return effectOf(tx, scope, cart, edit);
	});
}

export async function effectOf(tx: Transaction, scope: Scope, cart: Cart, edit: Edit) {
	const before = await readRows(tx, scope.accountId, cart.id);
	const after = planChanges(before, edit.changes, () => newId("shm")).rows;
	const orders = await waitingOrders(tx, scope.accountId, { connectionId: cart.id, alsoNew: true });
	const policy = edit.unmapped ?? cart.policy;
	return effectOn(orders, { rows: before, policy: cart.policy }, { rows: after, policy });
}

export function saveShipMethods(scope: Scope, connectionId: string, edit: Edit) {
	return transact(scope, async (tx) => {
		const cart = await readCart(tx, scope, connectionId, "for no key update of c");
		return keepShipMethods(tx, scope, cart, edit);
	});
}

/** The change itself, in the transaction that holds the cart. */
export async function keepShipMethods(
	tx: Transaction,
	scope: Scope,
	cart: Cart,
	{ changes, unmapped }: Edit,
): Promise<{ saved: number; released: number; undo: Edit }> {
	const rows = await readRows(tx, scope.accountId, cart.id);
	const planned = planChanges(rows, changes, () => newId("shm"));
	const policy = unmapped !== undefined && unmapped !== cart.policy ? unmapped : undefined;
	const saved = planned.written.length + planned.removed.length;
	if (saved === 0 && !policy) return { saved: 0, released: 0, undo: { changes: [] } };
	await writeRows(tx, scope, cart, planned);
	if (policy)
		await tx.sql(
			`update "Connection" set "options" = "options" || jsonb_build_object('unmappedShipMethods', $3::text), "updatedAt" = now()
			 where "accountId" = $1 and "id" = $2`,
			[scope.accountId, cart.id, policy],
		);
	const released = await releaseShipMethods(tx, scope, cart.id);
	await audit(tx, scope, {
		action: "ship-methods.saved",
		subjectType: "connection",
		subjectId: cart.id,
		merchantId: cart.merchant.id,
		before: { name: cart.name, ...(policy && { unmapped: cart.policy }), ...factsOf(planned, "before") },
		after: { name: cart.name, ...(policy && { unmapped: policy }), ...factsOf(planned, "after"), released },
	});
	return { saved, released, undo: { changes: undoOf(planned), ...(policy && { unmapped: cart.policy }) } };
}

const columns = {
	...{ id: "text", accountId: "text", merchantId: "text", connectionId: "text", code: "text", name: "text" },
	...{ conditions: "jsonb", action: "text", carrier: "text", service: "text" },
	...{ createdAt: "timestamptz", updatedAt: "timestamptz" },
};

async function writeRows(tx: Transaction, scope: Scope, cart: Cart, { removed, written }: Planned): Promise<void> {
	// What changes leaves first: a row may take the question of another that leaves it in the same save.
	const gone = [...removed, ...written.flatMap(({ before }) => before ?? [])].map(({ id }) => id);
	await tx.sql(`delete from "ShipMethodMapping" where "accountId" = $1 and "connectionId" = $2 and "id" = any($3)`, [
		...[scope.accountId, cart.id, gone],
	]);
	const now = new Date();
	const own = { accountId: scope.accountId, merchantId: cart.merchant.id, connectionId: cart.id };
	await insertRows(
		tx,
		"ShipMethodMapping",
		columns,
		written.map(({ after }) => ({ ...own, ...after, createdAt: now, updatedAt: now })),
	);
}

/** The change that takes this one back. A row that was removed comes back under a new id. */
function undoOf({ removed, written }: Planned): Change[] {
	const back = ({ code, conditions, action, carrier, service }: MethodRow) => ({
		...{ code, conditions, action, carrier, service },
	});
	return [
		...written.map(
			({ before, after }): Change =>
				before ? { id: after.id, ...back(before) } : { id: after.id, remove: true, ...back(after) },
		),
		...removed.map(back),
	];
}

const mostNamed = 20;

function factsOf({ written, removed }: Planned, side: "before" | "after"): Record<string, unknown> {
	const lines = written.flatMap((row) => (row[side] ? [sentenceOf(row[side])] : []));
	const gone = side === "before" ? removed.map(sentenceOf) : removed.map(({ code }) => `${code || "(none)"}: removed`);
	return { rows: written.length + removed.length, mappings: [...lines, ...gone].slice(0, mostNamed) };
}

function sentenceOf(row: MethodRow): string {
	const way = { unmapped: "not mapped", pass: "passed through", map: wordsOf(row) }[row.action];
	const when = Object.keys(row.conditions).length > 0 ? ` when ${JSON.stringify(row.conditions)}` : "";
	return `${row.code || "(none)"}${when}: ${way}`;
}
