"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { z } from "zod";
import { api } from "@/lib/api/client";
import type { runSummary } from "@/lib/api/contract/runs";
import { triggerWords } from "@/lib/canonical/state-words";
import type { RunState } from "@/lib/canonical/status";
import type { FlowJobName } from "@/lib/jobs/catalogue";
import { EmptyState } from "../shell/empty-state";
import { ErrorPanel } from "../shell/error-panel";
import { useHref, useHub } from "../shell/hub-context";
import { RunStateTag } from "../status/run-status";
import { type Column, DataTable } from "../table/data-table";
import { ExportButton } from "../table/export-button";
import { Pager } from "../table/pager";
import { usePaging } from "../table/use-paging";
import { plural } from "../ui/plural";
import { Time } from "../ui/time";
import { duration } from "../ui/time-words";
import { countWords } from "./run-words";

type Run = z.output<typeof runSummary>;

export interface RunTableFilters {
	connectionId?: string | undefined;
	merchantId?: string | undefined;
	job?: FlowJobName | undefined;
	state?: RunState | undefined;
	busy?: boolean | undefined;
}

function useRuns(filters: RunTableFilters) {
	const { account } = useHub();
	const paging = usePaging();
	const list = useQuery(
		api.runs.list.queryOptions({
			input: { accountId: account.id, ...filters, after: paging.after },
			placeholderData: keepPreviousData,
			refetchInterval: 4_000,
		}),
	);
	return { list, paging };
}

/** Takes the same runs away as a file. */
export function RunExport({ filters, size = "md" }: { filters: RunTableFilters; size?: "sm" | "md" }) {
	const { list } = useRuns(filters);
	return (
		<ExportButton
			size={size}
			files={[{ label: "Runs", path: "runs/export", query: { ...filters } }]}
			isEmpty={list.data?.items.length === 0}
		/>
	);
}

/** Runs, newest first, refreshed while one looks. */
export function RunTable({ filters, filtered = false }: { filters: RunTableFilters; filtered?: boolean }) {
	const { account } = useHub();
	const href = useHref();
	const { list, paging } = useRuns(filters);
	if (list.isError) return <ErrorPanel error={list.error} retry={() => void list.refetch()} />;
	const columns: Column<Run>[] = [
		{ id: "title", label: "Function", cell: (run) => run.title },
		{ id: "state", label: "State", narrow: "status", cell: (run) => <RunStateTag state={run.state} /> },
		...(filters.connectionId
			? []
			: [
					{
						id: "connection",
						label: "Connection",
						narrow: "detail" as const,
						cell: (run: Run) =>
							account.kind === "fulfillment" ? `${run.connection.name}, ${run.merchant.name}` : run.connection.name,
					},
				]),
		{ id: "counts", label: "What it did", narrow: "detail", cell: (run) => <Did run={run} /> },
		{ id: "trigger", label: "Started by", cell: (run) => triggerWords[run.trigger] },
		{
			id: "took",
			label: "Took",
			align: "end",
			cell: (run) => (run.endedAt ? duration(Date.parse(run.endedAt) - Date.parse(run.startedAt)) : "–"),
		},
		{ id: "started", label: "Started", align: "end", narrow: "detail", cell: (run) => <Time at={run.startedAt} /> },
	];
	const rows = list.data?.items;
	return (
		<>
			<DataTable
				label="Runs"
				columns={columns}
				rows={rows}
				rowId={(run) => run.id}
				href={(run) => href(`runs/${run.id}`)}
				empty={
					filtered ? (
						<EmptyState kind="filtered" title="No run matches" />
					) : (
						<EmptyState kind="nothing" title="Nothing has run yet">
							Each time a function of a connection runs, it is listed here with what it did.
						</EmptyState>
					)
				}
			/>
			{rows && rows.length > 0 && (
				<Pager {...paging.pager} next={list.data?.next ?? null} shown={`${plural(rows.length, "run")} on this page`} />
			)}
		</>
	);
}

function Did({ run }: { run: Run }) {
	const words = countWords(run.counts);
	return (
		<span>
			{words}
			{run.againAt && run.state === "waiting" && (
				<>
					, again <Time at={run.againAt} />
				</>
			)}
		</span>
	);
}
