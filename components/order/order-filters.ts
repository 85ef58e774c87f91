import { orderFilterStates } from "@/lib/api/contract/orders";
import { orderFlagLooks, orderLooks } from "../status/order-status";

export const stateChoices = orderFilterStates.map((value) => ({
	value,
	label:
		value === "held"
			? orderFlagLooks.held.word
			: value === "sending_canceled"
				? orderFlagLooks.sendingCanceled.word
				: orderLooks[value].word,
}));

export const dayChoices = [
	{ value: "1", label: "Last 24 hours" },
	{ value: "7", label: "Last 7 days" },
	{ value: "30", label: "Last 30 days" },
	{ value: "90", label: "Last 90 days" },
];
