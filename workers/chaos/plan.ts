/** What will go wrong in a campaign, and in which order: a list that follows from the seed and from nothing else. */
import type { SandboxFault } from "@/lib/connectors/kit/sandbox-server";
import { chance } from "@/lib/testing/chance";
import { type EventTrouble, eventTroubles } from "./events";

export type PartnerFault = {
	kind: "partner";
	side: "shop" | "warehouse";
	calls: "any" | "reads" | "writes" | "lists";
	name: string;
	fault: SandboxFault;
};
export type PlannedFault =
	| PartnerFault
	/** SIGKILL for the worker at this place; another one starts. */
	| { kind: "kill"; worker: number }
	/** Connections of the database are cut: each with this chance. */
	| { kind: "cut-connections"; share: number }
	| { kind: "restart-database" }
	/** SIGTERM for all workers while new ones start. */
	| { kind: "deploy" }
	/** The machine's clock of the worker at this place is set wrong by so much. */
	| { kind: "clock"; worker: number; ms: number }
	/** The warehouse posts events as it should not, or somebody else does in its name. */
	| { kind: "events"; trouble: EventTrouble };

/** How often each kind comes, out of a hundred. What is left is the partners'. */
const shares: [PlannedFault["kind"], number][] = [
	["kill", 15],
	["cut-connections", 7],
	["events", 8],
	["clock", 4],
	["deploy", 2],
	["restart-database", 1],
];

type Kind = Omit<PartnerFault, "kind" | "side">;
const status = (code: number, when: "before" | "after", calls: Kind["calls"] = "any"): Kind => ({
	calls,
	name: `${code} ${when}`,
	fault: {
		kind: "status",
		status: code,
		when,
		...(code === 429 && { headers: { "retry-after": "1" } }),
	},
});

const partnerFaults: Kind[] = [
	status(429, "before"),
	status(429, "before", "writes"),
	status(401, "before"),
	status(500, "before"),
	status(502, "before"),
	status(503, "before", "writes"),
	status(500, "after", "writes"),
	status(504, "after", "writes"),
	{ calls: "any", name: "reset before", fault: { kind: "reset", when: "before" } },
	{ calls: "writes", name: "reset after", fault: { kind: "reset", when: "after" } },
	{ calls: "any", name: "slow", fault: { kind: "delay", when: "before", ms: 300 } },
	// Longer than a partner may take: the write was carried out, and nobody heard of it.
	{ calls: "writes", name: "later than the time-out", fault: { kind: "delay", when: "after", ms: 1_500 } },
	{ calls: "any", name: "truncated", fault: { kind: "truncate" } },
	{ calls: "writes", name: "truncated", fault: { kind: "truncate" } },
	{ calls: "any", name: "not JSON", fault: { kind: "html" } },
	{ calls: "lists", name: "doubled page", fault: { kind: "repeat" } },
	{ calls: "lists", name: "reordered page", fault: { kind: "reorder" } },
];

export function planFaults(seed: number, count: number, workers: number): PlannedFault[] {
	const random = chance(seed);
	const below = (most: number) => Math.floor(random() * most);
	return Array.from({ length: count }, (): PlannedFault => {
		let dice = random() * 100;
		const kind = shares.find(([, share]) => {
			dice -= share;
			return dice < 0;
		})?.[0];
		switch (kind) {
			case "kill":
				return { kind, worker: below(workers) };
			case "cut-connections":
				return { kind, share: 0.2 + random() * 0.8 };
			case "clock":
				return { kind, worker: below(workers), ms: Math.round((random() - 0.5) * 20 * 60_000) };
			case "events":
				return { kind, trouble: eventTroubles[below(eventTroubles.length)] ?? "doubled" };
			case "deploy":
			case "restart-database":
				return { kind };
			default:
				return partnerFault(random() < 0.5 ? "shop" : "warehouse", below(partnerFaults.length));
		}
	});
}

function partnerFault(side: PartnerFault["side"], index: number): PartnerFault {
	const chosen = partnerFaults[index];
	if (!chosen) throw new Error(`there is no fault ${index}`);
	// An answer is remembered in the rule itself, so each rule has its own.
	return { kind: "partner", side, ...chosen, fault: { ...chosen.fault } };
}
