/** C9, C10, C16, C17: what is written exists once, and a lost answer is found again. */
import { expect } from "vitest";
import type { DeliverableOrder } from "@/lib/canonical/deliverable-order";
import { ConnectorError } from "../fault";
import type { SandboxFault } from "../sandbox-server";
import type { Creator, Fields, Setter } from "../types";
import { type Bench, creatorRig, creatorsOf, said, setterRig, settersOf } from "./bench";
import type { Case } from "./cases";
import type { AnyConnector, Rig } from "./harness";

type CreatorName = keyof NonNullable<Rig["creators"]>;
type SetterName = keyof NonNullable<Rig["setters"]>;
interface NamedCreator {
	name: CreatorName;
	creator: Creator<Fields, unknown>;
}

export function writingCases(connector: AnyConnector): Case[] {
	const { destination } = connector;
	const creators = creatorsOf(connector).flatMap(({ name, creator }): Case[] => [
		{ name: `C9 ${name}: created twice with one key, it exists once`, run: (bench) => twice(bench, { name, creator }) },
		{ name: `C9 ${name}: what was never created is not found`, run: (bench) => nothing(bench, { name, creator }) },
		...lostBy.map(([how, fault]) => ({
			name: `C10 ${name}: an answer lost by ${how} may have been sent, and is found`,
			run: (bench: Bench) => lost(bench, { name, creator }, fault),
		})),
	]);
	const setters = settersOf(connector).map(({ name, setter }) => ({
		name: `C16 ${name}: one outcome for each write of a mixed batch`,
		run: (bench: Bench) => mixedBatch(bench, name, setter),
	}));
	return [
		...creators,
		...setters,
		...(connector.source?.inventory
			? [{ name: "C16 source.inventory: its rules let work what the settings promise", run: inventoryRules }]
			: []),
		...(destination?.cancel
			? [{ name: "C9 destination.cancel: asked twice, done once; too late is refused", run: cancelTwice }]
			: []),
		...(connector.source?.cancel
			? [{ name: "C9 source.cancel: what has left is refused, and stays", run: cancelTooLate }]
			: []),
		...(destination?.orders?.update
			? [{ name: "C9 destination.orders.update: said twice, done once; too late is refused", run: updateTwice }]
			: []),
		...(destination?.orders?.maxNumberLength
			? [
					{
						name: "C17 destination.orders: numbers of the greatest length stay apart and come back whole",
						run: longNumbers,
					},
				]
			: []),
	];
}

const lostBy: [string, SandboxFault][] = [
	["a reset", { kind: "reset", when: "after" }],
	["a time-out", { kind: "delay", ms: 30_000, when: "after" }],
	["status 500", { kind: "status", status: 500, when: "after" }],
	["status 504", { kind: "status", status: 504, when: "after" }],
	["half a body", { kind: "truncate" }],
	["a page of HTML", { kind: "html" }],
];

async function twice(bench: Bench, { name, creator }: NamedCreator): Promise<void> {
	const rig = creatorRig(bench, name);
	const write = await rig.sample(1);
	const first = await creator.create(bench.open(), { ...write, attempt: 1 });
	const second = await creator.create(bench.open(), { ...write, attempt: 2 });
	expect(first.existed).toBe(false);
	expect(second).toMatchObject({ existed: true, externalId: first.externalId });
	expect(rig.count(write.key)).toBe(1);
	const found = await creator.find(bench.open(), write.key, write.value);
	expect(found).toMatchObject({ existed: true, externalId: first.externalId });
}

async function nothing(bench: Bench, { name, creator }: NamedCreator): Promise<void> {
	const write = await creatorRig(bench, name).sample(2);
	expect(await creator.find(bench.open(), write.key, write.value)).toBeNull();
}

async function lost(bench: Bench, { name, creator }: NamedCreator, fault: SandboxFault): Promise<void> {
	const rig = creatorRig(bench, name);
	const write = await rig.sample(3);
	bench.rig.sandbox.faults.add({ match: rig.isCreate, fault });
	const context = bench.open({ answerMs: fault.kind === "delay" ? 250 : 60_000 });
	expect(await bench.fault(creator.create(context, { ...write, attempt: 1 }))).toEqual({
		kind: "transient",
		sent: true,
	});
	expect(bench.rig.sandbox.faults.struck, "the fault struck").toBe(1);
	expect(await creator.find(bench.open(), write.key, write.value)).toMatchObject({ existed: true });
	expect(rig.count(write.key)).toBe(1);
}

