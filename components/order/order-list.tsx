"use client";
import { Button } from "@heroui/react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/lib/api/client";
import { EmptyState } from "../shell/empty-state";
import { ErrorPanel } from "../shell/error-panel";
import { useHref, useHub } from "../shell/hub-context";
import { PageHeader } from "../shell/page-header";
import { DataTable } from "../table/data-table";
import { ExportButton } from "../table/export-button";
import { Pager } from "../table/pager";
import { LinkButton } from "../ui/link-button";
import { plural } from "../ui/plural";
import { ColumnChoice } from "./column-choice";
import { MissingOrder } from "./missing-order";
import { OrderBulk, OrderBulkStatus } from "./order-bulk";
import { orderColumns } from "./order-columns";
import { OrderFilterBar, OrderFilterSentence } from "./order-filter-bar";
import { OrderViews } from "./order-views";
import { useOrderColumns } from "./use-order-columns";
import { useOrderFilters } from "./use-order-filters";

export function OrderList() {
	const { account } = useHub();
	const href = useHref();
	const { filters, narrowed, paging, viewId, ...moves } = useOrderFilters();
	const severalMerchants = account.kind === "fulfillment";
	const columns = useOrderColumns(severalMerchants && !filters.merchant);
	const [selected, setSelected] = useState<Set<string>>(new Set());
	const change = (next: Parameters<typeof moves.change>[0]) => {
		setSelected(new Set());
		moves.change(next);
	};
	const list = useQuery(
		api.orders.list.queryOptions({
			input: { accountId: account.id, ...narrowed, after: paging.after },
			placeholderData: keepPreviousData,
			refetchInterval: 4_000,
		}),
	);
	const rows = list.data?.items;
	const isNarrowed = Object.values(narrowed).some((value) => value !== undefined);
	return (
		<>
			<PageHeader
				title="Orders"
				actions={
					<>
						<LinkButton variant="outline" href={href("orders/backorders")}>
							Backorders
						</LinkButton>
						<MissingOrder number={filters.q} />
						<ExportButton
							files={[
								{
									label: "The orders shown",
									path: "orders/export",
									query: { ...narrowed, columns: columns.shown.join() },
								},
								{ label: "Their shipments", path: "shipments/export", query: narrowed },
							]}
							isEmpty={rows?.length === 0}
						/>
					</>
				}
			>
				Every order that was loaded, newest first.
			</PageHeader>
			<div className="mb-3 flex flex-wrap items-center gap-2">
				<OrderViews
					viewId={viewId}
					shown={{ filter: narrowed, columns: columns.chosen }}
					isWorthSaving={isNarrowed || !columns.isUsual}
					onOpen={moves.open}
					onClear={moves.clear}
				/>
				<span className="hidden sm:ml-auto sm:block">
					<ColumnChoice
						chosen={columns.chosen}
						without={severalMerchants ? [] : ["merchant"]}
						isUsual={columns.isUsual}
						onChoose={columns.choose}
					/>
				</span>
			</div>
			<OrderFilterBar filters={filters} change={change} />
			<OrderBulkStatus />
			<OrderFilterSentence filters={filters} change={change} clear={moves.clear} />
			{list.isError ? (
				<ErrorPanel error={list.error} retry={() => void list.refetch()} />
			) : (
				<DataTable
					label="Orders"
					columns={orderColumns(columns.shown)}
					rows={rows}
					rowId={(order) => order.id}
					href={(order) => href(`orders/${order.id}`)}
					selected={selected}
					onSelect={setSelected}
					empty={isNarrowed ? <NoneFound clear={moves.clear} /> : <NoneYet />}
				/>
			)}
			<OrderBulk
				orders={rows ?? []}
				selected={selected}
				clear={() => setSelected(new Set())}
				filter={narrowed}
				hasMore={paging.after !== undefined || Boolean(list.data?.next)}
			/>
			{rows && rows.length > 0 && (
				<Pager
					{...paging.pager}
					next={list.data?.next ?? null}
					shown={`${plural(rows.length, "order")} on this page`}
				/>
			)}
		</>
	);
}

function NoneFound({ clear }: { clear: () => void }) {
	return (
		<EmptyState
			kind="filtered"
			title="No order matches"
			action={
				<Button size="sm" variant="outline" onPress={clear}>
					Clear filters
				</Button>
			}
		>
			Search by the beginning of an order number, or by a whole warehouse or tracking number.
		</EmptyState>
	);
}

function NoneYet() {
	return (
		<EmptyState kind="nothing" title="No orders yet">
			Orders appear here when the first Order Download of a cart finds some.
		</EmptyState>
	);
}
