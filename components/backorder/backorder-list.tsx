"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { parseAsString, useQueryStates } from "nuqs";
import { api } from "@/lib/api/client";
import { EmptyState } from "../shell/empty-state";
import { useHref, useHub } from "../shell/hub-context";
import { PageHeader } from "../shell/page-header";
import { MerchantChoice } from "../table/merchant-choice";
import { PagedTable } from "../table/paged-table";
import { usePaging } from "../table/use-paging";
import { backorderColumns } from "./backorder-columns";

/** Orders that wait for stock, the one that is next in line first. */
export function BackorderList() {
	const { account } = useHub();
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
	return (
		<>
			<PageHeader title="Backorders" trail={[{ label: "Orders", href: href("orders") }]}>
				Orders that wait for stock, the oldest first. They go by themselves when their warehouse counts enough.
			</PageHeader>
			<div className="mb-3 flex flex-wrap gap-2 empty:hidden">
				<MerchantChoice
					value={filters.merchant}
					onChange={(merchant) => void setFilters({ merchant, ...paging.reset })}
				/>
			</div>
			<PagedTable
				label="Backorders"
				{...{ list, paging }}
				one="order"
				columns={backorderColumns(severalMerchants && !filters.merchant)}
				rowId={(order) => order.id}
				href={(order) => href(`orders/${order.id}`)}
				empty={
					<EmptyState kind="nothing" title="No order waits for stock">
						Orders wait here when their warehouse connection says that backorders are managed here and its stock does
						not cover them.
					</EmptyState>
				}
			/>
		</>
	);
}
