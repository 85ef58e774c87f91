import {
	Ban,
	CircleCheck,
	CircleDashed,
	CircleX,
	FlaskConical,
	Hand,
	Hourglass,
	OctagonAlert,
	Pencil,
	Truck,
	Warehouse,
} from "lucide-react";
import {
	type OrderState,
	orderOverOf,
	orderOverWords,
	orderStateOf,
	orderStateWords,
} from "@/lib/canonical/state-words";
import type { OrderStatus } from "@/lib/canonical/status";
import { type Look, StatusTag } from "./status-tag";

export const orderLooks: Record<OrderStatus, Look> = {
	new: {
		word: orderStateWords.new,
		icon: CircleDashed,
		tone: "waiting",
		sentence: "Loaded from the cart. It goes to the warehouse next.",
	},
	at_wms: {
		word: orderStateWords.at_wms,
		icon: Warehouse,
		tone: "moving",
		sentence: "The warehouse has the order and is working on it.",
	},
	shipped: {
		word: orderStateWords.shipped,
		icon: Truck,
		tone: "done",
		sentence: "The warehouse shipped it. The cart gets the tracking next.",
	},
	confirmed: {
		word: orderStateWords.confirmed,
		icon: CircleCheck,
		tone: "done",
		sentence: "The cart has the tracking.",
	},
	error: {
		word: orderStateWords.error,
		icon: OctagonAlert,
		tone: "person",
		sentence: "Something must be corrected before the order can go on.",
	},
	canceled: {
		word: orderStateWords.canceled,
		icon: CircleX,
		tone: "waiting",
		sentence: "The order will not be shipped.",
	},
};

/** Flags lie over the status: a held order is still New, but Held is what a person must see. */
export const orderFlagLooks: Record<"held" | "sendingCanceled", Look> = {
	held: { word: orderStateWords.held, icon: Hand, tone: "look", sentence: "It waits until somebody releases it." },
	sendingCanceled: {
		word: orderStateWords.sendingCanceled,
		icon: Ban,
		tone: "look",
		sentence: "It is never sent until sending is enabled again.",
	},
};

/** What lies over an order at the warehouse: a cancellation asked of it, or a change it has not taken. */
export const cancelLooks: Record<"asked" | "refused", Look> = {
	asked: {
		word: orderOverWords.cancelAsked,
		icon: Ban,
		tone: "moving",
		sentence: "The warehouse was asked to cancel it.",
	},
	refused: {
		word: orderOverWords.cancelRefused,
		icon: OctagonAlert,
		tone: "person",
		sentence: "The warehouse refused to cancel it. It may still ship.",
	},
};
export const changedLook: Look = {
	word: orderOverWords.changed,
	icon: Pencil,
	tone: "look",
	sentence: "The cart changed it after the warehouse had it. Somebody must tell the warehouse.",
};

export const backorderedLook: Look = {
	word: orderOverWords.backordered,
	icon: Hourglass,
	tone: "waiting",
	sentence: "Some or all of it waits for stock. It goes by itself when the warehouse has it.",
};

const shownLooks: Record<keyof typeof orderStateWords, Look> = {
	...orderLooks,
	...orderFlagLooks,
	heldByClient: {
		...orderFlagLooks.held,
		word: orderStateWords.heldByClient,
		sentence: "It waits until the client releases it.",
	},
	waitsForGoLive: {
		...orderFlagLooks.held,
		word: orderStateWords.waitsForGoLive,
		sentence: "Its cart is in test. It waits until the cart goes live.",
	},
};

export function orderLook(state: OrderState): Look {
	return shownLooks[orderStateOf(state)];
}

/** Beside the state, what a person must know about it. */
export function overLook(state: OrderState): Look | null {
	const over = orderOverOf(state);
	const looks = { cancelAsked: cancelLooks.asked, cancelRefused: cancelLooks.refused, changed: changedLook };
	return over && { ...looks, backordered: backorderedLook }[over];
}

/** Over an order or a purchase order that was made for a guided test. */
export const testLook: Look = {
	word: "Test",
	icon: FlaskConical,
	tone: "moving",
	sentence: "Made for a guided test of its cart and warehouse. No figure counts it.",
};

/** The state, and below it what lies over it. */
export function OrderStateTags({ test, ...state }: OrderState & { test?: boolean }) {
	const over = overLook(state);
	return (
		<>
			<StatusTag look={orderLook(state)} />
			{over && <StatusTag look={over} />}
			{test && <StatusTag look={testLook} />}
		</>
	);
}
