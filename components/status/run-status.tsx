import { CircleCheck, CirclePause, CircleStop, Clock, Loader, OctagonAlert, TriangleAlert } from "lucide-react";
import { runStateWords } from "@/lib/canonical/state-words";
import type { RunState } from "@/lib/canonical/status";
import { type Look, StatusTag } from "./status-tag";

export const runLooks: Record<RunState, Look> = {
	running: { word: runStateWords.running, icon: Loader, tone: "moving", sentence: "It works right now." },
	done: { word: runStateWords.done, icon: CircleCheck, tone: "done", sentence: "Everything it found was handled." },
	done_with_problems: {
		word: runStateWords.done_with_problems,
		icon: TriangleAlert,
		tone: "look",
		sentence: "It finished, but some records could not be handled.",
	},
	waiting: {
		word: runStateWords.waiting,
		icon: Clock,
		tone: "waiting",
		sentence: "It goes on by itself at the time shown.",
	},
	stopped: { word: runStateWords.stopped, icon: CircleStop, tone: "waiting", sentence: "Somebody stopped it." },
	interrupted: {
		word: runStateWords.interrupted,
		icon: CirclePause,
		tone: "look",
		sentence: "The worker went away. Another one goes on where it was.",
	},
	failed: {
		word: runStateWords.failed,
		icon: OctagonAlert,
		tone: "person",
		sentence: "It could not work. The reason is beside it.",
	},
};

export function RunStateTag({ state }: { state: RunState }) {
	return <StatusTag look={runLooks[state]} />;
}
