"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { parseAsString, useQueryStates } from "nuqs";
import { api } from "@/lib/api/client";
import { EmptyState } from "../shell/empty-state";
import { ErrorPanel } from "../shell/error-panel";
import { useHref, useHub } from "../shell/hub-context";
import { PageHeader } from "../shell/page-header";
import { DataTable } from "../table/data-table";
import { Choice } from "../table/filters";
import { Pager } from "../table/pager";
import { usePaging } from "../table/use-paging";
import { plural } from "../ui/plural";
import { backorderColumns } from "./backorder-columns";

/** Orders that wait for stock, the one that is next in line first. */
export function BackorderList() {
	const { account, merchants } = useHub();
	const href = useHref();
	const paging = usePaging();
	const [filters, setFilters] = useQueryStates({
		merchant: parseAsString,
		after: parseAsString,
		before: parseAsString,
	});
	const severalMerchants = account.kind === "fulfillment";
	const list = useQuery(
		api.backorders.list.queryOptions({
			input: { accountId: account.id, merchantId: filters.merchant ?? undefined, after: paging.after },
			placeholderData: keepPreviousData,
			refetchInterval: 5_000,
		}),
	);
	const rows = list.data?.items;
	return (
		<>
			<PageHeader title="Backorders" trail={[{ label: "Orders", href: href("orders") }]}>
				Orders that wait for stock, the oldest first. They go by themselves when their warehouse counts enough.
			</PageHeader>
			{severalMerchants && (
				<div className="mb-3 flex flex-wrap gap-2">
					<Choice
						label="Merchant"
						any="All merchants"
						value={filters.merchant}
						options={merchants.map(({ id, name }) => ({ value: id, label: name }))}
						onChange={(merchant) => void setFilters({ merchant, ...paging.reset })}
					/>
				</div>
			)}
			{list.isError ? (
				<ErrorPanel error={list.error} retry={() => void list.refetch()} />
			) : (
				<DataTable
					label="Backorders"
					columns={backorderColumns(severalMerchants && !filters.merchant)}
					rows={rows}
					rowId={(order) => order.id}
					href={(order) => href(`orders/${order.id}`)}
					empty={
						<EmptyState kind="nothing" title="No order waits for stock">
							Orders wait here when their warehouse connection says that backorders are managed here and its stock does
							not cover them.
						</EmptyState>
					}
				/>
			)}
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
