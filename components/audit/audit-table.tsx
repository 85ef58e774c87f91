"use client";
import Link from "next/link";
import { EmptyState } from "../shell/empty-state";
import { useHref } from "../shell/hub-context";
import { type Column, DataTable } from "../table/data-table";
import { Time } from "../ui/time";
import { type AuditEntry, actionWords, type Change, changesOf, thingPath, thingWords } from "./audit-words";

export function AuditTable({ entries, filtered }: { entries: AuditEntry[] | undefined; filtered: boolean }) {
	const columns: Column<AuditEntry>[] = [
		{ id: "what", label: "What", cell: (entry) => <What entry={entry} /> },
		{ id: "when", label: "When", narrow: "status", cell: ({ at }) => <Time at={at} /> },
		{ id: "who", label: "Who", narrow: "detail", cell: (entry) => <Who entry={entry} /> },
		{ id: "changes", label: "Before and after", narrow: "detail", cell: (entry) => <Changes entry={entry} /> },
		{
			id: "from",
			label: "From",
			cell: ({ network }) => (network ? <code>{network}</code> : <span className="text-muted">–</span>),
		},
	];
	return (
		<DataTable
			label="Audit log"
			columns={columns}
			rows={entries}
			rowId={({ id }) => id}
			empty={
				filtered ? (
					<EmptyState kind="filtered" title="No entry fits these filters">
						Choose a longer time, or clear a filter.
					</EmptyState>
				) : (
					<EmptyState kind="nothing" title="Nothing noted yet">
						Every change that a person makes is noted here with who made it.
					</EmptyState>
				)
			}
		/>
	);
}

function What({ entry }: { entry: AuditEntry }) {
	const href = useHref();
	const path = thingPath(entry.subjectType, entry.subjectId);
	const thing = thingWords(entry);
	return (
		<span className="block">
			<span className="font-medium">{actionWords(entry.action)}</span>
			<span className="block max-w-72 truncate text-[12px] text-muted">
				{path ? (
					<Link href={href(path)} className="hover:text-foreground hover:underline">
						{thing ?? <code>{entry.subjectId}</code>}
					</Link>
				) : (
					(thing ?? <code>{entry.subjectId}</code>)
				)}
				{entry.merchant && entry.merchant !== thing && `, ${entry.merchant}`}
			</span>
		</span>
	);
}

function Who({ entry: { actor, actorType } }: { entry: AuditEntry }) {
	if (actorType === "user") return actor;
	return (
		<span className="text-muted">
			{actorType === "job" ? "Crossdock" : actorType === "apiKey" ? "API key" : "Set-up link"}: {actor}
		</span>
	);
}

const fewChanges = 3;

function Changes({ entry }: { entry: AuditEntry }) {
	const changes = changesOf(entry);
	if (changes.length === 0) return <span className="text-muted">–</span>;
	const [first, rest] = [changes.slice(0, fewChanges), changes.slice(fewChanges)];
	return (
		<div className="max-w-96 text-[12px]">
			<ChangeLines changes={first} />
			{rest.length > 0 && (
				<details>
					<summary className="cursor-pointer text-muted hover:text-foreground">{rest.length} more</summary>
					<ChangeLines changes={rest} />
				</details>
			)}
		</div>
	);
}

function ChangeLines({ changes }: { changes: Change[] }) {
	return (
		<ul>
			{changes.map(({ field, before, after }) => (
				<li key={field} className="break-words">
					<span className="text-muted">{field}:</span>{" "}
					{before !== null && (
						<>
							<del className="text-muted">{before}</del>
							<span className="sr-only"> became </span>
							<span aria-hidden> → </span>
						</>
					)}
					{after ?? "none"}
				</li>
			))}
		</ul>
	);
}