async function mixedBatch(bench: Bench, name: SetterName, setter: Setter<Fields, unknown>): Promise<void> {
	const rig = setterRig(bench, name);
	const size = Math.min(setter.maxBatch, 10);
	const writes = Array.from({ length: size }, (_, n) => ({
		key: `key-${n}`,
		value: n % 3 === 2 ? rig.unknown(n) : rig.good(n),
		attempt: 1,
	}));
	const outcomes = await setter.set(bench.open(), writes);
	expect(outcomes.map((outcome) => outcome.key).sort()).toEqual(writes.map((write) => write.key).sort());
	for (const [n, write] of writes.entries()) {
		const outcome = outcomes.find((one) => one.key === write.key);
		if (n % 3 === 2) expect(outcome?.ok, "an unknown thing is not reported as done").not.toBe(true);
		else {
			expect(outcome).toMatchObject({ ok: true });
			expect(rig.holds(write.value)).toBe(true);
		}
		if (outcome?.ok === false) expect(outcome.error).toBeInstanceOf(ConnectorError);
		if (outcome?.ok === "skipped") expect(outcome.reason.length).toBeGreaterThan(3);
	}
	expect(await setter.set(bench.open(), []), "an empty batch").toEqual([]);
}

/** With settings that work nothing is blocked, and what is said to people is said in words. */
async function inventoryRules(bench: Bench): Promise<void> {
	const rules = said(bench.connector.source?.inventory, "source.inventory");
	const context = bench.open();
	expect(rules.blocked?.(context.settings) ?? null).toBeNull();
	expect(["available", "on-hand"]).toContain(rules.basis?.(context.settings) ?? "available");
	const caution = (await rules.caution?.(context)) ?? null;
	if (caution !== null) expect(caution).toMatch(/^[^<>{}\n]{10,160}[^.!?\s]$/);
}

async function cancelTwice(bench: Bench): Promise<void> {
	const cancel = said(bench.connector.destination?.cancel, "destination.cancel");
	const rig = said(bench.rig.cancel, "destination.cancel");
	const id = await rig.open();
	const first = await cancel.request(bench.open(), id, "no longer wanted");
	expect(["accepted", "pending"]).toContain(first.state);
	expect((await cancel.request(bench.open(), id, "no longer wanted")).state).not.toBe("refused");
	if (first.state === "accepted") expect(rig.isCanceled(id)).toBe(true);
	const late = await rig.gone();
	const answer = await cancel.request(bench.open(), late, "too late");
	expect(answer).toMatchObject({ state: "refused", reason: expect.stringMatching(/\S{3}/) });
	expect(rig.isCanceled(late)).toBe(false);
}

/** The cart may know more than we do: what left there by another way is not canceled, and nobody tries again. */
async function cancelTooLate(bench: Bench): Promise<void> {
	const cancel = said(bench.connector.source?.cancel, "source.cancel");
	const rig = said(bench.rig.sourceCancel, "source.cancel");
	const value = await rig.gone();
	expect(await cancel.find(bench.open(), "late", value)).toBeNull();
	const fault = await bench.fault(cancel.create(bench.open(), { key: "late", value, attempt: 1 }));
	expect(fault.kind).toBe("permanent");
	expect(rig.isCanceled(value.orderSourceId)).toBe(false);
}

async function updateTwice(bench: Bench): Promise<void> {
	const orders = said(bench.connector.destination?.orders, "destination.orders");
	const update = said(orders.update, "destination.orders.update");
	const rig = said(bench.rig.update, "destination.orders.update");
	const { key, value } = await said(bench.rig.creators?.["destination.orders"], "destination.orders").sample(20);
	const sent = { ...value, number: key };
	const { externalId } = await orders.create(bench.open(), { key, value: sent, attempt: 1 });
	const changed = more(sent);
	for (let times = 0; times < 2; times++) {
		expect(await update(bench.open(), externalId, changed)).toEqual({ state: "accepted" });
		expect(rig.holds(externalId, changed)).toBe(true);
	}
	rig.pack(externalId);
	const late = await update(bench.open(), externalId, more(changed));
	expect(late).toMatchObject({ state: "refused", reason: expect.stringMatching(/\S{3}/) });
	expect(rig.holds(externalId, changed)).toBe(true);
}

const more = (order: DeliverableOrder): DeliverableOrder => ({
	...order,
	lines: order.lines.map((line) => ({ ...line, quantity: line.quantity + 1 })),
});

async function longNumbers(bench: Bench): Promise<void> {
	const orders = said(bench.connector.destination?.orders, "destination.orders");
	const rig = said(bench.rig.creators?.["destination.orders"], "destination.orders");
	const stem = "N".repeat((orders.maxNumberLength ?? 1) - 1);
	const made: string[] = [];
	for (const number of [`${stem}1`, `${stem}2`]) {
		const { value } = await rig.sample(made.length + 10);
		const order: DeliverableOrder = { ...value, number };
		const written = await orders.create(bench.open(), { key: number, value: order, attempt: 1 });
		expect(written.existed, "a number was cut, and met another").toBe(false);
		expect(await orders.find(bench.open(), number, order)).toMatchObject({ externalId: written.externalId });
		made.push(written.externalId);
	}
	expect(new Set(made).size).toBe(2);
}
