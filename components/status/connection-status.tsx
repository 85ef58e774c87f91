import { CircleCheck, CirclePause, FlaskConical, Hourglass, KeyRound, Settings2, Timer } from "lucide-react";
import { connectionStateWords, inTestWords } from "@/lib/canonical/state-words";
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

const inTestLook: Look = {
	word: inTestWords,
	icon: FlaskConical,
	tone: "waiting",
	sentence: "Its orders load and wait. Nothing goes to the warehouse until it goes live.",
};

/** The state, and beside it whether the cart has not gone live. */
export function ConnectionStateTags({ connection }: { connection: { state: ConnectionState; inTest: boolean } }) {
	return (
		<span className="inline-flex flex-wrap items-center gap-x-3">
			<ConnectionStateTag state={connection.state} />
			{connection.inTest && <StatusTag look={inTestLook} />}
		</span>
	);
}

function ConnectionStateTag({ state }: { state: ConnectionState }) {
	return <StatusTag look={connectionLooks[state]} />;
}
