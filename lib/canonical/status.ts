/**
 * The public order states, in the words of the product our users come from, and the only moves between
 * them. Every change of state goes through this table; no verb decides on its own.
 */
export const orderStatuses = ["new", "at_wms", "shipped", "confirmed", "error", "canceled"] as const;
export type OrderStatus = (typeof orderStatuses)[number];

/**
 * `shipped` may come straight after `new`: a warehouse can ship before our answer arrived. `at_wms` goes back to `new`
 * when a person sends again what the warehouse does not have.
 */
export const orderTransitions: Record<OrderStatus, readonly OrderStatus[]> = {
	new: ["at_wms", "error", "canceled", "shipped"],
	error: ["new", "at_wms", "canceled", "shipped"],
	// `new` and `error` again also when a person takes back that it was delivered by hand.
	at_wms: ["shipped", "confirmed", "canceled", "new", "error"],
	shipped: ["confirmed"],
	confirmed: [],
	canceled: ["new"],
};

/** True when an order in state `from` may go to state `to`. */
export function mayBecome(from: OrderStatus, to: OrderStatus): boolean {
	return orderTransitions[from].includes(to);
}

/** The states from which `to` may be reached: the `where` of a set-based update. */
export function statusesBefore(to: OrderStatus): OrderStatus[] {
	return orderStatuses.filter((from) => mayBecome(from, to));
}

/** States of one write to the outside: a delivery or a confirmation. `unknown` means: look before sending again. */
export const writeStates = ["intended", "sending", "accepted", "refused", "unknown", "canceled"] as const;
export type WriteState = (typeof writeStates)[number];

export const runStates = [
	"running",
	"done",
	"done_with_problems",
	"waiting",
	"stopped",
	"interrupted",
	"failed",
] as const;
export type RunState = (typeof runStates)[number];

/** A connection's state, worst first; `health` of lists and the arrow on its page. */
export const connectionStates = ["not_set_up", "needs_reconnect", "waiting", "throttled", "paused", "active"] as const;
export type ConnectionState = (typeof connectionStates)[number];
