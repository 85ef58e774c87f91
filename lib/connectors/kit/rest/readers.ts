/** Readers over the lists of a REST connection: of what changed, and of everything each time. */
import { z } from "zod";
import { ConnectorError } from "../fault";
import type { Context, Fields, Read, Reader } from "../types";
import { toLocal } from "../zone";
import { circleGuard, type ListPage, readPage } from "./pages";
import type { Changes, ListName, ListPlan, PlanOf, RestPlan } from "./plan";
import { type RecordKind, readRecord, toRead } from "./read-record";

/** Changes may be saved a little after their time was taken: at the end of a read, that much is read again. */
const overlapMs = 2 * 60_000;

/** `newest` and `began` bound what the next read may leave out; `place` is within the pages of this one. */
const changeCursor = z.strictObject({
	since: z.iso.datetime(),
	place: z.string(),
	newest: z.iso.datetime(),
	began: z.iso.datetime(),
});
type ChangeCursor = z.output<typeof changeCursor>;
const wholeCursor = z.strictObject({ place: z.string() });
type WholeCursor = z.output<typeof wholeCursor>;

export interface ReaderParts<S extends Fields, T> {
	planOf: PlanOf<S>;
	list: ListName;
	kind: (plan: RestPlan, now: Date) => RecordKind<T>;
	/** The last word on a value, where a setting has one. */
	finish?: (value: T, plan: RestPlan) => T;
}

export function changeReader<S extends Fields, T>(parts: ReaderParts<S, T>): Reader<S, T, ChangeCursor> {
	return {
		cursor: changeCursor,
		async *read(context, { cursor, from }) {
			const { plan, list } = planned(context, parts);
			let guard = circleGuard();
			let seen = new Set<string>();
			const began = context.now().toISOString();
			const since = (from ?? new Date(0)).toISOString();
			for (let at = cursor ?? { since, place: "", newest: since, began }, isFirst = true; ; isFirst = false) {
				if (at.place === "") at = { ...at, newest: at.since, began: context.now().toISOString() };
				const query = changeQuery(plan.changes, at.since, plan.zone);
				const page = await pageAt(context, plan, list, { place: at.place, query, kept: isFirst && cursor !== null });
				guard(page);
				const read = page.records.map((raw) => readOne(parts, plan, list, raw, context.now()));
				const records = read.filter((one) => isNew(one, at.since) && !seen.has(nameOf(one)));
				seen = new Set(read.map(nameOf));
				const last = page.next === null || page.records.length === 0;
				const next = last ? finished(withNewest(at, records), plan) : onwards(withNewest(at, records), page, plan);
				if (next.since !== at.since) guard = circleGuard();
				at = next;
				yield { records, next: at };
				if (last) return;
			}
		},
	};
}

export function wholeReader<S extends Fields, T>(parts: ReaderParts<S, T>): Reader<S, T, WholeCursor> {
	return {
		cursor: wholeCursor,
		async *read(context, { cursor }) {
			const { plan, list } = planned(context, parts);
			const guard = circleGuard();
			for (let at = cursor ?? { place: "" }, isFirst = true; ; isFirst = false) {
				const page = await pageAt(context, plan, list, { place: at.place, query: {}, kept: isFirst });
				guard(page);
				const records = page.records.map((raw) => readOne(parts, plan, list, raw, context.now()));
				at = { place: page.next ?? "" };
				yield { records, next: at };
				if (page.next === null) return;
			}
		},
	};
}

const isNew = (read: Read<unknown>, since: string) => !read.ok || read.changedAt.toISOString() >= since;
/** A record in one of its states: where the time moves on, the end of a page is read twice. */
const nameOf = (read: Read<unknown>) => `${read.sourceId} ${read.ok ? read.changedAt.toISOString() : ""}`;

function planned<S extends Fields, T>(context: Context<S>, { planOf, list: name }: ReaderParts<S, T>) {
	const plan = planOf(context.settings);
	const list = plan.lists[name];
	if (list) return { plan, list };
	// Nothing may be taken for an empty list that was never asked for.
	const message = `No path for ${name} is set. Enter one in the settings, or switch this function off.`;
	throw new ConnectorError({ kind: "permanent", code: "no-path" }, message);
}

/** A cursor that the system no longer knows, after a pause: the list is read from its beginning. */
async function pageAt<S extends Fields>(
	context: Context<S>,
	plan: RestPlan,
	list: ListPlan,
	at: { place: string; query: Record<string, string | number>; kept: boolean },
): Promise<ListPage> {
	const asking = context as unknown as Context<Fields>;
	try {
		return await readPage(asking, plan, list, at);
	} catch (error) {
		const isGone = error instanceof ConnectorError && error.fault.kind === "permanent" && at.place !== "" && at.kept;
		if (!isGone || (plan.paging.kind !== "cursor" && plan.paging.kind !== "link")) throw error;
		context.log.warn("a kept cursor was refused, so the list is read from its beginning");
		return readPage(asking, plan, list, { ...at, place: "" });
	}
}

function readOne<S extends Fields, T>(
	{ kind, finish }: ReaderParts<S, T>,
	plan: RestPlan,
	list: ListPlan,
	raw: unknown,
	now: Date,
): Read<T> {
	const read = toRead(readRecord(kind(plan, now), list.rules, raw, plan.zone), raw, now);
	return read.ok && finish ? { ...read, value: finish(read.value, plan) } : read;
}

function changeQuery({ name, form }: Changes, since: string, zone: string): Record<string, string | number> {
	if (name === "") return {};
	if (form === "epoch") return { [name]: Math.floor(Date.parse(since) / 1000) };
	return { [name]: form === "local" ? toLocal(new Date(since), zone) : since };
}

function withNewest(at: ChangeCursor, records: Read<unknown>[]): ChangeCursor {
	let newest = at.newest;
	for (const record of records) if (record.ok) newest = later(newest, record.changedAt.toISOString());
	return { ...at, newest };
}

/**
 * In a list by change time, what changes meanwhile moves to its end and would push others past us: there the time moves
 * on instead of the page, as soon as it can. A second less than the newest, because some mean "after", not "from".
 */
function onwards(at: ChangeCursor, page: ListPage, { changes }: RestPlan): ChangeCursor {
	const since = new Date(Date.parse(at.newest) - 1000).toISOString();
	const byTime = changes.sorted && changes.name !== "" && since > at.since;
	return byTime ? { ...at, since, place: "" } : { ...at, place: page.next ?? "" };
}

/** Elsewhere a record may have changed on a page that was read already, so the beginning of the read is the bound. */
function finished(at: ChangeCursor, { changes }: RestPlan): ChangeCursor {
	const bound = changes.sorted || at.newest < at.began ? at.newest : at.began;
	const since = later(at.since, new Date(Date.parse(bound) - overlapMs).toISOString());
	return { since, place: "", newest: since, began: at.began };
}

function later(a: string, b: string): string {
	return a > b ? a : b;
}
