import { z } from "zod";
import { ConnectorError } from "../kit/fault";
import { short } from "../kit/faults";
import type { Context, ErrorAnswer, Page, Read, ReadFrom } from "../kit/types";
import type { DeposcoSettings } from "./settings";

export type DeposcoContext = Context<DeposcoSettings>;

/** Changes may be saved a little after their time was taken: at the end of a read, that much is read again. */
const overlapMs = 2 * 60_000;

/** `page` leads on within a read that was cut; `newest` is the latest change it met. */
export const changeCursor = z.strictObject({
	since: z.iso.datetime(),
	page: z.string().nullable(),
	newest: z.iso.datetime().nullable(),
	startedAt: z.iso.datetime().nullable(),
});
export type ChangeCursor = z.output<typeof changeCursor>;

export interface Asked {
	raw: unknown[];
	/** What leads to the next page; null after the last. */
	next: string | null;
}

/**
 * Whatever changed since the cursor, page by page. The next read begins at the newest change met, but not after
 * this one began: what changes behind its back comes then.
 */
export async function* changed<T>(
	context: DeposcoContext,
	{ cursor, from }: ReadFrom<ChangeCursor>,
	{ ask, read }: { ask(at: ChangeCursor): Promise<Asked>; read(raw: unknown): Promise<Read<T>[]> },
): AsyncGenerator<Page<T, ChangeCursor>, void> {
	let at = cursor ?? { since: (from ?? new Date(0)).toISOString(), page: null, newest: null, startedAt: null };
	for (;;) {
		const startedAt = at.startedAt ?? context.now().toISOString();
		const asked = await ask(at).catch((error: unknown) => {
			if (at.page === null || !isPermanent(error)) throw error;
			return null;
		});
		if (!asked) {
			// A search that the system has forgotten since begins anew.
			at = { ...at, page: null, newest: null, startedAt: null };
			continue;
		}
		const records: Read<T>[] = [];
		for (const raw of asked.raw) records.push(...(await read(raw)));
		let newest = at.newest ?? at.since;
		for (const one of records) if (one.ok && one.changedAt.toISOString() > newest) newest = one.changedAt.toISOString();
		const endMs = Math.min(Date.parse(newest), Date.parse(startedAt));
		at = asked.next
			? { ...at, page: asked.next, newest, startedAt }
			: { since: later(at.since, endMs - overlapMs), page: null, newest: null, startedAt: null };
		yield { records, next: at };
		if (!asked.next) return;
	}
}

function later(since: string, ms: number): string {
	const other = new Date(ms).toISOString();
	return other > since ? other : since;
}

export function isPermanent(error: unknown, code?: string): boolean {
	if (!(error instanceof ConnectorError) || error.fault.kind !== "permanent") return false;
	return code === undefined || error.fault.code === code;
}

export const collection = z.object({
	data: z.array(z.unknown()),
	links: z
		.array(z.object({ rel: z.string(), href: z.string() }))
		.nullish()
		.transform((value) => value ?? []),
	complete: z.boolean().nullish(),
});

/** One page of a collection of version 2. Only the search of a link is followed: its host is none of our choice. */
export async function latestPage(
	context: DeposcoContext,
	path: string,
	at: { query: Record<string, string | number>; page: string | null },
): Promise<Asked> {
	const { data } = await context.http.get(at.page === null ? path : `${path}${at.page}`, {
		schema: collection,
		...(at.page === null && { query: at.query }),
		fault: refusal,
	});
	const href = data.links.find(({ rel }) => rel === "next")?.href ?? "";
	const search = href.includes("?") ? href.slice(href.indexOf("?")) : "";
	return { raw: data.data, next: search || null };
}

/** All rows of a collection. Inside other records they are cut at ten without a word, so they are read on their own. */
export async function latestAll(
	context: DeposcoContext,
	path: string,
	query: Record<string, string | number> = {},
): Promise<unknown[]> {
	const rows: unknown[] = [];
	for (let page: string | null = null; ; ) {
		const asked = await latestPage(context, path, { query, page });
		rows.push(...asked.raw);
		if (!asked.next) return rows;
		page = asked.next;
	}
}

const latestError = z.object({
	errors: z.array(z.object({ errorMessage: z.string() })).nullish(),
	errorMessages: z.array(z.string()).nullish(),
});

/** Errors of version 2: a list of sentences; an unknown item by its number; two who change the same thing at once. */
export function refusal({ status, body, exchangeId }: ErrorAnswer): ConnectorError | undefined {
	if (status < 400 || status === 401 || status === 403 || status === 429 || status >= 500) return undefined;
	const parsed = latestError.safeParse(body).data;
	const said = parsed?.errors?.[0]?.errorMessage ?? parsed?.errorMessages?.[0] ?? "";
	if (said === "") return undefined;
	if (status === 409 && /concurrent request/i.test(said)) {
		const message = "The warehouse was changing the same record. We try again by ourselves.";
		return new ConnectorError({ kind: "transient", sent: false }, message, { exchangeId });
	}
	const item = /^Item with business key number = \[(.{1,60})\]/.exec(said)?.[1];
	const fault = item
		? ({ kind: "permanent", code: "unknown-item", field: "sku" } as const)
		: ({ kind: "permanent", code: `http-${status}` } as const);
	const message = item
		? `The warehouse has no item "${short(item, 40)}". Add it there, and resend.`
		: `The warehouse refused it: ${short(said)}. Correct it and resend.`;
	return new ConnectorError(fault, message, { exchangeId });
}

const inside = z.object({ response: z.object({ status: z.string(), message: z.string().nullish() }) });

/** The integration API says what went wrong inside an answer of 200: "HTTP/1.1 409 Conflict". */
export function failureInside({ status, body, exchangeId }: ErrorAnswer): ConnectorError | undefined {
	const { response } = inside.safeParse(body).data ?? {};
	const code = Number(/^HTTP\/[\d.]+ (\d{3})/.exec(response?.status ?? "")?.[1] ?? 200);
	if (status !== 200 || code < 400) return undefined;
	if (code >= 500) {
		const message = "The warehouse failed while it worked on this. We try again by ourselves.";
		return new ConnectorError({ kind: "transient", sent: true }, message, { exchangeId });
	}
	const why = short(response?.message ?? "") || `status ${code}`;
	const message = `The warehouse refused it: ${why}. Correct it and resend.`;
	return new ConnectorError({ kind: "permanent", code: `http-${code}` }, message, { exchangeId });
}

/** A record that does not fit, under the id that can still be read of it. */
export function broken(raw: unknown, error: z.ZodError | string, id: unknown): Extract<Read<never>, { ok: false }> {
	const issue = typeof error === "string" ? undefined : error.issues[0];
	const field = issue?.path.join(".") ?? "";
	const problem = typeof error === "string" ? error : `${field}: ${issue?.message ?? "is not usable"}`;
	return {
		...{ ok: false, sourceId: typeof id === "string" || typeof id === "number" ? String(id) : "?", problem, raw },
		...(field && { field }),
	};
}

/** What stands under a path of names in a record that may be anything. */
export function under(raw: unknown, ...names: string[]): unknown {
	return names.reduce<unknown>(
		(value, name) =>
			typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined,
		raw,
	);
}
