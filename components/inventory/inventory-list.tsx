"use client";
import { Button } from "@heroui/react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { parseAsString, useQueryStates } from "nuqs";
import type { z } from "zod";
import { api } from "@/lib/api/client";
import type { inventoryContract } from "@/lib/api/contract/inventory";
import { EmptyState } from "../shell/empty-state";
import { useHref, useHub } from "../shell/hub-context";
import { PageHeader } from "../shell/page-header";
import type { Column } from "../table/data-table";
import { ExportButton } from "../table/export-button";
import { SearchBox } from "../table/filters";
import { MerchantChoice } from "../table/merchant-choice";
import { PagedTable } from "../table/paged-table";
import { usePaging } from "../table/use-paging";
import { LinkButton } from "../ui/link-button";
import { Time } from "../ui/time";

type Answer = z.output<NonNullable<(typeof inventoryContract.list)["~orpc"]["outputSchema"]>>;
type Row = Answer["items"][number];

export function InventoryList() {
	const { account } = useHub();
	const href = useHref();
	const paging = usePaging();
	const [filters, setFilters] = useQueryStates({
		q: parseAsString.withDefault(""),
		merchant: parseAsString,
		after: parseAsString,
		before: parseAsString,
	});
	const narrowed = { search: filters.q || undefined, merchantId: filters.merchant ?? undefined };
	const list = useQuery(
		api.inventory.list.queryOptions({
			input: { accountId: account.id, ...narrowed, after: paging.after },
			placeholderData: keepPreviousData,
			refetchInterval: 8_000,
		}),
	);
	const filtered = filters.q !== "" || filters.merchant !== null;
	const clear = () => void setFilters({ q: null, merchant: null, ...paging.reset });
	const rows = list.data?.items;
	return (
		<>
			<PageHeader
				title="Inventory"
				actions={
					<>
						<ExportButton
							files={[{ label: "Inventory", path: "inventory/export", query: narrowed }]}
							isEmpty={rows?.length === 0}
						/>
						<LinkButton
							variant="outline"
							href={`${href("inventory/rules")}${filters.merchant ? `?merchant=${filters.merchant}` : ""}`}
						>
							Stock rules
						</LinkButton>
					</>
				}
			>
				What the warehouse counted, and the figure each cart was given. Open a SKU to see where its figure comes from.
			</PageHeader>
			<div className="mb-3 flex flex-wrap gap-2">
				<SearchBox
					label="Search SKUs"
					placeholder="Beginning of the SKU"
					value={filters.q}
					onChange={(q) => void setFilters({ q, ...paging.reset })}
				/>
				<MerchantChoice
					value={filters.merchant}
					onChange={(merchant) => void setFilters({ merchant, ...paging.reset })}
				/>
			</div>
			<PagedTable
				label="Inventory"
				{...{ list, paging }}
				one="SKU"
				columns={columns(account.kind === "fulfillment")}
				rowId={(row) => `${row.merchant.id}/${row.sku}`}
				href={(row) => href(`inventory/${row.merchant.id}/${encodeURIComponent(row.sku)}`)}
				empty={
					filtered ? (
						<EmptyState
							kind="filtered"
							title="No SKU matches"
							action={
								<Button size="sm" variant="outline" onPress={clear}>
									Clear filters
								</Button>
							}
						/>
					) : (
						<EmptyState kind="nothing" title="No stock yet">
							Stock appears here after the first Inventory run of a warehouse.
						</EmptyState>
					)
				}
			/>
		</>
	);
}

function columns(showMerchant: boolean): Column<Row>[] {
	return [
		{ id: "sku", label: "SKU", cell: (row) => <code>{row.sku}</code> },
		...(showMerchant
			? [{ id: "merchant", label: "Merchant", narrow: "detail" as const, cell: (row: Row) => row.merchant.name }]
			: []),
		{
			id: "available",
			label: "Available",
			align: "end",
			narrow: "status",
			cell: (row) => row.available.toLocaleString("en"),
		},
		{ id: "onHand", label: "On hand", align: "end", cell: (row) => row.onHand.toLocaleString("en") },
		{ id: "locked", label: "Locked", align: "end", cell: (row) => row.locked.toLocaleString("en") },
		{ id: "incoming", label: "Incoming", align: "end", cell: (row) => row.incoming.toLocaleString("en") },
		{
			id: "notPutAway",
			label: "Not put away",
			align: "end",
			cell: (row) => (row.notPutAway === 0 ? "–" : row.notPutAway.toLocaleString("en")),
		},
		{
			id: "carts",
			label: "Told to carts",
			narrow: "detail",
			cell: (row) =>
				row.figures.length === 0
					? "–"
					: row.figures.map((figure) => `${figure.cart}: ${figure.quantity.toLocaleString("en")}`).join(", "),
		},
		{ id: "taken", label: "Counted", align: "end", cell: (row) => <Time at={row.takenAt} /> },
	];
}
