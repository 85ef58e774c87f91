import { Ban, CircleCheck, CircleDashed, CircleX, Hand, OctagonAlert, Truck, Warehouse } from "lucide-react";
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

export interface OrderState {
	status: OrderStatus;
	held: boolean;
	sendingCanceled: boolean;
}

export function orderLook({ status, held, sendingCanceled }: OrderState): Look {
	if (status !== "new" && status !== "error") return orderLooks[status];
	if (sendingCanceled) return orderFlagLooks.sendingCanceled;
	if (held) return orderFlagLooks.held;
	return orderLooks[status];
}

export function OrderStatusTag(state: OrderState) {
	return <StatusTag look={orderLook(state)} />;
}
