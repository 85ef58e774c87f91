"use client";
import { useQuery } from "@tanstack/react-query";
import { parseAsString, useQueryState } from "nuqs";
import type { z } from "zod";
import { api } from "@/lib/api/client";
import type { itemsContract } from "@/lib/api/contract/items";
import { EmptyState } from "../shell/empty-state";
import { ErrorPanel } from "../shell/error-panel";
import { useHref, useHub, useMay } from "../shell/hub-context";
import { PageHeader } from "../shell/page-header";
import { type Column, DataTable } from "../table/data-table";
import { SearchBox } from "../table/filters";
import { Notice } from "../ui/notice";
import { Section } from "../ui/section";
import { MapCode } from "./map-code";
import { MerchantFilter } from "./merchant-filter";
import { SavedNotice } from "./saved-notice";
import { useItemMerchant, useSaveItems } from "./use-items";

export type Health = z.output<NonNullable<(typeof itemsContract.health)["~orpc"]["outputSchema"]>>;
type Unknown = Health["unknown"][number];
type Unsold = Health["unsold"][number];

/** Codes that one side uses and the other does not know, and the mapping that helps. */
export function SkuHealth() {
	const { merchantId } = useItemMerchant();
	return merchantId ? <HealthOf key={merchantId} merchantId={merchantId} /> : <PageHeader title="SKU health" />;
}

function HealthOf({ merchantId }: { merchantId: string }) {
	const { account } = useHub();
	const href = useHref();
	const mayWrite = useMay("connections:write");
	const saving = useSaveItems(merchantId);
	const [q, setQ] = useQueryState("q", parseAsString.withDefault(""));
	const found = useQuery(
		api.items.health.queryOptions({ input: { accountId: account.id, merchantId }, refetchInterval: 15_000 }),
	);
	const wanted = (code: string) => code.toLowerCase().includes(q.toLowerCase());
	const health = found.data;
	return (
		<>
			<PageHeader title="SKU health">
				Item codes that one side uses and the other does not know. Map a code once, and the orders that wait for it go
				out.
			</PageHeader>
			<div className="mb-3 flex flex-wrap gap-2">
				<SearchBox
					label="Search codes"
					placeholder="Part of a code"
					value={q}
					onChange={(text) => void setQ(text || null)}
				/>
				<MerchantFilter />
			</div>
			<SavedNotice saving={saving} />
			{found.isError && <ErrorPanel error={found.error} retry={() => void found.refetch()} />}
			{health && !health.warehouseAsked && (
				<div className="mb-4">
					<Notice title="No warehouse has told its stock yet">
						Until the first Inventory run of a warehouse, only codes that it refused are listed here.
					</Notice>
				</div>
			)}
			<Section
				title="Unknown at the warehouse"
				about="In carts' orders of the last 30 days. Those that hold orders up come first."
				bare
			>
				<DataTable
					label="Codes unknown at the warehouse"
					columns={unknownColumns({ merchantId, saving, mayWrite })}
					rows={health?.unknown.filter(({ code }) => wanted(code))}
					rowId={(row) => `${row.cart.id}/${row.code}`}
					href={(row) => href(`orders?q=${encodeURIComponent(row.code)}`)}
					empty={<EmptyState kind={q ? "filtered" : "nothing"} title={q ? "No code matches" : "Every code is known"} />}
				/>
			</Section>
			<Section title="Unknown at a cart" about="The warehouse keeps these, and the cart did not take their stock." bare>
				<DataTable
					label="Codes unknown at a cart"
					columns={unsoldColumns({ merchantId, saving, mayWrite })}
					rows={health?.unsold.filter(({ sku }) => wanted(sku))}
					rowId={(row) => `${row.cart.id}/${row.sku}`}
					href={(row) => href(`inventory/${merchantId}/${encodeURIComponent(row.sku)}`)}
					empty={<EmptyState kind={q ? "filtered" : "nothing"} title={q ? "No code matches" : "Every code is known"} />}
				/>
			</Section>
		</>
	);
}

interface Shared {
	merchantId: string;
	saving: ReturnType<typeof useSaveItems>;
	mayWrite: boolean;
}

function unknownColumns(shared: Shared): Column<Unknown>[] {
	return [
		{ id: "code", label: "Code", cell: (row) => <code>{row.code}</code> },
		{
			id: "cart",
			label: "Cart",
			narrow: "detail",
			cell: (row) => [row.cart.name, row.name].filter(Boolean).join(", "),
		},
		{ id: "orders", label: "Orders", align: "end", cell: (row) => row.orders.toLocaleString("en") },
		{
			id: "waiting",
			label: "Waiting",
			align: "end",
			narrow: "status",
			cell: (row) => (row.waiting > 0 ? <span className="font-medium text-danger">{row.waiting} waiting</span> : "–"),
		},
		...(shared.mayWrite
			? [
					{
						id: "map",
						label: "Warehouse SKU",
						narrow: "detail" as const,
						cell: (row: Unknown) => (
							<MapCode {...shared} cart={row.cart} known={row.code} options={row.suggestions} side="sku" />
						),
					},
				]
			: []),
	];
}

function unsoldColumns(shared: Shared): Column<Unsold>[] {
	return [
		{ id: "sku", label: "Warehouse SKU", cell: (row) => <code>{row.sku}</code> },
		{ id: "cart", label: "Cart", narrow: "detail", cell: (row) => row.cart.name },
		{
			id: "quantity",
			label: "Stock",
			align: "end",
			narrow: "status",
			cell: (row) => row.quantity.toLocaleString("en"),
		},
		{ id: "problem", label: "Why", narrow: "detail", cell: (row) => <span className="text-muted">{row.problem}</span> },
		...(shared.mayWrite
			? [
					{
						id: "map",
						label: "Cart code",
						narrow: "detail" as const,
						cell: (row: Unsold) => <MapCode {...shared} cart={row.cart} known={row.sku} options={[]} side="code" />,
					},
				]
			: []),
	];
}
