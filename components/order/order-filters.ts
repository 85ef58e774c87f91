import { orderFilterStates } from "@/lib/api/contract/orders";
import { backorderedLook, cancelLooks, changedLook, orderFlagLooks, orderLooks } from "../status/order-status";
import type { Look } from "../status/status-tag";

export const stateChoices = orderFilterStates.map((value) => ({
	value,
	label: lookOf(value).word,
}));

function lookOf(value: (typeof orderFilterStates)[number]): Look {
	if (value === "held") return orderFlagLooks.held;
	if (value === "sending_canceled") return orderFlagLooks.sendingCanceled;
	if (value === "cancel_refused") return cancelLooks.refused;
	if (value === "backordered") return backorderedLook;
	return value === "changed" ? changedLook : orderLooks[value];
}

export const dayChoices = [
	{ value: "1", label: "Last 24 hours" },
	{ value: "7", label: "Last 7 days" },
	{ value: "30", label: "Last 30 days" },
	{ value: "90", label: "Last 90 days" },
];
