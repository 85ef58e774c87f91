/** The workbench of one check: a sandbox of its own, contexts on it, and what was said and kept meanwhile. */
import { expect } from "vitest";
import { createContext } from "../context";
import { ConnectorError, type Fault } from "../fault";
import type { Limiter } from "../limiter";
import { memoryRecorder, type RecordedExchange } from "../record";
import { memoryTokenStore, type TokenStore } from "../token";
import type { Context, Creator, Fields, Page, Read, Reader, ReadFrom, Setter } from "../types";
import type {
	AnyConnector,
	Clock,
	CreatorRig,
	Harness,
	ReaderName,
	ReaderRig,
	RemoteCall,
	Rig,
	SetterRig,
} from "./harness";

export interface Bench {
	connector: AnyConnector;
	harness: Harness;
	rig: Rig;
	clock: Clock;
	exchanges: RecordedExchange[];
	logs: string[];
	/** Messages of all faults that were met. */
	messages: string[];
	open(options?: OpenOptions): Context<Fields>;
	/** The fault of work that must fail. Fails the check when the message is not fit for people. */
	fault(work: Promise<unknown>): Promise<Fault>;
	close(): Promise<void>;
}
export interface OpenOptions {
	settings?: Record<string, unknown>;
	answerMs?: number;
	signal?: AbortSignal;
	limiter?: Limiter;
	limits?: AnyConnector["limits"];
	tokens?: TokenStore;
}

let keys = 0;

export async function openBench(connector: AnyConnector, harness: Harness): Promise<Bench> {
	let at = Date.parse("2026-11-02T08:00:00Z");
	const clock: Clock = {
		now: () => new Date(at),
		advance: (ms) => {
			at += ms;
		},
	};
	const rig = await harness.start(clock);
	const recorder = memoryRecorder();
	const logs: string[] = [];
	const messages: string[] = [];
	const note = (message: string, facts?: object) => void logs.push(`${message} ${JSON.stringify(facts ?? {})}`);
	return {
		connector,
		harness,
		rig,
		clock,
		exchanges: recorder.exchanges,
		logs,
		messages,
		open: (options = {}) =>
			createContext({
				connector: options.limits ? { ...connector, limits: options.limits } : connector,
				settings: { ...rig.settings, ...options.settings },
				key: `conform-${++keys}`,
				recorder,
				tokens: options.tokens ?? memoryTokenStore(clock.now),
				signal: options.signal ?? new AbortController().signal,
				log: { info: note, warn: note },
				now: clock.now,
				timeouts: { answerMs: options.answerMs ?? 60_000, connectMs: 30_000, retryMs: 1 },
				...(options.limiter && { limiter: options.limiter }),
			}),
		async fault(work) {
			const error: unknown = await work.then(
				(value) => new Error(`it went through with ${JSON.stringify(value)}`),
				(reason) => reason,
			);
			if (!(error instanceof ConnectorError)) throw new Error("a ConnectorError was expected", { cause: error });
			messages.push(error.message);
			expectForPeople(error.message);
			return error.fault;
		},
		close: () => rig.sandbox.close(),
	};
}

