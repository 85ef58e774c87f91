import type { Fields, Page, Read, Reader } from "@/lib/connectors/kit/types";
import type { Ended } from "@/lib/jobs/job";
import { type Commit, commit, type FlowWork, mustYield } from "../work";

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
		await storePage(work, page, reading);
		if (mustYield(work)) break;
	}
	return { done: true };
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

async function storePage<T, C>(work: FlowWork, page: Page<T, C>, reading: Reading<T>): Promise<void> {
	if (page.total !== undefined) work.counts.total = page.total;
	await commit(work, async (tx) => {
		tx.count("read", page.records.length);
		if (page.records.length > 0) await reading.store(tx, page.records);
		await tx.sql(`update "Flow" set "cursor" = $3 where "accountId" = $1 and "id" = $2`, [
			work.scope.accountId,
			work.flow.id,
			JSON.stringify(page.next),
		]);
	});
}
