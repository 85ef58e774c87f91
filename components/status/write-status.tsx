import { CircleCheck, CircleDashed, CircleHelp, CircleX, OctagonAlert, Send } from "lucide-react";
import type { WriteState } from "@/lib/canonical/status";
import { type Look, StatusTag } from "./status-tag";

export const writeLooks: Record<WriteState, Look> = {
	intended: { word: "Waiting to send", icon: CircleDashed, tone: "waiting", sentence: "It is sent in the next run." },
	sending: { word: "Sending", icon: Send, tone: "moving", sentence: "The request is on its way." },
	accepted: { word: "Accepted", icon: CircleCheck, tone: "done", sentence: "The other system has it." },
	refused: {
		word: "Refused",
		icon: OctagonAlert,
		tone: "person",
		sentence: "The other system said no. Correct what it names, then resend.",
	},
	unknown: {
		word: "No answer",
		icon: CircleHelp,
		tone: "look",
		sentence: "The answer was lost. We look whether it arrived before sending again.",
	},
	canceled: { word: "Canceled", icon: CircleX, tone: "waiting", sentence: "It is not sent any more." },
};

export function WriteStateTag({ state }: { state: WriteState }) {
	return <StatusTag look={writeLooks[state]} />;
}
