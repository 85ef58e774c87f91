/**
 * One run of one flow, from the job's payload to its end. Whatever happens inside ends in a state a person can
 * read: done, with problems, waiting until a time, stopped, interrupted; only a bug or a lost database throws.
 */
import { ConnectorError } from "@/lib/connectors/kit/fault";
import { jobScope } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import type { FlowPayload } from "@/lib/jobs/catalogue";
import type { Ended } from "@/lib/jobs/job";
import { noteFault } from "../connect/note-fault";
import { openConnection } from "../connect/open-connection";
import { type FlowWork, RunLostError } from "../work";
import { closeRun, emptyCounts, openRun } from "./open-run";
import { flows } from "./perform";

export async function performRun(
	payload: FlowPayload,
	worker: { id: string; signal: AbortSignal; now?: () => Date },
): Promise<"ran" | "busy" | "throttled" | "closed"> {
	const now = worker.now ?? (() => new Date());
	const scope = { ...jobScope(payload.accountId, payload.merchantId, "flow"), merchantId: payload.merchantId };
	const opened = await openRun(scope, payload, worker.id, now());
	if (opened.kind !== "open") return opened.kind;
	const { runId, flow } = opened;
	const counts = { ...emptyCounts };
	let ended: Ended = { done: true };
	let work: FlowWork | undefined;
	try {
		const connection = await openConnection(scope, flow.connectionId, { signal: worker.signal, now });
		work = { scope, runId, only: payload.only, flow, connection, counts, signal: worker.signal, now, stopAsked: false };
		ended = await flows[flow.job](work);
	} catch (error) {
		if (error instanceof RunLostError) return "ran";
		if (error instanceof AppError) ended = { stop: true, because: error.message };
		else if (worker.signal.aborted) ended = { done: true };
		else if (error instanceof ConnectorError && work) ended = await noteFault(work, error);
		else {
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
		ended: interrupted
			? { again: now(), because: "the worker was asked to stop" }
			: work?.stopAsked
				? { stop: true, because: "stopped by a person" }
				: ended,
		problems: counts.failed > 0,
		interrupted,
		now: now(),
	});
	return "ran";
}
