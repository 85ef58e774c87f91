import type { JourneyStep } from "@/lib/api/contract/orders";
import type { EventFacts, OrderEventKind } from "@/lib/flow/run/events";
import { flowJobs, isFlowJob } from "@/lib/jobs/catalogue";

export interface EventRow {
	id: string;
	at: Date;
	kind: string;
	actorType: string;
	/** A person's name, or a function. */
	actor: string;
	runId: string | null;
	facts: EventFacts;
}

/** Each kind's sentence and weight; total over the union, so a new kind cannot compile without them. */
const words: Record<OrderEventKind, { title: string; tone: JourneyStep["tone"] }> = {
	"replaced-by-source": { title: "Changed in the cart, and replaced here", tone: "done" },
	"changed-under-edit": { title: "Changed in the cart; the correction made here stands", tone: "look" },
	"changed-after-delivery": { title: "Changed in the cart after it was sent", tone: "look" },
	"changed-back": { title: "Changed back in the cart to what the warehouse has", tone: "done" },
	"change-pushed": { title: "The warehouse took the change", tone: "done" },
	"change-refused": { title: "The warehouse did not take the change", tone: "person" },
	"change-dealt-with": { title: "Change marked as dealt with", tone: "done" },
	edited: { title: "Corrected by hand", tone: "done" },
	"edit-undone": { title: "Correction taken back: the order is as the cart has it", tone: "done" },
	"address-accepted": { title: "The proposed address was accepted", tone: "done" },
	"address-kept": { title: "The address is sent as it is, because a person said so", tone: "moving" },
	"address-keep-undone": { title: "The address is checked again", tone: "done" },
	"marked-delivered": { title: "Marked as delivered by hand", tone: "done" },
	"delivery-mark-undone": { title: "Mark as delivered taken back", tone: "look" },
	"canceled-by-source": { title: "Canceled in the cart before it was sent", tone: "waiting" },
	"cancel-wanted": { title: "Canceled in the cart: the warehouse is asked to cancel", tone: "moving" },
	"cancel-too-late": { title: "Canceled in the cart after it shipped", tone: "look" },
	"cancel-accepted": { title: "The warehouse canceled it", tone: "waiting" },
	"cancel-refused": { title: "The warehouse refused to cancel it", tone: "person" },
	"canceled-by-warehouse": { title: "Canceled by the warehouse", tone: "look" },
	"rest-canceled-by-warehouse": { title: "The warehouse canceled what had not shipped", tone: "person" },
	"cart-canceled": { title: "Canceled in the cart too", tone: "done" },
	"cart-cancel-refused": { title: "The cart does not know that it is canceled", tone: "person" },
	"cart-cancel-dealt-with": { title: "Cancellation marked as dealt with", tone: "done" },
	"rules-applied": { title: "Rules applied again", tone: "done" },
	held: { title: "Held", tone: "look" },
	released: { title: "Released", tone: "done" },
	"sending-canceled": { title: "Sending canceled", tone: "look" },
	"sending-enabled": { title: "Sending enabled again", tone: "done" },
	resent: { title: "Sent again by hand", tone: "moving" },
	"pulled-again": { title: "Asked of the cart again", tone: "moving" },
	acknowledged: { title: "The cart was told that the order is here", tone: "done" },
	"split-planned": { title: "Planned by stock", tone: "done" },
	backordered: { title: "Waits for stock", tone: "waiting" },
	"available-sent": { title: "What is there is sent, because a person said so", tone: "moving" },
	"full-sent": { title: "Sent in full whatever the stock, because a person said so", tone: "moving" },
	"closed-by-hand": { title: "Closed by hand as shipped: the rest will not come", tone: "done" },
	"tracking-resent": { title: "Tracking sent again by hand", tone: "moving" },
};

export function eventStep(event: EventRow): Omit<JourneyStep, "tookMs"> {
	const known = isKnown(event.kind) ? words[event.kind] : { title: event.kind, tone: "waiting" as const };
	return {
		id: event.id,
		kind: "event",
		tone: known.tone,
		title: known.title,
		detail: [event.facts.byThere && `By ${event.facts.byThere} there.`, event.facts.reason].filter(Boolean).join(" "),
		at: event.at.toISOString(),
		who: event.actorType === "job" ? (isFlowJob(event.actor) ? flowJobs[event.actor].title : "Crossdock") : event.actor,
		runId: event.runId,
		nextTryAt: null,
		attempts: [],
		notes: (event.facts.changes ?? []).map(({ field, before, after }) => ({
			label: field,
			text: `${before || "nothing"} → ${after || "nothing"}`,
		})),
	};
}

function isKnown(kind: string): kind is OrderEventKind {
	return kind in words;
}
