"use client";
import { useQuery } from "@tanstack/react-query";
import { parseAsString, useQueryStates } from "nuqs";
import { api } from "@/lib/api/client";
import { EmptyState } from "../shell/empty-state";
import { ErrorPanel } from "../shell/error-panel";
import { useHref, useHub, useMaySetUp } from "../shell/hub-context";
import { useChosenMerchant } from "../shell/last-merchant";
import { PageHeader } from "../shell/page-header";
import { LinkButton } from "../ui/link-button";
import { SkeletonPage } from "../ui/skeleton-page";
import { CartMethods } from "./cart-methods";

/** What the carts' ship methods become at the warehouses: one list per cart, which grows by itself. */
export function ShipMethodPage() {
	const { account } = useHub();
	const href = useHref();
	const maySetUp = useMaySetUp("source");
	const { last } = useChosenMerchant();
	const [filters, setFilters] = useQueryStates({ cart: parseAsString, q: parseAsString, show: parseAsString });
	const found = useQuery(api.shipMethods.carts.queryOptions({ input: { accountId: account.id } }));
	if (found.isError) return <ErrorPanel error={found.error} retry={() => void found.refetch()} />;
	if (!found.data) return <SkeletonPage label="ship methods" />;
	const carts = found.data.items;
	const chosen =
		carts.find(({ id }) => id === filters.cart) ??
		carts.find(({ waiting }) => waiting > 0) ??
		carts.find(({ merchant }) => merchant.id === last) ??
		carts[0];
	if (!chosen)
		return (
			<>
				<PageHeader title="Ship methods">What a cart's shipping options become at the warehouse.</PageHeader>
				<div className="card-frame">
					<EmptyState
						kind="first"
						title="No cart yet"
						action={maySetUp && <LinkButton href={href("connections/new")}>Connect a cart</LinkButton>}
					>
						Every cart has a list of its own, which fills with the orders it sends.
					</EmptyState>
				</div>
			</>
		);
	return (
		<CartMethods
			key={chosen.id}
			connectionId={chosen.id}
			carts={carts}
			search={filters.q ?? ""}
			show={filters.show}
			onCart={(cart) => void setFilters({ cart, q: null, show: null })}
			onFilter={(next) => void setFilters(next)}
		/>
	);
}
