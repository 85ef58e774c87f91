"use client";
import { Button } from "@heroui/react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { api } from "@/lib/api/client";
import { purchaseOrderFilterStates } from "@/lib/api/contract/purchase-orders";
import { EmptyState } from "../shell/empty-state";
import { useHref, useHub } from "../shell/hub-context";
import { PageHeader } from "../shell/page-header";
import { purchaseOrderFlagLooks, purchaseOrderLooks } from "../status/purchase-order-status";
import { Choice, FilterSentence, SearchBox } from "../table/filters";
import { MerchantChoice } from "../table/merchant-choice";
import { PagedTable } from "../table/paged-table";
import { usePaging } from "../table/use-paging";
import { purchaseOrderColumns } from "./purchase-order-columns";

const looks = { ...purchaseOrderLooks, ...purchaseOrderFlagLooks };
const stateChoices = purchaseOrderFilterStates.map((value) => ({ value, label: looks[value].word }));

export function PurchaseOrderList() {
	const { account, merchants } = useHub();
	const href = useHref();
	const paging = usePaging();
	const [filters, setFilters] = useQueryStates({
		q: parseAsString.withDefault(""),
		state: parseAsStringLiteral(purchaseOrderFilterStates),
		merchant: parseAsString,
		after: parseAsString,
		before: parseAsString,
	});
	const change = (next: Partial<typeof filters>) => void setFilters({ ...next, ...paging.reset });
	const list = useQuery(
		api.purchaseOrders.list.queryOptions({
			input: {
				accountId: account.id,
				search: filters.q || undefined,
				state: filters.state ?? undefined,
				merchantId: filters.merchant ?? undefined,
				after: paging.after,
			},
			placeholderData: keepPreviousData,
			refetchInterval: 5_000,
		}),
	);
	const merchantName = merchants.find(({ id }) => id === filters.merchant)?.name;
	const chips = [
		...(filters.q ? [{ words: `"${filters.q}"`, clear: () => change({ q: "" }) }] : []),
		...(filters.state ? [{ words: looks[filters.state].word, clear: () => change({ state: null }) }] : []),
		...(merchantName ? [{ words: `at ${merchantName}`, clear: () => change({ merchant: null }) }] : []),
	];
	const clearAll = () => change({ q: "", state: null, merchant: null });
	return (
		<>
			<PageHeader title="Purchase orders">What the warehouse is told to expect, and what of it has arrived.</PageHeader>
			<div className="mb-3 flex flex-wrap gap-2">
				<SearchBox
					label="Search purchase orders"
					placeholder="Number or SKU"
					value={filters.q}
					onChange={(q) => change({ q })}
				/>
				<Choice
					label="State"
					any="Any state"
					value={filters.state}
					options={stateChoices}
					onChange={(state) => change({ state: purchaseOrderFilterStates.find((known) => known === state) ?? null })}
				/>
				<MerchantChoice value={filters.merchant} onChange={(merchant) => change({ merchant })} />
			</div>
			<FilterSentence chips={chips} clearAll={clearAll} />
			<PagedTable
				label="Purchase orders"
				{...{ list, paging }}
				one="purchase order"
				columns={purchaseOrderColumns({ showMerchant: account.kind === "fulfillment" && !filters.merchant })}
				rowId={(order) => order.id}
				href={(order) => href(`purchase-orders/${order.id}`)}
				empty={chips.length > 0 ? <NoneFound clear={clearAll} /> : <NoneYet />}
			/>
		</>
	);
}

function NoneFound({ clear }: { clear: () => void }) {
	return (
		<EmptyState
			kind="filtered"
			title="No purchase order matches"
			action={
				<Button size="sm" variant="outline" onPress={clear}>
					Clear filters
				</Button>
			}
		>
			Search by the beginning of a number, or by a whole SKU.
		</EmptyState>
	);
}

function NoneYet() {
	return (
		<EmptyState kind="nothing" title="No purchase orders yet">
			They appear here when the first Purchase Order Download of a connection finds some, such as those that are Pending
			Delivery in Order Manager.
		</EmptyState>
	);
}
