"use client";
import { useEffect, useRef, useState } from "react";
import { ApiProblem } from "@/lib/api/client";
import { useHub } from "../shell/hub-context";

/** One file that a list can be taken away as. */
export interface ExportFile {
	/** What is in it, where there is more than one to choose from. */
	label: string;
	/** Of its endpoint, below the account's address. */
	path: string;
	/** What the list is narrowed to. */
	query?: Record<string, string | number | boolean | undefined>;
}

type Export =
	| { state: "idle" }
	| { state: "busy" | "done"; rows: number }
	| { state: "failed"; error: unknown; file: ExportFile };

/** Reads a file while counting its rows, and hands it to the browser once it is whole. */
export function useExport() {
	const { account } = useHub();
	const [at, setAt] = useState<Export>({ state: "idle" });
	const asking = useRef<AbortController | null>(null);
	useEffect(() => () => asking.current?.abort(), []);
	const start = async (file: ExportFile) => {
		const asked = new AbortController();
		const { signal } = asked;
		asking.current = asked;
		setAt({ state: "busy", rows: 0 });
		try {
			const answer = await fetch(addressOf(account.id, file), { signal });
			if (!answer.ok) throw new ApiProblem(await answer.json());
			const { parts, rows } = await readRows(answer, (count) => setAt({ state: "busy", rows: count }));
			hand(new Blob(parts, { type: "text/csv;charset=utf-8" }), nameOf(answer));
			setAt({ state: "done", rows });
		} catch (error) {
			setAt(signal.aborted ? { state: "idle" } : { state: "failed", error, file });
		}
	};
	return { at, start, stop: () => asking.current?.abort() };
}

function addressOf(accountId: string, { path, query = {} }: ExportFile): string {
	const given = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
	return `/api/v1/accounts/${accountId}/${path}?${new URLSearchParams(given)}`;
}

const [lineFeed, quote] = [10, 34];

/** The file in pieces. A line within quotes is part of a cell; the first row is the headings. */
async function readRows(answer: Response, tell: (rows: number) => void) {
	const parts: BlobPart[] = [];
	let lines = 0;
	let quoted = false;
	const reader = answer.body?.getReader();
	for (let piece = await reader?.read(); piece && !piece.done; piece = await reader?.read()) {
		for (const byte of piece.value) {
			if (byte === quote) quoted = !quoted;
			else if (byte === lineFeed && !quoted) lines++;
		}
		parts.push(piece.value);
		tell(Math.max(0, lines - 1));
	}
	return { parts, rows: Math.max(0, lines - 1) };
}

function nameOf(answer: Response): string {
	return /filename="([^"]+)"/.exec(answer.headers.get("content-disposition") ?? "")?.[1] ?? "export.csv";
}

function hand(file: Blob, name: string): void {
	const url = URL.createObjectURL(file);
	const link = Object.assign(document.createElement("a"), { href: url, download: name });
	link.click();
	setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
