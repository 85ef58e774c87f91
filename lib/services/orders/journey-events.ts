import type { JourneyStep } from "@/lib/api/contract/orders";
import type { OrderEventKind } from "@/lib/flow/run/events";
import { flowJobs, isFlowJob } from "@/lib/jobs/catalogue";

export interface EventRow {
	id: string;
	at: Date;
	kind: string;
	actorType: string;
	/** A person's name, or a function. */
	actor: string;
	runId: string | null;
	facts: Record<string, string>;
}

/** Each kind's sentence and weight; total over the union, so a new kind cannot compile without them. */
const words: Record<OrderEventKind, { title: string; tone: JourneyStep["tone"] }> = {
	"replaced-by-source": { title: "Changed in the cart, and replaced here", tone: "done" },
	"changed-after-delivery": {
		title: "Changed in the cart after it was sent; the warehouse keeps what it has",
		tone: "look",
	},
	"canceled-by-source": { title: "Canceled in the cart before it was sent", tone: "waiting" },
	"cancel-wanted": { title: "Canceled in the cart: the warehouse is asked to cancel", tone: "moving" },
	"cancel-too-late": { title: "Canceled in the cart after it shipped", tone: "look" },
	"cancel-accepted": { title: "The warehouse canceled it", tone: "waiting" },
	"cancel-refused": { title: "The warehouse refused to cancel it", tone: "person" },
	held: { title: "Held", tone: "look" },
	released: { title: "Released", tone: "done" },
	"sending-canceled": { title: "Sending canceled", tone: "look" },
	"sending-enabled": { title: "Sending enabled again", tone: "done" },
	resent: { title: "Sent again by hand", tone: "moving" },
	acknowledged: { title: "The cart was told that the order is here", tone: "done" },
	"tracking-resent": { title: "Tracking sent again by hand", tone: "moving" },
};

export function eventStep(event: EventRow): Omit<JourneyStep, "tookMs"> {
	const known = isKnown(event.kind) ? words[event.kind] : { title: event.kind, tone: "waiting" as const };
	return {
		id: event.id,
		kind: "event",
		tone: known.tone,
		title: known.title,
		detail: event.facts.reason ?? "",
		at: event.at.toISOString(),
		who: event.actorType === "job" ? (isFlowJob(event.actor) ? flowJobs[event.actor].title : "Crossdock") : event.actor,
		runId: event.runId,
		nextTryAt: null,
		attempts: [],
		notes: [],
	};
}

function isKnown(kind: string): kind is OrderEventKind {
	return kind in words;
}