/** Says what happened and what to do: two sentences, short, without markup, code or stack. */
export function expectForPeople(message: string): void {
	expect(message.length, message).toBeLessThan(160);
	expect(message, "markup, code or a stack").not.toMatch(/[<>{}]|\n|\bat \S+:\d+|undefined|\[object/);
	expect(message, "begins like a sentence, or with a name such as eBay").toMatch(/^([\p{Lu}"]|\p{Ll}+\p{Lu})/u);
	expect(message, "ends like a sentence").toMatch(/[.!?]$/);
	const sentences = message.split(/[.!?;](?:\s|$)/).filter((part) => part.trim() !== "");
	expect(sentences.length, `says what happened and what to do: ${message}`).toBeGreaterThanOrEqual(2);
}

/** Every call but the ones that obtain tokens. */
export function dataCall(bench: Bench): (call: RemoteCall) => boolean {
	return (call) => !bench.rig.isTokenCall?.(call);
}

export type AnyReader = Reader<Fields, unknown, unknown>;
export interface NamedReader {
	name: ReaderName;
	reader: AnyReader;
}

export function readersOf({ source, destination }: AnyConnector): NamedReader[] {
	const all: [ReaderName, unknown][] = [
		["source.orders", source?.orders],
		["source.cancellations", source?.cancellations],
		["source.purchaseOrders", source?.purchaseOrders],
		["source.products", source?.products],
		["destination.cancellations", destination?.cancellations],
		["destination.shipments", destination?.shipments],
		["destination.receipts", destination?.receipts],
		["destination.inventory", destination?.inventory],
		["destination.products", destination?.products],
	];
	return all.flatMap(([name, reader]) => (reader ? [{ name, reader: reader as AnyReader }] : []));
}

export function creatorsOf({ source, destination }: AnyConnector) {
	const all = [
		["source.confirm", source?.confirm],
		["source.receipts", source?.receipts],
		["source.cancel", source?.cancel],
		["destination.orders", destination?.orders],
		["destination.purchaseOrders", destination?.purchaseOrders],
		["destination.products.add", destination?.products?.add],
	] as const;
	return all.flatMap(([name, creator]) =>
		creator ? [{ name, creator: creator as unknown as Creator<Fields, unknown> }] : [],
	);
}

export function settersOf({ source }: AnyConnector) {
	const all = [
		["source.inventory", source?.inventory],
		["source.acknowledge", source?.acknowledge],
	] as const;
	return all.flatMap(([name, setter]) =>
		setter ? [{ name, setter: setter as unknown as Setter<Fields, unknown> }] : [],
	);
}

export function readerRig(bench: Bench, name: ReaderName): ReaderRig {
	return said(bench.rig.readers?.[name], name);
}
export function creatorRig(bench: Bench, name: keyof NonNullable<Rig["creators"]>): CreatorRig<unknown> {
	return said(bench.rig.creators?.[name], name) as CreatorRig<unknown>;
}
export function setterRig(bench: Bench, name: keyof NonNullable<Rig["setters"]>): SetterRig<unknown> {
	return said(bench.rig.setters?.[name], name) as SetterRig<unknown>;
}
export function said<T>(part: T | undefined, name: string): T {
	if (part === undefined) throw new Error(`the harness says nothing about ${name}`);
	return part;
}

export interface Reading {
	pages: Page<unknown, unknown>[];
	records: Read<unknown>[];
	cursor: unknown;
}

/** Reads to the end, or until `stop` pages were seen. Cursors go through JSON and their schema, as in a database. */
export async function readSome(
	bench: Bench,
	reader: AnyReader,
	options: ReadFrom<unknown> & { stop?: number; context?: Context<Fields>; onPage?: (page: number) => void },
): Promise<Reading> {
	const { stop = Number.POSITIVE_INFINITY, context = bench.open(), onPage, ...from } = options;
	const reading: Reading = { pages: [], records: [], cursor: from.cursor };
	for await (const page of reader.read(context, from)) {
		reading.pages.push(page);
		reading.records.push(...page.records);
		reading.cursor = reader.cursor.parse(JSON.parse(JSON.stringify(page.next)));
		onPage?.(reading.pages.length);
		if (reading.pages.length >= stop) break;
		if (reading.pages.length > 1000) throw new Error("the pages do not come to an end");
	}
	return reading;
}

/** The newest statement of each record. */
export function newest(records: Read<unknown>[]): Map<string, Read<unknown>> {
	const kept = new Map<string, Read<unknown>>();
	const at = (record: Read<unknown>) => (record.ok ? record.changedAt.getTime() : 0);
	for (const record of records) {
		const known = kept.get(record.sourceId);
		if (!known || at(record) > at(known)) kept.set(record.sourceId, record);
	}
	return kept;
}
