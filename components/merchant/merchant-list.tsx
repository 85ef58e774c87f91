"use client";
import { useQuery } from "@tanstack/react-query";
import type { z } from "zod";
import { api } from "@/lib/api/client";
import type { merchantSummary } from "@/lib/api/contract/merchants";
import { EmptyState } from "../shell/empty-state";
import { ErrorPanel } from "../shell/error-panel";
import { useHref, useHub, useMay } from "../shell/hub-context";
import { PageHeader } from "../shell/page-header";
import { type Column, DataTable } from "../table/data-table";
import { ExportButton } from "../table/export-button";
import { LinkButton } from "../ui/link-button";
import { Section } from "../ui/section";
import { Time } from "../ui/time";
import { MerchantDialog } from "./merchant-dialog";

type Merchant = z.output<typeof merchantSummary>;

export function MerchantList() {
	const { account, accounts } = useHub();
	const linked = accounts.filter((other) => other.linked);
	const href = useHref();
	const mayWrite = useMay("merchants:write");
	const list = useQuery(api.merchants.list.queryOptions({ input: { accountId: account.id }, refetchInterval: 10_000 }));
	const columns: Column<Merchant>[] = [
		{ id: "name", label: "Merchant", cell: (merchant) => merchant.name },
		{ id: "carts", label: "Carts", align: "end", cell: (merchant) => merchant.carts },
		{ id: "warehouses", label: "Warehouses", align: "end", cell: (merchant) => merchant.warehouses },
		{
			id: "open",
			label: "Open orders",
			align: "end",
			narrow: "detail",
			cell: (merchant) => `${merchant.openOrders} open`,
		},
		{
			id: "stuck",
			label: "Stuck",
			align: "end",
			narrow: "status",
			cell: (merchant) =>
				merchant.stuckOrders > 0 ? <span className="font-medium text-danger">{merchant.stuckOrders} stuck</span> : "–",
		},
		{
			id: "oldest",
			label: "Oldest waiting",
			align: "end",
			cell: (merchant) => <Time at={merchant.oldestWaitingAt} none="none" />,
		},
		{
			id: "actions",
			label: "Set up",
			align: "end",
			cell: (merchant) => (
				<span className="flex justify-end gap-1.5">
					{mayWrite && <MerchantDialog merchant={merchant} />}
					<LinkButton variant="outline" href={href(`merchants/${merchant.id}/rules`)}>
						Rules
					</LinkButton>
					<LinkButton variant="outline" href={href(`connections?merchant=${merchant.id}`)}>
						Connections
					</LinkButton>
				</span>
			),
		},
	];
	return (
		<>
			<PageHeader
				title="Merchants"
				actions={
					<>
						<ExportButton
							files={[{ label: "Merchants", path: "merchants/export" }]}
							isEmpty={list.data?.items.length === 0}
						/>
						{mayWrite && account.kind === "fulfillment" && <MerchantDialog />}
					</>
				}
			>
				The brands whose orders your warehouse packs.
			</PageHeader>
			{list.isError ? (
				<ErrorPanel error={list.error} retry={() => void list.refetch()} />
			) : (
				<DataTable
					label="Merchants"
					columns={columns}
					rows={list.data?.items}
					rowId={(merchant) => merchant.id}
					href={(merchant) => href(`orders?merchant=${merchant.id}`)}
					empty={
						<EmptyState kind="first" title="No merchants yet" action={mayWrite && <MerchantDialog />}>
							A merchant is a brand with its own carts, orders and stock. Add the first one, then connect its cart.
						</EmptyState>
					}
				/>
			)}
			{linked.length > 0 && <LinkedBrands accounts={linked} />}
		</>
	);
}

/** Brands that run an account of their own: their orders are there, not in these lists. */
function LinkedBrands({ accounts }: { accounts: { id: string; name: string }[] }) {
	return (
		<Section title="Brands with an account of their own" about="Linked with yours. Their orders and stock are there.">
			<ul className="flex flex-wrap gap-2">
				{accounts.map(({ id, name }) => (
					<li key={id}>
						<LinkButton variant="outline" href={`/${id}`}>
							Go to {name}
						</LinkButton>
					</li>
				))}
			</ul>
		</Section>
	);
}
