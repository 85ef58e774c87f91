/** C11, C13, C19: every failure becomes one of four faults, in words for people, and a stop is a stop. */
import { expect } from "vitest";
import { ConnectorError, type Fault } from "../fault";
import type { SandboxFault } from "../sandbox-server";
import { type Bench, creatorRig, creatorsOf, dataCall, readersOf } from "./bench";
import type { Case } from "./cases";
import type { AnyConnector, Harness } from "./harness";
import { probe } from "./probe";

interface Row {
	how: string;
	fault: SandboxFault;
	/** What a read makes of it. */
	read: object;
	/** What a write makes of it: after a status of 500 and more nobody knows whether it was carried out. */
	write: object;
}

const transient = (sent: boolean) => ({ kind: "transient", sent });
const status = (code: number, read: object, write: object = read, headers: Record<string, string> = {}): Row => ({
	how: `status ${code}${Object.values(headers).join()}`,
	fault: { kind: "status", status: code, when: "before", headers },
	read,
	write,
});

/** `at` is the check's own clock: a date in Retry-After is counted from it. */
function rows(at: Date): Row[] {
	const limited = (seconds: number) => ({ kind: "rate-limited", retryAt: new Date(at.getTime() + seconds * 1000) });
	const permanent = { kind: "permanent", code: expect.stringMatching(/./) };
	return [
		status(401, { kind: "auth", reason: expect.stringMatching(/^(expired|invalid|revoked)$/) }),
		status(403, { kind: "auth", reason: "forbidden" }),
		status(429, limited(120), limited(120), { "retry-after": "120" }),
		status(429, limited(300), limited(300), { "retry-after": new Date(at.getTime() + 300_000).toUTCString() }),
		status(429, { kind: "rate-limited", retryAt: expect.any(Date) }),
		...[400, 404, 409, 422].map((code) => status(code, permanent)),
		...[500, 502, 503, 504].map((code) => status(code, transient(false), transient(true))),
		{ how: "a reset", fault: { kind: "reset", when: "before" }, read: transient(false), write: transient(true) },
		{ how: "half a body", fault: { kind: "truncate" }, read: transient(false), write: transient(true) },
		{ how: "a page of HTML", fault: { kind: "html" }, read: transient(false), write: transient(true) },
	];
}

export function faultCases(connector: AnyConnector, _harness: Harness): Case[] {
	return [
		{ name: "C11 turns every failure of a read into its fault", run: reads },
		...creatorsOf(connector).map(({ name, creator }) => ({
			name: `C11 ${name}: turns every failure of a write into its fault`,
			run: async (bench: Bench) => {
				const rig = creatorRig(bench, name);
				for (const [n, row] of rows(bench.clock.now()).entries()) {
					const write = await rig.sample(100 + n);
					bench.rig.sandbox.faults.add({ match: rig.isCreate, fault: row.fault, times: 10 });
					const fault = await bench.fault(creator.create(bench.open(), { ...write, attempt: 1 }));
					bench.rig.sandbox.faults.clear();
					expect(fault, row.how).toMatchObject(row.write);
					if (row.fault.kind === "status" || row.fault.kind === "reset") expect(rig.count(write.key), row.how).toBe(0);
				}
			},
		})),
		{ name: "C11 was not sent where nothing answers", run: unreachable },
		...(readersOf(connector).length > 0 ? [{ name: "C13 stops in the middle of a page", run: stops }] : []),
		{ name: "C19 says in every message what to do, without what is not for people", run: forPeople },
	];
}

async function reads(bench: Bench): Promise<void> {
	for (const row of rows(bench.clock.now())) {
		bench.rig.sandbox.faults.add({ match: dataCall(bench), fault: row.fault, times: 10 });
		const fault: Fault = await bench.fault(probe(bench, bench.open()));
		bench.rig.sandbox.faults.clear();
		expect(fault, row.how).toMatchObject(row.read);
		if (fault.kind === "rate-limited") expect(fault.retryAt.getTime()).toBeGreaterThan(bench.clock.now().getTime());
	}
	bench.rig.sandbox.faults.add({
		match: dataCall(bench),
		fault: { kind: "delay", ms: 30_000, when: "before" },
		times: 10,
	});
	expect(await bench.fault(probe(bench, bench.open({ answerMs: 150 })))).toEqual(transient(false));
}

async function unreachable(bench: Bench): Promise<void> {
	await bench.rig.sandbox.close();
	expect(await bench.fault(probe(bench, bench.open()))).toEqual(transient(false));
	for (const { name, creator } of creatorsOf(bench.connector)) {
		const write = await creatorRig(bench, name).sample(200);
		expect(await bench.fault(creator.create(bench.open(), { ...write, attempt: 1 })), name).toEqual(transient(false));
	}
}

async function stops(bench: Bench): Promise<void> {
	const [first] = readersOf(bench.connector);
	if (!first) return;
	const stop = new AbortController();
	let struck = () => {};
	const arrived = new Promise<void>((resolve) => {
		struck = resolve;
	});
	const isData = dataCall(bench);
	bench.rig.sandbox.faults.add({
		match: (call) => {
			if (isData(call)) struck();
			return isData(call);
		},
		// Held until the sandbox closes: only our own stop can end the wait.
		fault: { kind: "delay", ms: 600_000, when: "before" },
		times: 10,
	});
	const context = bench.open({ signal: stop.signal, answerMs: 600_000 });
	const reading = (async () => {
		for await (const _page of first.reader.read(context, { cursor: null }));
	})().catch((error: unknown) => error);
	await arrived;
	stop.abort();
	const ended = await reading;
	expect(ended === undefined || ended instanceof ConnectorError, String(ended)).toBe(true);
	expect(await bench.fault(probe(bench, context)), "a call after the stop").toMatchObject(transient(false));
}

async function forPeople(bench: Bench): Promise<void> {
	const trace =
		"System.NullReferenceException: Object reference\n   at Wms.Orders.Create(Order o) in C:\\src\\Orders.cs:line 42";
	const page = `<html><head><title>Error</title></head><body><h1>${"Very long ".repeat(60)}</h1></body></html>`;
	for (const body of [
		{ message: trace },
		{ message: page },
		{ message: "x".repeat(5000) },
		{ errors: [{}] },
		[],
		"",
		null,
	]) {
		for (const code of [400, 403, 404, 422, 500]) {
			const fault: SandboxFault = { kind: "status", status: code, when: "before", body: body ?? {} };
			bench.rig.sandbox.faults.add({ match: dataCall(bench), fault, times: 10 });
			await bench.fault(probe(bench, bench.open()));
			bench.rig.sandbox.faults.clear();
		}
	}
}
