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
	writes: PlannedWrite<T>[];
	concurrent: number;
	now: () => Date;
	/** Called with results as they gather, so that little is unknown when the process dies. One call at a time. */
	settle: (results: WriteResult[]) => Promise<void>;
}

/** How many results may wait for their commit. */
const settleEvery = 64;
/** This many failures in a row to reach the far side mean that it is down, not that a record is bad. */
const outageAfter = 5;

/** Sends all, at most `concurrent` at once. Returns the fault that ended the batch early, if one did. */
export async function sendWrites<T>(options: SendOptions<T>): Promise<Fault | null> {
	const queue = options.writes.values();
	const done: WriteResult[] = [];
	let stopped: Fault | null = null;
	let failuresInARow = 0;
	let settling: Promise<void> = Promise.resolve();

	const settleSome = (least: number) => {
		if (done.length < least) return;
		const results = done.splice(0);
		settling = settling.then(() => options.settle(results));
		// The failure is seen where the chain is awaited; this keeps it from counting as unhandled meanwhile.
		settling.catch(() => {});
	};
	const work = async () => {
		for (const write of queue) {
			if (stopped || options.context.signal.aborted) {
				const at = options.now();
				done.push({ id: write.id, startedAt: at, endedAt: at, state: "postponed" });
				continue;
			}
			const result = await sendOne(options, write);
			done.push(result);
			const fault = result.state === "failed" ? result.fault : null;
			failuresInARow = fault?.kind === "transient" ? failuresInARow + 1 : 0;
			if (fault && (fault.kind === "auth" || fault.kind === "rate-limited" || failuresInARow >= outageAfter))
				stopped ??= fault;
			settleSome(settleEvery);
		}
	};
	await Promise.all(Array.from({ length: Math.min(options.concurrent, options.writes.length) }, work));
	settleSome(1);
	await settling;
	return stopped;
}

async function sendOne<T>(options: SendOptions<T>, write: PlannedWrite<T>): Promise<WriteResult> {
	const startedAt = options.now();
	const base = () => ({ id: write.id, startedAt, endedAt: options.now() });
	let looked = false;
	try {
		if (write.look || write.lookOnly) {
			looked = true;
			const found = await options.creator.find(options.context, write.key, write.value);
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
