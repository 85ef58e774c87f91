import { ConnectorError } from "@/lib/connectors/kit/fault";
import type { Creator, Fields } from "@/lib/connectors/kit/types";
import type { Ended } from "@/lib/jobs/job";
import { noteFault } from "../connect/note-fault";
import { type Commit, commit, type FlowWork, mustYield } from "../work";
import { type PlannedWrite, sendWrites, type WriteResult } from "./send-writes";

interface Claimed<W> {
	planned: W[];
	/** Those that turned out to be nothing to send, too. */
	taken: number;
}
interface Writes<T, W extends PlannedWrite<T>> {
	creator: Creator<Fields, T>;
	/** Takes the next, which say `sending` from then on. */
	claim: (tx: Commit) => Promise<Claimed<W>>;
	/** Writes what became of some. `planned` holds everything that is on its way, by its id. */
	settle: (tx: Commit, results: WriteResult[], planned: ReadonlyMap<string, W>) => Promise<void>;
}

/**
 * Sends all that a function can claim until its turn is over: claimed in one transaction, settled in another, no call in
 * either. Returns how the run ends where the far side cannot go on, else null.
 */
export async function sendClaimed<T, W extends PlannedWrite<T>>(
	work: FlowWork,
	{ creator, claim, settle }: Writes<T, W>,
): Promise<Ended | null> {
	const onTheirWay = new Map<string, W>();
	const fault = await sendWrites({
		context: work.connection.context,
		creator,
		concurrent: work.connection.connector.limits.concurrent,
		now: work.now,
		isOver: () => mustYield(work),
		claim: async () => {
			while (!mustYield(work)) {
				const { planned, taken } = await commit(work, claim);
				for (const one of planned) onTheirWay.set(one.id, one);
				if (planned.length > 0 || taken === 0) return planned;
			}
			return [];
		},
		settle: async (results) => {
			await commit(work, (tx) => settle(tx, results, onTheirWay));
			for (const { id } of results) onTheirWay.delete(id);
		},
	});
	if (!fault) return null;
	work.connection.reach.giveUp(fault);
	return noteFault(work, new ConnectorError(fault, "the batch ended early"));
}

/** Of claims that send whatever they take. */
export function all<W>(planned: W[]): Claimed<W> {
	return { planned, taken: planned.length };
}
