/** The parts of a round, one after the other, each from where it was cut. */
import type { Fields, Page, Read, Reader } from "@/lib/connectors/kit/types";
import type { FlowJobName } from "@/lib/jobs/catalogue";
import type { Ended } from "@/lib/jobs/job";
import { after } from "@/lib/time";
import { readAhead } from "../run/read-pages";
import { type Commit, commit, type FlowWork, mustYield } from "../work";
import {
	beginPhase,
	type Compared,
	finishRound,
	openRound,
	type Round,
	savePage,
	settledBefore,
	stopRound,
	windowMs,
} from "./round";

/** True when the part is done; false when the run must end before. */
export type Phase = (work: FlowWork, round: Round) => Promise<boolean>;

/** Runs what is left of the round, and judges it at its end. */
export async function runPhases(work: FlowWork, phases: [name: string, phase: Phase][]): Promise<Ended> {
	const round = await openRound(work, phases[0]?.[0] ?? "");
	const begun = phases.findIndex(([name]) => name === round.cursor.phase);
	for (const [name, phase] of phases.slice(Math.max(0, begun))) {
		if (round.cursor.phase !== name) await beginPhase(work, round, name);
		if (!(await phase(work, round))) {
			if (work.stopAsked) await stopRound(work, round);
			return { done: true };
		}
	}
	await finishRound(work, round);
	return { done: true };
}

/** Reads all that a reader tells of the window, page by page, beside the cursor of the function that usually reads it. */
export async function comparePages<T, C>(
	work: FlowWork,
	round: Round,
	{
		reader,
		usual,
		from,
		compare,
	}: {
		reader: Reader<Fields, T, C>;
		/** The function that reads it usually; what it has not come to yet is no difference. */
		usual: FlowJobName;
		from?: Date | undefined;
		compare: (tx: Commit, records: Read<T>[], settled: Date) => Promise<Compared>;
	},
): Promise<boolean> {
	const settled = await settledBefore(work, usual);
	const parsed = reader.cursor.safeParse(round.cursor.at);
	const cursor = parsed.success ? parsed.data : null;
	const start = { cursor, from: from ?? after(round.startedAt, -windowMs) };
	for await (const page of readAhead<Page<T, C>>(reader.read(work.connection.context, start))) {
		const next = { phase: round.cursor.phase, at: page.next };
		await savePage(work, round, next, (tx) => compare(tx, page.records, settled));
		if (mustYield(work)) return false;
	}
	return true;
}

const batchSize = 50;

/** Goes through rows of ours by id, asks the other side about each, and keeps what a batch found in one commit. */
export async function compareRows<R extends { id: string }>(
	work: FlowWork,
	round: Round,
	{
		area,
		next,
		ask,
	}: {
		area: Compared["area"];
		/** The next rows after an id, in the order of their ids. */
		next: (tx: Commit, afterId: string, limit: number) => Promise<R[]>;
		ask: (row: R) => Promise<Compared["differences"]>;
	},
): Promise<boolean> {
	for (;;) {
		const afterId = typeof round.cursor.at === "string" ? round.cursor.at : "";
		const rows = await commit(work, (tx) => next(tx, afterId, batchSize));
		const last = rows.at(-1);
		if (!last) return true;
		const differences = await askAll(rows, ask, work.connection.connector.limits.concurrent);
		await savePage(work, round, { phase: round.cursor.phase, at: last.id }, async () => ({
			area,
			compared: rows.length,
			differences,
		}));
		if (mustYield(work)) return false;
	}
}

/** As many at once as the partner allows; the limiter decides how fast. */
async function askAll<R, A>(rows: R[], ask: (row: R) => Promise<A[]>, concurrent: number): Promise<A[]> {
	const waiting = [...rows];
	const answers: A[] = [];
	const one = async () => {
		for (let row = waiting.shift(); row; row = waiting.shift()) answers.push(...(await ask(row)));
	};
	const ends = await Promise.allSettled(Array.from({ length: Math.min(8, concurrent) }, one));
	for (const end of ends) if (end.status === "rejected") throw end.reason;
	return answers;
}
