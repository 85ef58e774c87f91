import { CircleCheck, CirclePause, CircleStop, Clock, Loader, OctagonAlert, TriangleAlert } from "lucide-react";
import type { RunState } from "@/lib/canonical/status";
import { type Look, StatusTag } from "./status-tag";

export const runLooks: Record<RunState, Look> = {
	running: { word: "Running", icon: Loader, tone: "moving", sentence: "It works right now." },
	done: { word: "Done", icon: CircleCheck, tone: "done", sentence: "Everything it found was handled." },
	done_with_problems: {
		word: "Done, with problems",
		icon: TriangleAlert,
		tone: "look",
		sentence: "It finished, but some records could not be handled.",
	},
	waiting: { word: "Waiting", icon: Clock, tone: "waiting", sentence: "It goes on by itself at the time shown." },
	stopped: { word: "Stopped", icon: CircleStop, tone: "waiting", sentence: "Somebody stopped it." },
	interrupted: {
		word: "Interrupted",
		icon: CirclePause,
		tone: "look",
		sentence: "The worker went away. Another one goes on where it was.",
	},
	failed: {
		word: "Failed",
		icon: OctagonAlert,
		tone: "person",
		sentence: "It could not work. The reason is beside it.",
	},
};

export function RunStateTag({ state }: { state: RunState }) {
	return <StatusTag look={runLooks[state]} />;
}
