/** What the tests of REST connections share: contexts, and faults of work that must fail. */
import { expect } from "vitest";
import { createContext } from "../context";
import { ConnectorError, type Fault } from "../fault";
import { memoryRecorder } from "../record";
import { memoryTokenStore } from "../token";
import type { Connector, Fields, Read, Reader } from "../types";

let keys = 0;

export function openOn<S extends Fields>(connector: Connector<S>, settings: unknown, recorder = memoryRecorder()) {
	return createContext({
		connector,
		settings,
		key: `rest-${++keys}`,
		recorder,
		tokens: memoryTokenStore(),
		signal: new AbortController().signal,
		log: { info: () => {}, warn: () => {} },
		timeouts: { answerMs: 60_000, retryMs: 1 },
	});
}

/** A capability the connector promises. */
export function promised<T>(capability: T | undefined): T {
	if (capability === undefined) throw new Error("a capability is missing");
	return capability;
}

export async function faultOf(work: Promise<unknown>): Promise<Fault & { message: string }> {
	const error: unknown = await work.then(
		() => null,
		(reason) => reason,
	);
	if (!(error instanceof ConnectorError)) throw new Error("a ConnectorError was expected", { cause: error });
	expect(error.message).toMatch(/^[\p{Lu}"].{10,158}[.!?]$/u);
	return { ...error.fault, message: error.message };
}

export async function readAll<S extends Fields, T>(
	reader: Reader<S, T, unknown>,
	context: Parameters<Reader<S, T, unknown>["read"]>[0],
	cursor: unknown = null,
): Promise<{ records: Read<T>[]; cursor: unknown; pages: number }> {
	const records: Read<T>[] = [];
	let next: unknown = cursor;
	let pages = 0;
	for await (const page of reader.read(context, { cursor })) {
		records.push(...page.records);
		next = page.next;
		pages++;
	}
	return { records, cursor: next, pages };
}
