"use client";
import { Button } from "@heroui/react";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { api, apiClient } from "@/lib/api/client";
import { refusers } from "@/lib/canonical/filters";
import { EmptyState } from "../shell/empty-state";
import { ErrorPanel } from "../shell/error-panel";
import { useHref, useHub, useMay } from "../shell/hub-context";
import type { Column } from "../table/data-table";
import { Choice, SearchBox } from "../table/filters";
import { PagedTable } from "../table/paged-table";
import { usePaging } from "../table/use-paging";
import { ConfirmButton } from "../ui/confirm-button";
import { live } from "../ui/live";
import { Notice } from "../ui/notice";
import { plural } from "../ui/plural";
import { Time } from "../ui/time";
import { refuserWords, tabOf } from "./filter-words";

type Skipped = Awaited<ReturnType<typeof apiClient.filters.skipped>>["items"][number];

/** Orders of the cart that a setting keeps out, each with the setting and the way to ask for it again. */
export function SkippedTab({ connectionId }: { connectionId: string }) {
	const { account } = useHub();
	const paging = usePaging();
	const mayWrite = useMay("orders:write");
	const [filters, setFilters] = useQueryStates({
		q: parseAsString.withDefault(""),
		by: parseAsStringLiteral(refusers),
	});
	const list = useQuery(
		api.filters.skipped.queryOptions({
			input: {
				...{ accountId: account.id, connectionId, after: paging.after },
				...(filters.q && { search: filters.q }),
				...(filters.by && { by: filters.by }),
			},
			placeholderData: keepPreviousData,
			refetchInterval: live(10_000),
		}),
	);
	const asking = useAsking(connectionId);
	const narrow = (change: Partial<typeof filters>) => void setFilters(change).then(() => paging.pager.onTurn([], null));
	const rows = list.data?.items;
	return (
		<>
			<div className="mb-3 flex flex-wrap items-center gap-2">
				<SearchBox
					label="Search skipped orders"
					placeholder="Beginning of a number"
					value={filters.q}
					onChange={(q) => narrow({ q })}
				/>
				<Choice
					label="Setting"
					any="Any setting"
					value={filters.by}
					options={refusers.map((value) => ({ value, label: refuserWords[value] }))}
					onChange={(by) => narrow({ by: refusers.find((one) => one === by) ?? null })}
				/>
				{mayWrite && rows && rows.length > 0 && (
					<span className="ms-auto">
						<ConfirmButton
							size="sm"
							label="Ask for all again"
							heading="Ask the cart for every skipped order again?"
							isPending={asking.all.isPending}
							onConfirm={() => asking.all.mutate()}
						>
							Each is read once more and judged by the settings as they are now. What is refused again stays here.
						</ConfirmButton>
					</span>
				)}
			</div>
			{asking.error && <ErrorPanel error={asking.error} />}
			{asking.sentence && (
				<div className="mb-3">
					<Notice tone="done" live title={asking.sentence} />
				</div>
			)}
			<PagedTable
				label="Skipped orders"
				{...{ list, paging }}
				one="skipped order"
				columns={columnsOf({ connectionId, mayWrite, asking })}
				rowId={({ sourceId }) => sourceId}
				empty={
					filters.q || filters.by ? (
						<EmptyState kind="filtered" title="No skipped order matches" />
					) : (
						<EmptyState kind="nothing" title="Nothing is skipped">
							Orders that a filter, Earliest Order Date or their own form keeps out stand here, with the reason.
						</EmptyState>
					)
				}
			/>
		</>
	);
}

function useAsking(connectionId: string) {
	const { account } = useHub();
	const queries = useQueryClient();
	const one = { accountId: account.id, connectionId };
	const again = () => queries.invalidateQueries({ queryKey: api.filters.skipped.key() });
	const all = useMutation({ mutationFn: () => apiClient.filters.askAgain(one), onSuccess: again });
	const pull = useMutation({
		mutationFn: ({ sourceId }: Skipped) => apiClient.orders.pull({ ...one, sourceId }),
		onSuccess: again,
	});
	const pulled = pull.isSuccess ? pull.variables : null;
	const words = all.isSuccess ? `${plural(all.data.askedAgain, "order is", "orders are")} asked for again.` : null;
	return {
		all,
		pull,
		error: all.error ?? pull.error,
		sentence: pulled
			? `Order ${pulled.number ?? pulled.sourceId} is asked for again. It appears here or among the orders.`
			: words,
	};
}

interface ColumnsOf {
	connectionId: string;
	mayWrite: boolean;
	asking: ReturnType<typeof useAsking>;
}

function columnsOf({ connectionId, mayWrite, asking: { pull } }: ColumnsOf): Column<Skipped>[] {
	return [
		{ id: "number", label: "Number", cell: ({ number, sourceId }) => <code>{number ?? sourceId}</code> },
		{ id: "by", label: "Setting", cell: ({ by }) => refuserWords[by] },
		{
			id: "reason",
			label: "Reason",
			narrow: "detail",
			cell: ({ reason }) => <span className="whitespace-normal break-words">{sentenceOf(reason)}</span>,
		},
		{ id: "at", label: "When", align: "end", narrow: "detail", cell: ({ at }) => <Time at={at} /> },
		{
			id: "actions",
			label: "Change",
			align: "end",
			narrow: "status",
			cell: (row) => (
				<span className="flex justify-end gap-1.5">
					<ChangeSetting connectionId={connectionId} by={row.by} />
					{mayWrite && (
						<Button
							size="sm"
							variant="outline"
							aria-label={`Re-pull ${row.number ?? row.sourceId}`}
							isDisabled={row.isAsked}
							isPending={pull.isPending && pull.variables.sourceId === row.sourceId}
							onPress={() => pull.mutate(row)}
						>
							{row.isAsked ? "Asked" : "Re-pull"}
						</Button>
					)}
				</span>
			),
		},
	];
}

function ChangeSetting({ connectionId, by }: { connectionId: string; by: Skipped["by"] }) {
	const href = useHref();
	const tab = tabOf(by);
	if (!tab) return null;
	return (
		<Link className="button button--outline button--sm" href={href(`connections/${connectionId}?tab=${tab}`)}>
			Change {tab === "filters" ? "the filter" : "the setting"}
		</Link>
	);
}

function sentenceOf(reason: string): string {
	return reason.charAt(0).toUpperCase() + reason.slice(1);
}
