/** C3 to C8: nothing is lost between pages, runs and cuts; a bad record stands alone. */
import { expect } from "vitest";
import { type Bench, type NamedReader, newest, readerRig, readersOf, readSome, said } from "./bench";
import type { Case } from "./cases";
import type { AnyConnector, Harness } from "./harness";

const hourMs = 3_600_000;

export function readingCases(connector: AnyConnector, harness: Harness): Case[] {
	const all = readersOf(connector);
	const changing = all.filter(({ name }) => !harness.whole?.includes(name));
	const cases = (readers: NamedReader[], name: string, run: (bench: Bench, reader: NamedReader) => Promise<void>) =>
		readers.map((reader): Case => ({ name: name.replace("%s", reader.name), run: (bench) => run(bench, reader) }));
	return [
		...cases(all, "C3 %s: every record is read over three pages, in whatever order pages come", everyRecord),
		...cases(all, "C4 %s: a read cut after any page goes on from its cursor without loss", cutAnywhere),
		...cases(all, "C5 %s: a cursor of another kind is refused", foreignCursors),
		...cases(changing, "C6 %s: the first run begins at `from`, the second brings what changed", onlyChanges),
		...cases(changing, "C6 %s: what changes during a read comes in this run or the next", changesMeanwhile),
		...cases(all, "C7 %s: a malformed record is reported with its id, its neighbours are read", oneMalformed),
		...(connector.source?.orders ? [{ name: "C8 source.orders: one order can be got by its id", run: getOne }] : []),
	];
}

async function everyRecord(bench: Bench, { name, reader }: NamedReader): Promise<void> {
	const rig = readerRig(bench, name);
	const ids = await rig.seed(rig.threePages);
	const { pages, records } = await readSome(bench, reader, { cursor: null });
	expect(pages.length, "pages").toBeGreaterThanOrEqual(3);
	expect(records.filter((record) => !record.ok)).toEqual([]);
	expect([...newest(records).keys()].sort()).toEqual([...ids].sort());
	expect(records.length, "records that came more than once").toBeLessThan(ids.length * 1.5 + 2);
	const backwards = newest([...pages].reverse().flatMap((page) => page.records));
	for (const [id, record] of newest(records)) expect(backwards.get(id)).toEqual(record);
}

async function cutAnywhere(bench: Bench, { name, reader }: NamedReader): Promise<void> {
	const rig = readerRig(bench, name);
	const ids = await rig.seed(rig.threePages);
	const whole = await readSome(bench, reader, { cursor: null });
	for (let cut = 1; cut < whole.pages.length; cut++) {
		const before = await readSome(bench, reader, { cursor: null, stop: cut });
		const after = await readSome(bench, reader, { cursor: before.cursor });
		expect(new Set([...before.records, ...after.records].map((record) => record.sourceId)).size).toBe(ids.length);
	}
	if (bench.harness.whole?.includes(name)) {
		// A complete read begins anew: one that stayed at its end would say that nothing is left.
		const again = await readSome(bench, reader, { cursor: whole.cursor });
		expect(newest(again.records).size, "records of the read after a complete one").toBe(ids.length);
		return;
	}
	// One page per run, for ever: the union still grows to everything.
	const seen = new Set<string>();
	let cursor: unknown = null;
	for (let run = 0; run <= whole.pages.length + 2; run++) {
		const page = await readSome(bench, reader, { cursor, stop: 1 });
		for (const record of page.records) seen.add(record.sourceId);
		cursor = page.cursor;
	}
	expect(seen.size).toBe(ids.length);
}

async function foreignCursors(bench: Bench, { name, reader }: NamedReader): Promise<void> {
	await readerRig(bench, name).seed(1);
	const { cursor } = await readSome(bench, reader, { cursor: null });
	expect(reader.cursor.safeParse(JSON.parse(JSON.stringify(cursor)))).toEqual({ success: true, data: cursor });
	for (const other of [{}, [], "2020-01-01", 7, null, { version: 0 }, { page: "x", since: 3, skip: -1 }])
		expect(reader.cursor.safeParse(other).success, JSON.stringify(other)).toBe(false);
}

async function onlyChanges(bench: Bench, { name, reader }: NamedReader): Promise<void> {
	const rig = readerRig(bench, name);
	const [early = ""] = await rig.seed(1);
	bench.clock.advance(hourMs);
	const from = bench.clock.now();
	bench.clock.advance(hourMs);
	const [first = ""] = await rig.seed(1);
	bench.clock.advance(hourMs);
	const [second = ""] = await rig.seed(1);
	const run = await readSome(bench, reader, { cursor: null, from });
	expect(run.records.map((record) => record.sourceId).sort()).toEqual([first, second].sort());
	bench.clock.advance(hourMs);
	const [third = ""] = await rig.seed(1);
	const next = await readSome(bench, reader, { cursor: run.cursor });
	const ids = next.records.map((record) => record.sourceId);
	expect(ids).toContain(third);
	expect(ids).not.toContain(first);
	expect(ids).not.toContain(early);
}

async function changesMeanwhile(bench: Bench, { name, reader }: NamedReader): Promise<void> {
	const rig = readerRig(bench, name);
	const ids = await rig.seed(rig.threePages);
	const touched = rig.touch ? [ids[0] ?? "", ids.at(-1) ?? "", ids[Math.floor(ids.length / 2)] ?? ""] : [];
	let added: Promise<string[]> = Promise.resolve([]);
	let changedAt = bench.clock.now();
	const run = await readSome(bench, reader, {
		cursor: null,
		onPage: (page) => {
			if (page !== 1) return;
			bench.clock.advance(60_000);
			changedAt = bench.clock.now();
			for (const id of touched) rig.touch?.(id);
			added = rig.seed(2);
		},
	});
	const next = await readSome(bench, reader, { cursor: run.cursor });
	const seen = newest([...run.records, ...next.records]);
	expect(
		[...ids, ...(await added)].filter((id) => !seen.has(id)),
		"lost",
	).toEqual([]);
	for (const id of touched) {
		const record = seen.get(id);
		expect(record?.ok && record.changedAt.getTime() >= Math.floor(changedAt.getTime() / 1000) * 1000, id).toBe(true);
	}
}

async function oneMalformed(bench: Bench, { name, reader }: NamedReader): Promise<void> {
	const rig = readerRig(bench, name);
	const ids = await rig.seed(5);
	rig.spoil(ids[2] ?? "");
	const { records } = await readSome(bench, reader, { cursor: null });
	const seen = newest(records);
	const bad = seen.get(ids[2] ?? "");
	expect(bad, "the bad record is reported with its id").toMatchObject({ ok: false });
	if (bad && !bad.ok) expect(bad.problem.length).toBeGreaterThan(3);
	expect(ids.filter((id) => seen.get(id)?.ok)).toHaveLength(4);
}

async function getOne(bench: Bench): Promise<void> {
	const orders = said(bench.connector.source?.orders, "source.orders");
	const rig = readerRig(bench, "source.orders");
	const [id = ""] = await rig.seed(2);
	const [reader] = readersOf({ ...bench.connector, source: { orders } });
	const { records } = reader ? await readSome(bench, reader.reader, { cursor: null }) : { records: [] };
	const read = newest(records).get(id);
	const got = await orders.get(bench.open(), id);
	expect(got).toMatchObject({ ok: true, sourceId: id });
	if (got?.ok && read?.ok) expect(got.value).toEqual(read.value);
	expect(await orders.get(bench.open(), said(rig.missing, "a missing id"))).toBeNull();
}
