/** How a step, a delivery and a confirmation are called on the way of an order. */
import type { JourneyStep } from "@/lib/api/contract/orders";

type Words = Record<string, { tone: JourneyStep["tone"]; title: string }>;
export const deliveryWords: Words = {
	intended: { tone: "waiting", title: "Waiting to reach" },
	sending: { tone: "moving", title: "Being sent to" },
	accepted: { tone: "done", title: "Accepted by" },
	refused: { tone: "person", title: "Refused by" },
	unknown: { tone: "look", title: "No answer from" },
	canceled: { tone: "waiting", title: "Canceled at" },
};
export const confirmationWords: Words = {
	intended: { tone: "waiting", title: "Tracking waits for" },
	sending: { tone: "moving", title: "Telling" },
	accepted: { tone: "done", title: "Tracking is at" },
	refused: { tone: "person", title: "Tracking refused by" },
	unknown: { tone: "look", title: "No answer about tracking from" },
	canceled: { tone: "waiting", title: "Tracking not sent to" },
};
