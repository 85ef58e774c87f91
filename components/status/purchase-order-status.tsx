import {
	Ban,
	CircleCheck,
	CircleDashed,
	CircleX,
	Hourglass,
	OctagonAlert,
	PackageMinus,
	PackageOpen,
	PackagePlus,
	Pencil,
	RotateCcw,
	Truck,
} from "lucide-react";
import type { PurchaseOrderState } from "@/lib/canonical/purchase-order";
import { testLook } from "./order-status";
import { type Look, StatusTag } from "./status-tag";

export const purchaseOrderLooks: Record<PurchaseOrderState, Look> = {
	awaiting_authorization: {
		word: "Awaiting authorization",
		icon: Hourglass,
		tone: "waiting",
		sentence: "Somebody must authorize it at its source.",
	},
	awaiting_confirmation: {
		word: "Awaiting confirmation",
		icon: CircleDashed,
		tone: "waiting",
		sentence: "The vendor has not confirmed it yet.",
	},
	awaiting_reauthorization: {
		word: "Awaiting re-authorization",
		icon: RotateCcw,
		tone: "waiting",
		sentence: "It was changed and must be authorized again.",
	},
	pending_delivery: {
		word: "Pending delivery",
		icon: Truck,
		tone: "moving",
		sentence: "The goods are on their way to the warehouse.",
	},
	partially_fulfilled: {
		word: "Partially fulfilled",
		icon: PackageOpen,
		tone: "moving",
		sentence: "Some of it arrived, the rest is on its way.",
	},
	fulfilled: { word: "Fulfilled", icon: CircleCheck, tone: "done", sentence: "Everything arrived." },
	closed_short: {
		word: "Closed short",
		icon: PackageMinus,
		tone: "look",
		sentence: "Less arrived than was expected, and nobody waits for the rest.",
	},
	voided: { word: "Voided", icon: Ban, tone: "waiting", sentence: "It was voided at its source." },
	canceled: { word: "Canceled", icon: CircleX, tone: "waiting", sentence: "It was canceled at its source." },
};

/** What lies over the state, and needs a look or a person. */
export const purchaseOrderFlagLooks: Record<"problem" | "changed" | "over_received" | "sendingCanceled", Look> = {
	problem: {
		word: "Stopped",
		icon: OctagonAlert,
		tone: "person",
		sentence: "The warehouse or the source said no. Correct what it names, then resend.",
	},
	changed: {
		word: "Changed at the source",
		icon: Pencil,
		tone: "person",
		sentence: "The warehouse still expects what it was told first.",
	},
	over_received: {
		word: "Over-received",
		icon: PackagePlus,
		tone: "look",
		sentence: "More arrived than was expected, or what nobody ordered.",
	},
	sendingCanceled: {
		word: "Sending canceled",
		icon: CircleX,
		tone: "look",
		sentence: "The warehouse is not told until sending is enabled again.",
	},
};

interface Shown {
	state: PurchaseOrderState;
	sending: string;
	changed: boolean;
	overReceived: boolean;
	test: boolean;
}

export function PurchaseOrderTags({ state, sending, changed, overReceived, test }: Shown) {
	return (
		<>
			<StatusTag look={purchaseOrderLooks[state]} />
			{sending === "stopped" && <StatusTag look={purchaseOrderFlagLooks.problem} />}
			{sending === "canceled" && <StatusTag look={purchaseOrderFlagLooks.sendingCanceled} />}
			{changed && <StatusTag look={purchaseOrderFlagLooks.changed} />}
			{overReceived && <StatusTag look={purchaseOrderFlagLooks.over_received} />}
			{test && <StatusTag look={testLook} />}
		</>
	);
}
