/**
 * Lists of orders by status and time. In which order they come is not public, and an order leaves its list when its
 * status changes. So a stretch of time is read from its last page to its first: what leaves meanwhile moves others
 * to pages that are still to come, never past us.
 */
import { z } from "zod";
import { reader } from "../kit/define";
import type { Context, Read, Reader } from "../kit/types";
import { call, levelPath } from "./calls";
import type { ImSettings } from "./settings";
import { type ListStatus, roverTime } from "./words";

const pageSize = 100;
/** Changes may be saved a little after their time was taken: that much is read again. */
const overlapMs = 2 * 60_000;

/** `page` counts down; 0 means that the list of this status is not begun. `until` is null between reads. */
const cursorSchema = z.strictObject({
	since: z.iso.datetime(),
	until: z.iso.datetime().nullable(),
	part: z.int().nonnegative(),
	page: z.int().nonnegative(),
});
type Cursor = z.output<typeof cursorSchema>;

export interface ListParts<T> {
	/** Read one after the other, in the order in which an order passes through them. */
	statuses(settings: z.output<ImSettings>): ListStatus[];
	records(raw: unknown, context: Context<ImSettings>): Read<T>[];
}

export function listReader<T>(parts: ListParts<T>): Reader<ImSettings, T, Cursor> {
	return reader<ImSettings, T, Cursor>({
		cursor: cursorSchema,
		async *read(context, { cursor, from }) {
			const statuses = parts.statuses(context.settings);
			const start = cursor ?? { since: (from ?? new Date(0)).toISOString(), until: null, part: 0, page: 0 };
			const until = start.until ?? context.now().toISOString();
			let at: Cursor = start.until ? start : { ...start, until, part: 0, page: 0 };
			while (at.until !== null) {
				const { rows, page } = await readPage(context, at, statuses[at.part] ?? "any");
				at = onwards(at, page, statuses.length);
				yield { records: rows.flatMap((raw) => parts.records(raw, context)), next: at };
			}
		},
	});
}

function onwards(at: Cursor, page: number, parts: number): Cursor {
	if (page > 1) return { ...at, page: page - 1 };
	if (at.part + 1 < parts) return { ...at, part: at.part + 1, page: 0 };
	const sinceMs = Math.max(Date.parse(at.since), Date.parse(at.until ?? at.since) - overlapMs);
	return { since: new Date(sinceMs).toISOString(), until: null, part: 0, page: 0 };
}

interface Listed {
	rows: unknown[];
	page: number;
}

async function readPage(context: Context<ImSettings>, at: Cursor, status: ListStatus): Promise<Listed> {
	if (at.page > 0) return { rows: (await ask(context, at, status, at.page)).rows, page: at.page };
	const first = await ask(context, at, status, 1);
	const page =
		first.total === null ? await lastPage(context, at, status, first.rows) : Math.ceil(first.total / pageSize);
	if (page <= 1) return { rows: first.rows, page: 1 };
	return { rows: (await ask(context, at, status, page)).rows, page };
}

/** For answers without a total: the first page that is not full is the last. */
async function lastPage(
	context: Context<ImSettings>,
	at: Cursor,
	status: ListStatus,
	first: unknown[],
): Promise<number> {
	let page = 1;
	for (let rows = first; rows.length >= pageSize; page++) rows = (await ask(context, at, status, page + 1)).rows;
	return page;
}

async function ask(context: Context<ImSettings>, at: Cursor, status: ListStatus, page: number) {
	const { data, headers } = await call(context, levelPath(context, `/orders/list/${status}`), {
		// An empty list may be left out of the answer.
		schema: z.array(z.unknown()).nullish(),
		query: {
			from_date: roverTime(new Date(at.since)),
			to_date: roverTime(new Date(at.until ?? context.now())),
			limit: pageSize,
			page,
			include_order_extras: "Y",
			include_line_extras: "Y",
		},
	});
	const total = headers.get("total-records");
	return { rows: data ?? [], total: total !== null && /^\d+$/.test(total) ? Number(total) : null };
}
