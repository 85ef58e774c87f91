/**
 * One run of one flow, from the job's payload to its end. Whatever happens inside ends in a state a person can
 * read: done, with problems, waiting until a time, stopped, interrupted; only a bug or a lost database throws.
 */
import { ConnectorError } from "@/lib/connectors/kit/fault";
import { jobScope } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import type { FlowPayload } from "@/lib/jobs/catalogue";
import type { Ended } from "@/lib/jobs/job";
import { log, logging } from "@/lib/log";
import { secondMs } from "@/lib/time";
import { traced } from "@/lib/trace";
import { noteReach, probe } from "../connect/circuit";
import { noteFault } from "../connect/note-fault";
import { openConnection } from "../connect/open-connection";
import { type FlowWork, RunLostError } from "../work";
import { closeRun, emptyCounts, type Opened, openRun } from "./open-run";
import { flows } from "./perform";

/** After so long a run makes room, at its next commit, for others that wait. */
const turnMs = 15 * secondMs;

interface Worker {
	id: string;
	signal: AbortSignal;
	now?: () => Date;
	/** How long a run may go on while others wait, in milliseconds. */
	turnMs?: number;
}

export async function performRun(
	payload: FlowPayload,
	worker: Worker,
): Promise<"ran" | Exclude<Opened["kind"], "open">> {
	const now = worker.now ?? (() => new Date());
	const scope = { ...jobScope(payload.accountId, payload.merchantId, "flow"), merchantId: payload.merchantId };
	const opened = await openRun(scope, payload, worker.id, now());
	if (opened.kind !== "open") return opened.kind;
	const { runId, flow } = opened;
	const attributes = { "crossdock.job": flow.job, "crossdock.run_id": runId, "crossdock.trigger": payload.trigger };
	return logging({ runId }, () =>
		traced(`run ${flow.job}`, attributes, () => runOpened(scope, payload, opened, { ...worker, now })),
	);
}

/** Everything between a run's beginning and its end. */
async function runOpened(
	scope: FlowWork["scope"],
	payload: FlowPayload,
	opened: Extract<Opened, { kind: "open" }>,
	worker: Worker & { now: () => Date },
): Promise<"ran"> {
	const { runId, flow } = opened;
	const { now } = worker;
	const counts = { ...emptyCounts };
	let ended: Ended = { done: true };
	let problems = false;
	let work: FlowWork | undefined;
	try {
		const connection = await openConnection(scope, flow.connectionId, { signal: worker.signal, now });
		const turnEndsAt = performance.now() + (worker.turnMs ?? turnMs);
		const about = { scope, runId, only: payload.only, flow, connection, counts, signal: worker.signal, now };
		work = { ...about, turnEndsAt, commits: 0, turnOver: false, stopAsked: false };
		({ ended, problems } = await perform(work, opened.probe));
	} catch (error) {
		if (error instanceof RunLostError) return "ran";
		if (error instanceof AppError) ended = { stop: true, because: error.message };
		else if (!worker.signal.aborted) {
			await closeRun(scope, runId, payload, {
				ended: { stop: true, because: "a fault of Crossdock" },
				problems: true,
				interrupted: true,
				now: now(),
			});
			throw error;
		}
	}
	const interrupted = worker.signal.aborted;
	await closeRun(scope, runId, payload, {
		// Cut short by a deploy: the rest follows at once, elsewhere.
		ended: interrupted ? { again: now(), because: "the worker was asked to stop" } : endOf(work, ended),
		problems,
		interrupted,
		now: now(),
	});
	log().debug({ job: flow.job, counts, problems, interrupted }, "run ended");
	return "ran";
}

/** The flow's own work, and what follows from how the system behaved meanwhile. */
async function perform(work: FlowWork, isProbe: boolean): Promise<{ ended: Ended; problems: boolean }> {
	let ended: Ended | null = null;
	try {
		ended = (isProbe && (await probe(work))) || (await flows[work.flow.job](work));
	} catch (error) {
		if (!(error instanceof ConnectorError) || work.signal.aborted) throw error;
		ended = await noteFault(work, error);
	}
	const waiting = await noteReach(work);
	// That the system is out is a state of its connection, not a problem of this run's records.
	return waiting ? { ended: waiting, problems: false } : { ended, problems: work.counts.failed > 0 };
}

function endOf(work: FlowWork | undefined, ended: Ended): Ended {
	if (work?.stopAsked) return { stop: true, because: "stopped by a person" };
	const goesOn = work?.turnOver && !("stop" in ended) && !("again" in ended && ended.again > work.now());
	return goesOn ? { again: work.now(), because: "others waited: the rest follows after them" } : ended;
}
