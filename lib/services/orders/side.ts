/** For whom somebody acts on orders: the client, whose goods they are, or the staff that pack them. */
import type { Scope } from "@/lib/db/scope";
import type { Transaction } from "@/lib/db/transact";

export const sides = ["client", "staff"] as const;
export type Side = (typeof sides)[number];

/** Who may hold an order: a side, the gate that a new order source passes when it goes live, or a rule. */
export const holders = [...sides, "go-live", "rule"] as const;
export type Holder = (typeof holders)[number];

/** A merchant's people and keys are the client; in a brand's own account everybody but the linked 3PL's staff is. */
export async function askerSide(tx: Transaction, scope: Scope): Promise<{ side: Side; clientsOwn: boolean }> {
	const [account] = await tx.sql<{ kind: string }>(`select "kind" from "Account" where "id" = $1`, [scope.accountId]);
	const clientsOwn = account?.kind === "merchant";
	if (scope.linkId) return { side: "staff", clientsOwn };
	return { side: scope.merchantId || clientsOwn ? "client" : "staff", clientsOwn };
}

/**
 * Why somebody may not release an order, or null. Each side releases its own hold. A brand's own account is its own: its
 * people may also release what the linked 3PL's staff hold there, or nobody could once the link has ended.
 */
export function releaseRefusal(order: {
	number: string;
	heldAt: Date | null;
	heldBy: readonly Holder[];
	side: Side;
	clientsOwn: boolean;
}): string | null {
	if (!order.heldAt) return `Order ${order.number} is not held.`;
	const holders = holdersOf(order).filter((holder) => holder !== "go-live" && holder !== "rule");
	if (holders.length === 0 || holders.includes(order.side) || (order.clientsOwn && order.side === "client"))
		return null;
	return order.side === "staff"
		? `Order ${order.number} is held by the client. Only the client may release it.`
		: `Order ${order.number} is held by the warehouse's staff. Only they may release it.`;
}

/** Who must release an order before it goes on. */
export function heldWords(order: { heldAt: Date | null; heldBy: readonly Holder[] }): string {
	const holders = holdersOf(order);
	if (holders.includes("client") && holders.includes("staff"))
		return "The client and the warehouse's staff hold it. Both must release it.";
	if (holders.includes("client")) return "The client holds it, and releases it.";
	return holders.includes("staff") || holders.includes("rule")
		? "Release it to let it go on."
		: "Its cart is in test: it waits until the cart goes live. Release it to send this one as a test.";
}

/** Who holds an order; what was held before sides were told apart is the staff's. */
export function holdersOf({ heldAt, heldBy }: { heldAt: Date | null; heldBy: readonly Holder[] }): readonly Holder[] {
	if (!heldAt) return [];
	return heldBy.length > 0 ? heldBy : ["staff"];
}
