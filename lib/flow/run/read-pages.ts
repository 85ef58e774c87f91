import type { Fields, Page, Read, Reader } from "@/lib/connectors/kit/types";
import { env } from "@/lib/env";
import type { Ended } from "@/lib/jobs/job";
import { after, hourMs, latest } from "@/lib/time";
import { type Commit, commit, type FlowWork, mustStop, mustYield } from "../work";

/** Read again every six hours, and an hour further back than the last time began. */
const lookBackEveryMs = 6 * hourMs;
const lookBackOverlapMs = hourMs;

interface Reading<T> {
	/** Lower bound of the very first read. */
	from: Date | null;
	/** Writes one page's records in the page's own transaction. */
	store: (tx: Commit, records: Read<T>[]) => Promise<void>;
}

/**
 * Reads from the flow's cursor to the end. Each page is stored together with the cursor after it, so a run
 * that is cut resumes exactly there. A cursor of an older kind is refused by its schema, and the read starts
 * over: the ledger keeps that harmless.
 */
export async function readPages<T, C>(
	work: FlowWork,
	reader: Reader<Fields, T, C>,
	reading: Reading<T>,
): Promise<Ended> {
	const cursor = reader.cursor.safeParse(work.flow.cursor);
	const from = { cursor: cursor.success ? cursor.data : null, ...(reading.from && { from: reading.from }) };
	for await (const page of readAhead(reader.read(work.connection.context, from))) {
		await storePage(work, page, reading, { keepsCursor: true });
		if (mustYield(work)) return { done: true };
	}
	await lookBack(work, reader, reading);
	return { done: true };
}

/**
 * Now and then reads once more what has changed since the last time it did so, beside the cursor. A cursor only goes
 * forward: a page that was answered with a later one, or a record that was saved with an earlier time, is behind it.
 */
async function lookBack<T, C>(work: FlowWork, reader: Reader<Fields, T, C>, reading: Reading<T>): Promise<void> {
	const now = work.now();
	const due = after(now, -lookBackEveryMs * (env().RETRY_SCALE || 1));
	const since = await commit(work, async (tx) => {
		const [flow] = await tx.sql<{ since: Date }>(
			`select coalesce("lookedBackAt", "createdAt") as "since" from "Flow"
			 where "accountId" = $1 and "id" = $2 and coalesce("lookedBackAt", "createdAt") <= $3`,
			[work.scope.accountId, work.flow.id, due],
		);
		return flow?.since;
	});
	if (!since) return;
	const from = latest(reading.from, after(since, -lookBackOverlapMs)) ?? since;
	for await (const page of readAhead(reader.read(work.connection.context, { cursor: null, from }))) {
		await storePage(work, page, reading, { keepsCursor: false });
		if (mustStop(work)) return;
	}
	await commit(work, (tx) =>
		tx.sql(`update "Flow" set "lookedBackAt" = $3 where "accountId" = $1 and "id" = $2`, [
			work.scope.accountId,
			work.flow.id,
			now,
		]),
	);
}

/**
 * Asks for the next page while the one before it is being written. A page that is not wanted any more is waited
 * for and dropped, so that no request outlives its run.
 */
export async function* readAhead<T>(pages: AsyncIterable<T>): AsyncGenerator<T, void> {
	const iterator = pages[Symbol.asyncIterator]();
	try {
		for (let next = iterator.next(); ; ) {
			const page = await next;
			if (page.done) return;
			next = iterator.next();
			// Its failure is seen when its turn comes.
			next.catch(() => {});
			yield page.value;
		}
	} finally {
		await iterator.return?.();
	}
}

async function storePage<T, C>(
	work: FlowWork,
	page: Page<T, C>,
	reading: Reading<T>,
	{ keepsCursor }: { keepsCursor: boolean },
): Promise<void> {
	if (page.total !== undefined) work.counts.total = page.total;
	await commit(work, async (tx) => {
		tx.count("read", page.records.length);
		if (page.records.length > 0) await reading.store(tx, page.records);
		if (!keepsCursor) return;
		await tx.sql(`update "Flow" set "cursor" = $3 where "accountId" = $1 and "id" = $2`, [
			work.scope.accountId,
			work.flow.id,
			JSON.stringify(page.next),
		]);
	});
}
