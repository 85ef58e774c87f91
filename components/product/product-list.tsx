"use client";
import { Button } from "@heroui/react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { parseAsString, useQueryStates } from "nuqs";
import { api } from "@/lib/api/client";
import { EmptyState } from "../shell/empty-state";
import { useHref, useHub } from "../shell/hub-context";
import { PageHeader } from "../shell/page-header";
import { ExportButton } from "../table/export-button";
import { SearchBox } from "../table/filters";
import { MerchantChoice } from "../table/merchant-choice";
import { PagedTable } from "../table/paged-table";
import { usePaging } from "../table/use-paging";
import { FetchProducts } from "./fetch-products";
import { productColumns } from "./product-columns";

/** The products of all merchants, or of one, as their warehouses tell them. */
export function ProductList() {
	const { account, merchants } = useHub();
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
		api.products.list.queryOptions({
			input: { accountId: account.id, ...narrowed, after: paging.after },
			placeholderData: keepPreviousData,
			refetchInterval: 8_000,
		}),
	);
	const manyMerchants = account.kind === "fulfillment";
	const rows = list.data?.items;
	const filtered = filters.q !== "";
	const isEmpty = rows?.length === 0;
	const ofOne = filters.merchant ?? (merchants.length === 1 ? (merchants[0]?.id ?? null) : null);
	const fetch = <FetchProducts merchantIds={ofOne ? [ofOne] : merchants.map(({ id }) => id)} />;
	const empty = filtered ? (
		<EmptyState
			kind="filtered"
			title="No product matches"
			action={
				<Button size="sm" variant="outline" onPress={() => void setFilters({ q: null, ...paging.reset })}>
					Clear search
				</Button>
			}
		/>
	) : (
		<EmptyState kind="nothing" title="No products yet" action={fetch}>
			Warehouses tell names, weights, sizes and barcodes of their products. They are read once a day, or now.
		</EmptyState>
	);
	return (
		<>
			<PageHeader
				title="Products"
				actions={
					<>
						{!isEmpty && fetch}
						<ExportButton files={[{ label: "Products", path: "products/export", query: narrowed }]} isEmpty={isEmpty} />
					</>
				}
			>
				What each warehouse says of a product. Open a SKU to see its stock.
			</PageHeader>
			<div className="mb-3 flex flex-wrap gap-2">
				<SearchBox
					label="Search products"
					placeholder="Part of the SKU or name"
					value={filters.q}
					onChange={(q) => void setFilters({ q, ...paging.reset })}
				/>
				<MerchantChoice
					value={filters.merchant}
					onChange={(merchant) => void setFilters({ merchant, ...paging.reset })}
				/>
			</div>
			<PagedTable
				label="Products"
				{...{ list, paging }}
				one="product"
				columns={productColumns(manyMerchants, href)}
				rowId={(row) => `${row.merchant.id}/${row.sku}`}
				href={(row) => href(`inventory/${row.merchant.id}/${encodeURIComponent(row.sku)}`)}
				empty={empty}
			/>
		</>
	);
}
