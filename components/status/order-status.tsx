import { Ban, CircleCheck, CircleDashed, CircleX, Hand, OctagonAlert, Pencil, Truck, Warehouse } from "lucide-react";
import type { OrderStatus } from "@/lib/canonical/status";
import { type Look, StatusTag } from "./status-tag";

export const orderLooks: Record<OrderStatus, Look> = {
	new: {
		word: "New",
		icon: CircleDashed,
		tone: "waiting",
		sentence: "Loaded from the cart. It goes to the warehouse next.",
	},
	at_wms: {
		word: "At WMS",
		icon: Warehouse,
		tone: "moving",
		sentence: "The warehouse has the order and is working on it.",
	},
	shipped: {
		word: "Shipped",
		icon: Truck,
		tone: "done",
		sentence: "The warehouse shipped it. The cart gets the tracking next.",
	},
	confirmed: { word: "Confirmed", icon: CircleCheck, tone: "done", sentence: "The cart has the tracking." },
	error: {
		word: "Error",
		icon: OctagonAlert,
		tone: "person",
		sentence: "Something must be corrected before the order can go on.",
	},
	canceled: { word: "Canceled", icon: CircleX, tone: "waiting", sentence: "The order will not be shipped." },
};

/** Flags lie over the status: a held order is still New, but Held is what a person must see. */
export const orderFlagLooks: Record<"held" | "sendingCanceled", Look> = {
	held: { word: "Held", icon: Hand, tone: "look", sentence: "It waits until somebody releases it." },
	sendingCanceled: {
		word: "Sending canceled",
		icon: Ban,
		tone: "look",
		sentence: "It is never sent until sending is enabled again.",
	},
};

/** What lies over an order at the warehouse: a cancellation asked of it, or a change it has not taken. */
export const cancelLooks: Record<"asked" | "refused", Look> = {
	asked: { word: "Cancel asked", icon: Ban, tone: "moving", sentence: "The warehouse was asked to cancel it." },
	refused: {
		word: "Cancel refused",
		icon: OctagonAlert,
		tone: "person",
		sentence: "The warehouse refused to cancel it. It may still ship.",
	},
};
export const changedLook: Look = {
	word: "Changed in the cart",
	icon: Pencil,
	tone: "look",
	sentence: "The cart changed it after the warehouse had it. Somebody must tell the warehouse.",
};

export interface OrderState {
	status: OrderStatus;
	held: boolean;
	heldBy?: readonly string[];
	sendingCanceled: boolean;
	cancelState?: string;
	changeState?: string | null;
}

export function orderLook({ status, held, heldBy, sendingCanceled }: OrderState): Look {
	if (status !== "new" && status !== "error") return orderLooks[status];
	if (sendingCanceled) return orderFlagLooks.sendingCanceled;
	if (held && heldBy?.includes("client"))
		return { ...orderFlagLooks.held, word: "Held by the client", sentence: "It waits until the client releases it." };
	if (held && heldBy?.includes("go-live") && !heldBy.includes("staff"))
		return {
			...orderFlagLooks.held,
			word: "Waits for go-live",
			sentence: "Its cart is in test. It waits until the cart goes live.",
		};
	if (held) return orderFlagLooks.held;
	return orderLooks[status];
}

/** Beside the state, what a person must know about it. */
export function overLook({ status, cancelState = "none", changeState }: OrderState): Look | null {
	if (status !== "canceled") {
		if (cancelState === "refused") return cancelLooks.refused;
		if (["wanted", "requested", "pending"].includes(cancelState)) return cancelLooks.asked;
	}
	return changeState === "open" ? changedLook : null;
}

/** The state, and below it what lies over it. */
export function OrderStateTags(state: OrderState) {
	const over = overLook(state);
	return (
		<>
			<StatusTag look={orderLook(state)} />
			{over && <StatusTag look={over} />}
		</>
	);
}
