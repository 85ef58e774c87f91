/**
 * Sends writes that must exist at most once at the far side: deliveries and confirmations. Promise: a write
 * whose last outcome is unknown is looked for before it is sent again; nothing is sent twice on purpose.
 * Limit: it knows nothing of the database. The caller commits `sending` before and the results after.
 */
import { ConnectorError, type Fault } from "@/lib/connectors/kit/fault";
import type { Context, Creator, Fields, Written } from "@/lib/connectors/kit/types";

export interface PlannedWrite<T> {
	id: string;
	key: string;
	value: T;
	/** Tries so far, this one included. */
	attempt: number;
	/** The last try's outcome is not known: look first. */
	look: boolean;
	/** Do not create: only find out whether it exists. */
	lookOnly?: boolean;
	/** Should it be there, it is there in other words than these. */
	outdated?: boolean;
}

export type WriteResult = { id: string; startedAt: Date; endedAt: Date } & (
	| { state: "accepted"; written: Written }
	/** Looked for, not there, and not wanted any more. */
	| { state: "absent" }
	| { state: "failed"; fault: Fault; message: string; exchangeId: string | undefined; looked: boolean }
	/** Never left: the batch ended before its turn. */
	| { state: "postponed" }
);

export interface SendOptions<T> {
	context: Context<Fields>;
	creator: Creator<Fields, T>;
	/** Hands over more to send, committed as `sending`; nothing when there is no more. One call at a time. */
	claim: () => Promise<PlannedWrite<T>[]>;
	concurrent: number;
	now: () => Date;
	/** Called with results as they gather, so that little is unknown when the process dies. One call at a time. */
	settle: (results: WriteResult[]) => Promise<void>;
	/** True when nothing more is to be sent now; what is claimed already is given back. */
	isOver: () => boolean;
}

/** How many results may wait for their commit. */
const settleEvery = 64;
/** Of a slow partner fewer are waited for: so many milliseconds after the last commit follows the next. */
const settleEveryMs = 5_000;
/** When so few are left to send, more are claimed, so that the next are there when the last has left. */
const claimBelow = 64;
/** This many failures in a row to reach the far side mean that it is down, not that a record is bad. */
const outageAfter = 5;

/** Sends all, at most `concurrent` at once. Returns the fault that ended the work early, if one did. */
export async function sendWrites<T>(options: SendOptions<T>): Promise<Fault | null> {
	const judged = { stopped: null as Fault | null, failuresInARow: 0 };
	const settling = settler(options.settle);
	const queue = claimer(options.claim, () => judged.stopped !== null || settling.hasFailed());
	const work = async () => {
		for (let write = await queue.next(); write; write = await queue.next()) {
			if (judged.stopped || options.context.signal.aborted || settling.hasFailed() || options.isOver()) {
				const at = options.now();
				settling.add({ id: write.id, startedAt: at, endedAt: at, state: "postponed" });
				continue;
			}
			const result = await sendOne(options, write);
			settling.add(result);
			const fault = result.state === "failed" ? result.fault : null;
			judged.failuresInARow = fault?.kind === "transient" ? judged.failuresInARow + 1 : 0;
			if (fault && (fault.kind === "auth" || fault.kind === "rate-limited" || judged.failuresInARow >= outageAfter))
				judged.stopped ??= fault;
		}
	};
	const ends = await Promise.allSettled(Array.from({ length: options.concurrent }, work));
	await settling.rest();
	for (const end of ends) if (end.status === "rejected") throw end.reason;
	return judged.stopped;
}

/** Hands out what is claimed, one at a time, and claims more in time. What a claim fails with comes after the last. */
function claimer<T>(claim: () => Promise<PlannedWrite<T>[]>, isStopped: () => boolean) {
	const waiting: PlannedWrite<T>[] = [];
	let claiming: Promise<void> | undefined;
	let failure: { error: unknown } | undefined;
	let isOver = false;
	const claimMore = async () => {
		try {
			const more = await claim();
			isOver = more.length === 0;
			waiting.push(...more.reverse());
		} catch (error) {
			isOver = true;
			failure = { error };
		}
		claiming = undefined;
	};
	return {
		async next(): Promise<PlannedWrite<T> | undefined> {
			for (;;) {
				if (waiting.length < claimBelow && !isOver && !isStopped()) claiming ??= claimMore();
				const write = waiting.pop();
				if (write) return write;
				if (failure) throw failure.error;
				if (!claiming) return undefined;
				await claiming;
			}
		},
	};
}

/** Commits results one batch after the other; what gathers during a commit goes with the next. */
function settler(settle: (results: WriteResult[]) => Promise<void>) {
	let gathered: WriteResult[] = [];
	let settling: Promise<void> | undefined;
	let failure: { error: unknown } | undefined;
	let settledAt = performance.now();
	const settleAll = async (least: number) => {
		while (gathered.length >= least && !failure) {
			const results = gathered;
			gathered = [];
			await settle(results).catch((error: unknown) => {
				failure = { error };
			});
		}
		settledAt = performance.now();
		settling = undefined;
	};
	return {
		add(result: WriteResult): void {
			gathered.push(result);
			const least = performance.now() - settledAt > settleEveryMs ? 1 : settleEvery;
			if (gathered.length >= least) settling ??= settleAll(least);
		},
		hasFailed: () => failure !== undefined,
		/** Ends when all is committed. Throws what a commit failed with. */
		async rest(): Promise<void> {
			await settling;
			await settleAll(1);
			if (failure) throw failure.error;
		},
	};
}

async function sendOne<T>(options: SendOptions<T>, write: PlannedWrite<T>): Promise<WriteResult> {
	const startedAt = options.now();
	const base = () => ({ id: write.id, startedAt, endedAt: options.now() });
	let looked = false;
	try {
		if (write.look || write.lookOnly) {
			looked = true;
			const found = await options.creator.find(options.context, write.key, write.value);
			if (found && write.outdated && options.creator.correct) {
				const written = await options.creator.correct(options.context, write);
				return { ...base(), state: "accepted", written };
			}
			if (found) return { ...base(), state: "accepted", written: { ...found, existed: true } };
			if (write.lookOnly) return { ...base(), state: "absent" };
			looked = false;
		}
		const written = await options.creator.create(options.context, write);
		return { ...base(), state: "accepted", written };
	} catch (error) {
		// Anything but a ConnectorError is a bug of a connector: its outcome is unknown, so it counts as sent.
		const known =
			error instanceof ConnectorError
				? error
				: new ConnectorError({ kind: "transient", sent: true }, "the connector failed", { cause: error });
		return {
			...base(),
			state: "failed",
			fault: known.fault,
			message: known.message,
			exchangeId: known.exchangeId,
			looked,
		};
	}
}
