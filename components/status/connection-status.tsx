import { CircleCheck, CirclePause, Hourglass, KeyRound, Settings2, Timer } from "lucide-react";
import { connectionStateWords } from "@/lib/canonical/state-words";
import type { ConnectionState } from "@/lib/canonical/status";
import { type Look, StatusTag } from "./status-tag";

export const connectionLooks: Record<ConnectionState, Look> = {
	active: {
		word: connectionStateWords.active,
		icon: CircleCheck,
		tone: "done",
		sentence: "It works and runs on its schedule.",
	},
	paused: {
		word: connectionStateWords.paused,
		icon: CirclePause,
		tone: "look",
		sentence: "Nothing runs until somebody resumes it.",
	},
	throttled: {
		word: connectionStateWords.throttled,
		icon: Timer,
		tone: "look",
		sentence: "The system asked us to slow down. We go on by ourselves.",
	},
	waiting: {
		word: connectionStateWords.waiting,
		icon: Hourglass,
		tone: "look",
		sentence: "The system does not answer. We ask it again and again and go on by ourselves; nothing is lost.",
	},
	needs_reconnect: {
		word: connectionStateWords.needs_reconnect,
		icon: KeyRound,
		tone: "person",
		sentence: "The system no longer accepts the access details. Enter new ones; nothing is lost meanwhile.",
	},
	not_set_up: {
		word: connectionStateWords.not_set_up,
		icon: Settings2,
		tone: "waiting",
		sentence: "Finish the settings and test the connection.",
	},
};

export function ConnectionStateTag({ state }: { state: ConnectionState }) {
	return <StatusTag look={connectionLooks[state]} />;
}
