"use client";
import { Button } from "@heroui/react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { parseAsInteger, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useState } from "react";
import { api } from "@/lib/api/client";
import { orderFilterStates } from "@/lib/api/contract/orders";
import { EmptyState } from "../shell/empty-state";
import { ErrorPanel } from "../shell/error-panel";
import { useHref, useHub } from "../shell/hub-context";
import { PageHeader } from "../shell/page-header";
import { DataTable } from "../table/data-table";
import { Choice, FilterSentence, SearchBox } from "../table/filters";
import { Pager } from "../table/pager";
import { usePaging } from "../table/use-paging";
import { plural } from "../ui/plural";
import { MissingOrder } from "./missing-order";
import { OrderBulk, OrderBulkStatus } from "./order-bulk";
import { orderColumns } from "./order-columns";
import { dayChoices, stateChoices } from "./order-filters";

export function OrderList() {
	const { account, merchants } = useHub();
	const href = useHref();
	const paging = usePaging();
	const [filters, setFilters] = useQueryStates({
		q: parseAsString.withDefault(""),
		state: parseAsStringLiteral(orderFilterStates),
		merchant: parseAsString,
		connection: parseAsString,
		days: parseAsInteger,
		...clearedTypes,
	});
	const [selected, setSelected] = useState<Set<string>>(new Set());
	const change = (next: Partial<typeof filters>) => {
		setSelected(new Set());
		void setFilters({ ...next, ...paging.reset });
	};
	const narrowed = {
		search: filters.q || undefined,
		state: filters.state ?? undefined,
		merchantId: filters.merchant ?? undefined,
		connectionId: filters.connection ?? undefined,
		days: filters.days ?? undefined,
	};
	const list = useQuery(
		api.orders.list.queryOptions({
			input: { accountId: account.id, ...narrowed, after: paging.after },
			placeholderData: keepPreviousData,
			refetchInterval: 4_000,
		}),
	);
	const merchantName = merchants.find(({ id }) => id === filters.merchant)?.name;
	const chips = [
		...(filters.q ? [{ words: `"${filters.q}"`, clear: () => change({ q: "" }) }] : []),
		...(filters.state ? [{ words: labelOf(stateChoices, filters.state), clear: () => change({ state: null }) }] : []),
		...(merchantName ? [{ words: `at ${merchantName}`, clear: () => change({ merchant: null }) }] : []),
		...(filters.connection ? [{ words: "from one cart", clear: () => change({ connection: null }) }] : []),
		...(filters.days
			? [{ words: labelOf(dayChoices, String(filters.days)), clear: () => change({ days: null }) }]
			: []),
	];
	const clearAll = () => change({ q: "", state: null, merchant: null, connection: null, days: null });
	const rows = list.data?.items;
	return (
		<>
			<PageHeader title="Orders" actions={<MissingOrder number={filters.q} />}>
				Every order that was loaded, newest first.
			</PageHeader>
			<div className="mb-3 flex flex-wrap gap-2">
				<SearchBox
					label="Search orders"
					placeholder="Order, warehouse or tracking number"
					value={filters.q}
					onChange={(q) => change({ q })}
				/>
				<Choice
					label="State"
					any="Any state"
					value={filters.state}
					options={stateChoices}
					onChange={(state) => change({ state: orderFilterStates.find((known) => known === state) ?? null })}
				/>
				{account.kind === "fulfillment" && (
					<Choice
						label="Merchant"
						any="All merchants"
						value={filters.merchant}
						options={merchants.map(({ id, name }) => ({ value: id, label: name }))}
						onChange={(merchant) => change({ merchant })}
					/>
				)}
				<Choice
					label="Loaded"
					any="Any time"
					value={filters.days === null ? null : String(filters.days)}
					options={dayChoices}
					onChange={(days) => change({ days: days === null ? null : Number(days) })}
				/>
			</div>
			<OrderBulkStatus />
			<FilterSentence chips={chips} clearAll={clearAll} />
			{list.isError ? (
				<ErrorPanel error={list.error} retry={() => void list.refetch()} />
			) : (
				<DataTable
					label="Orders"
					columns={orderColumns({ showMerchant: account.kind === "fulfillment" && !filters.merchant })}
					rows={rows}
					rowId={(order) => order.id}
					href={(order) => href(`orders/${order.id}`)}
					selected={selected}
					onSelect={setSelected}
					empty={chips.length > 0 ? <NoneFound clear={clearAll} /> : <NoneYet />}
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

const clearedTypes = { after: parseAsString, before: parseAsString };

function labelOf(choices: { value: string; label: string }[], value: string): string {
	return choices.find((choice) => choice.value === value)?.label ?? value;
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
