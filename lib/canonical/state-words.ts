/** How states are called: the same words on screens and in the files that people take from them. */
import type { ConnectionState, OrderStatus, RunState } from "./status";

/** What an order is, as far as its state goes. */
export interface OrderState {
	status: OrderStatus;
	held: boolean;
	heldBy?: readonly string[];
	sendingCanceled: boolean;
	cancelState?: string;
	changeState?: string | null;
	/** Some or all of it waits for stock. */
	backordered?: boolean;
}

export const orderStateWords = {
	new: "New",
	at_wms: "At WMS",
	shipped: "Shipped",
	confirmed: "Confirmed",
	error: "Error",
	canceled: "Canceled",
	held: "Held",
	heldByClient: "Held by the client",
	waitsForGoLive: "Waits for go-live",
	sendingCanceled: "Sending canceled",
} as const satisfies Record<OrderStatus, string> & Record<string, string>;

export const orderOverWords = {
	cancelAsked: "Cancel asked",
	cancelRefused: "Cancel refused",
	changed: "Changed in the cart",
	backordered: "Backordered",
} as const;

/** The state people see: a held order is still new, but that it is held is what they must know. */
export function orderStateOf({ status, held, heldBy, sendingCanceled }: OrderState): keyof typeof orderStateWords {
	if (status !== "new" && status !== "error") return status;
	if (sendingCanceled) return "sendingCanceled";
	if (!held) return status;
	if (heldBy?.includes("client")) return "heldByClient";
	return heldBy?.includes("go-live") && !heldBy.includes("staff") && !heldBy.includes("rule")
		? "waitsForGoLive"
		: "held";
}

/** What lies over the state and a person must know beside it. */
export function orderOverOf({
	status,
	cancelState = "none",
	changeState,
	backordered,
}: OrderState): keyof typeof orderOverWords | null {
	if (status !== "canceled") {
		if (cancelState === "refused") return "cancelRefused";
		if (["wanted", "requested", "pending"].includes(cancelState)) return "cancelAsked";
	}
	if (changeState === "open") return "changed";
	return backordered && (status === "new" || status === "at_wms") ? "backordered" : null;
}

export const runStateWords: Record<RunState, string> = {
	running: "Running",
	done: "Done",
	done_with_problems: "Done, with problems",
	waiting: "Waiting",
	stopped: "Stopped",
	interrupted: "Interrupted",
	failed: "Failed",
};

export const triggerWords: Record<"schedule" | "automatic" | "person" | "retry" | "hint", string> = {
	schedule: "Schedule",
	automatic: "Automatic",
	person: "A person",
	retry: "Retry",
	hint: "Webhook",
};

/** What became of one record, as a person reads it. */
export const outcomeWords: Record<string, string> = {
	created: "Created",
	updated: "Updated",
	unchanged: "Unchanged",
	skipped: "Skipped",
	accepted: "Accepted",
	existed: "Was there already",
	refused: "Refused",
	failed: "Failed",
	unknown: "No answer",
	canceled: "Canceled",
	differs: "Differs",
};

export const connectionStateWords: Record<ConnectionState, string> = {
	active: "Active",
	paused: "Paused",
	throttled: "Throttled",
	waiting: "Waiting",
	needs_reconnect: "Needs reconnect",
	not_set_up: "Not set up",
};

/** Beside the state of a cart that has not gone live. */
export const inTestWords = "In test";

/** How far one warehouse's share of a split order is. */
export const shareStates = ["next", "on-its-way", "there", "waits-for-stock", "stopped", "not-sent"] as const;
export type ShareState = (typeof shareStates)[number];
export const shareStateWords: Record<ShareState, string> = {
	next: "goes next",
	"on-its-way": "on its way",
	there: "at the warehouse",
	"waits-for-stock": "waits for stock",
	stopped: "stopped",
	"not-sent": "not sent",
};
