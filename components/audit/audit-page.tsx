"use client";
import { Input, Label, TextField } from "@heroui/react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { parseAsString, useQueryStates } from "nuqs";
import { api } from "@/lib/api/client";
import { dayStart } from "@/lib/time";
import { EmptyState } from "../shell/empty-state";
import { ErrorPanel } from "../shell/error-panel";
import { useHub, useMay, useTimeZone } from "../shell/hub-context";
import { PageHeader } from "../shell/page-header";
import { ExportButton } from "../table/export-button";
import { Choice, FilterSentence, SearchBox } from "../table/filters";
import { Pager } from "../table/pager";
import { usePaging } from "../table/use-paging";
import { AuditTable } from "./audit-table";
import { actionWords } from "./audit-words";

const noFilter = { person: null, action: null, thing: null, from: null, to: null };

/** Who did what to which thing, when and from where. */
export function AuditPage() {
	const { account } = useHub();
	const mayRead = useMay("audit:read");
	const accountId = account.id;
	const zone = useTimeZone();
	const { reset, pager, after } = usePaging();
	const [filters, setFilters] = useQueryStates({
		person: parseAsString,
		action: parseAsString,
		thing: parseAsString,
		from: parseAsString,
		to: parseAsString,
	});
	const [, setPage] = useQueryStates({ after: parseAsString, before: parseAsString });
	const change = (next: Partial<typeof filters>) => {
		void setFilters(next);
		void setPage(reset);
	};
	const asked = {
		actor: filters.person ?? undefined,
		action: filters.action ?? undefined,
		thing: filters.thing ?? undefined,
		from: filters.from ? dayStart(filters.from, 0, zone)?.toISOString() : undefined,
		to: filters.to ? dayStart(filters.to, 1, zone)?.toISOString() : undefined,
	};
	const list = useQuery(
		api.audit.list.queryOptions({
			input: { accountId, ...asked, after },
			placeholderData: keepPreviousData,
			enabled: mayRead,
		}),
	);
	const choices = useQuery(api.audit.choices.queryOptions({ input: { accountId }, enabled: mayRead }));
	const people = choices.data?.actors ?? [];
	if (!mayRead)
		return (
			<>
				<PageHeader title="Audit log" />
				<div className="card-frame">
					<EmptyState kind="forbidden" title="The audit log is for owners and admins">
						Ask one of them when you need to know who did something.
					</EmptyState>
				</div>
			</>
		);
	const chips = [
		...(filters.action ? [{ words: actionWords(filters.action), clear: () => change({ action: null }) }] : []),
		...(filters.person
			? [
					{
						words: `by ${people.find(({ id }) => id === filters.person)?.name ?? filters.person}`,
						clear: () => change({ person: null }),
					},
				]
			: []),
		...(filters.thing ? [{ words: `about "${filters.thing}"`, clear: () => change({ thing: null }) }] : []),
		...(filters.from ? [{ words: `from ${filters.from}`, clear: () => change({ from: null }) }] : []),
		...(filters.to ? [{ words: `until ${filters.to}`, clear: () => change({ to: null }) }] : []),
	];
	const shown = list.data?.items.length ?? 0;
	return (
		<>
			<PageHeader
				title="Audit log"
				actions={
					<ExportButton
						files={[{ label: "Audit log", path: "audit/export", query: asked }]}
						isEmpty={list.data?.items.length === 0}
					/>
				}
			>
				Who did what, newest first. Entries cannot be changed; secrets are never in them, and words about erased orders
				are replaced.
			</PageHeader>
			<div className="mb-3 flex flex-wrap items-end gap-2">
				<SearchBox
					label="Thing"
					placeholder="Name, kind or id of a thing"
					value={filters.thing ?? ""}
					onChange={(thing) => change({ thing: thing || null })}
				/>
				<Choice
					label="Person"
					any="Anybody"
					value={filters.person}
					options={people.map(({ id, name }) => ({ value: id, label: name }))}
					onChange={(person) => change({ person })}
				/>
				<Choice
					label="Action"
					any="Any action"
					value={filters.action}
					options={(choices.data?.actions ?? []).map((action) => ({ value: action, label: actionWords(action) }))}
					onChange={(action) => change({ action })}
				/>
				<Day label="From" value={filters.from} onChange={(from) => change({ from })} />
				<Day label="Until" value={filters.to} onChange={(to) => change({ to })} />
			</div>
			<FilterSentence chips={chips} clearAll={() => change(noFilter)} />
			{list.isError ? (
				<ErrorPanel error={list.error} retry={() => void list.refetch()} />
			) : (
				<>
					<AuditTable entries={list.data?.items} filtered={chips.length > 0} />
					{shown > 0 && (
						<Pager {...pager} next={list.data?.next ?? null} shown={`${shown} ${shown === 1 ? "entry" : "entries"}`} />
					)}
				</>
			)}
		</>
	);
}

/** A day in the person's zone. */
function Day(props: { label: string; value: string | null; onChange: (value: string | null) => void }) {
	return (
		<TextField type="date" value={props.value ?? ""} onChange={(value) => props.onChange(value || null)}>
			<Label className="sr-only">{props.label}</Label>
			<div className="flex items-center gap-1.5 text-[13px] text-muted">
				<span aria-hidden>{props.label}</span>
				<Input className="w-36" />
			</div>
		</TextField>
	);
}
