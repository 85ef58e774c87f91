"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { parseAsString, useQueryState } from "nuqs";
import { api } from "@/lib/api/client";
import { EmptyState } from "../shell/empty-state";
import { ErrorPanel } from "../shell/error-panel";
import { useHref, useHub } from "../shell/hub-context";
import { useChosenMerchant } from "../shell/last-merchant";
import { PageHeader } from "../shell/page-header";
import { LinkButton } from "../ui/link-button";
import { Pick } from "../ui/pick";
import { SkeletonPage } from "../ui/skeleton-page";
import { CarrierTables } from "./carrier-tables";

/** What carriers are called at each warehouse and each cart, and what a cart will receive. */
export function CarrierPage() {
	const { account } = useHub();
	const href = useHref();
	const { last } = useChosenMerchant();
	const [asked, setAsked] = useQueryState("connection", parseAsString);
	const list = useQuery(
		api.connections.list.queryOptions({ input: { accountId: account.id }, placeholderData: keepPreviousData }),
	);
	if (list.isError) return <ErrorPanel error={list.error} retry={() => void list.refetch()} />;
	if (!list.data) return <SkeletonPage label="carriers" />;
	const all = list.data.items;
	const warehouses = all.filter(({ side }) => side === "destination");
	const chosen =
		all.find(({ id }) => id === asked) ??
		warehouses.find(({ merchant }) => merchant.id === last) ??
		warehouses[0] ??
		all[0];
	return (
		<>
			<PageHeader title="Carriers">
				A warehouse's carrier becomes ours, and ours what the cart knows: most carts want FEDEX or UPS, few know SCAC
				codes.
			</PageHeader>
			{chosen ? (
				<>
					<div className="mb-4 max-w-md">
						<Pick
							label="Connection"
							value={chosen.id}
							options={all.map(({ id, name, merchant, side }) => ({
								value: id,
								label: `${name}, ${merchant.name} (${side === "source" ? "cart" : "warehouse"})`,
							}))}
							onChange={(id) => void setAsked(id)}
						/>
					</div>
					<CarrierTables key={chosen.id} connectionId={chosen.id} />
				</>
			) : (
				<div className="card-frame">
					<EmptyState
						kind="first"
						title="No connection yet"
						action={<LinkButton href={href("connections/new")}>Connect a system</LinkButton>}
					>
						Carriers appear with the first shipments of a warehouse.
					</EmptyState>
				</div>
			)}
		</>
	);
}
