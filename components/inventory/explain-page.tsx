"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { z } from "zod";
import { api } from "@/lib/api/client";
import type { inventoryContract } from "@/lib/api/contract/inventory";
import { useHref, useHub, useTimeZone } from "../shell/hub-context";
import { PageHeader } from "../shell/page-header";
import { PageProblem } from "../shell/page-problem";
import { LinkButton } from "../ui/link-button";
import { live } from "../ui/live";
import { Notice } from "../ui/notice";
import { Section } from "../ui/section";
import { SkeletonPage } from "../ui/skeleton-page";
import { DayChart } from "./day-chart";
import { FigureAnswer, FigureTerms } from "./figure-terms";
import { StockChart } from "./stock-chart";
import { StockLevels } from "./stock-levels";

export type Explained = z.output<NonNullable<(typeof inventoryContract.explain)["~orpc"]["outputSchema"]>>;

const stateWords: Record<string, string> = {
	wanted: "goes to the cart in the next run",
	sending: "is on its way to the cart",
	pushed: "the cart has it",
	skipped: "the cart does not sell this SKU",
	refused: "the cart refused it",
	unknown: "the cart did not answer; it is sent again",
};

/** Explain this number: each cart's figure as a sum of named terms. */
export function ExplainPage({ merchantId, sku }: { merchantId: string; sku: string }) {
	const { account } = useHub();
	const href = useHref();
	const timeZone = useTimeZone();
	const found = useQuery(
		api.inventory.explain.queryOptions({
			input: { accountId: account.id, merchantId, sku },
			refetchInterval: live(5_000),
		}),
	);
	if (found.isError && !found.data)
		return (
			<PageProblem
				title="SKU"
				trail={[{ label: "Inventory", href: href("inventory") }]}
				error={found.error}
				retry={() => void found.refetch()}
			/>
		);
	const stock = found.data;
	if (!stock) return <SkeletonPage label="the SKU" />;
	return (
		<>
			<PageHeader
				trail={[{ label: "Inventory", href: href("inventory") }]}
				title={<span className="font-mono text-[20px]">{stock.sku}</span>}
				actions={
					<LinkButton variant="outline" href={`${href("inventory/rules")}?merchant=${merchantId}`}>
						Stock rules
					</LinkButton>
				}
			>
				{[stock.name, stock.merchant.name].filter(Boolean).join(", ")}
			</PageHeader>
			<div className="grid grid-cols-[minmax(0,1fr)] gap-x-6 lg:grid-cols-2">
				<div>
					{stock.figures.length === 0 && (
						<div className="mb-6">
							<Notice title="No cart was given a figure yet">It happens in the next Inventory Upload of a cart.</Notice>
						</div>
					)}
					{stock.figures.map((figure) => (
						<Section
							key={figure.cart.id}
							title={`Why ${figure.cart.name} shows ${figure.quantity.toLocaleString("en")}`}
							about={
								figure.problem ??
								`${figure.quantity.toLocaleString("en")}: ${stateWords[figure.state] ?? figure.state}.`
							}
						>
							<FigureTerms figure={figure} />
							<FigureAnswer figure={figure} sku={stock.sku} timeZone={timeZone} />
						</Section>
					))}
					{stock.waiting.length > 0 && <Waiting orders={stock.waiting} />}
				</div>
				<div>
					<Section title="At the warehouse" bare>
						<StockLevels levels={stock.levels} purchases={stock.purchases} />
					</Section>
					{stock.days.length > 0 && (
						<Section title="Stock by day" about="The last count of each day on which it changed, over all locations.">
							<DayChart days={stock.days} />
						</Section>
					)}
					{stock.history.length > 0 && (
						<Section title="Over time" about="Each figure a cart was given.">
							<StockChart history={stock.history} timeZone={timeZone} />
						</Section>
					)}
				</div>
			</div>
		</>
	);
}

function Waiting({ orders }: { orders: Explained["waiting"] }) {
	const href = useHref();
	return (
		<Section
			title="Orders the warehouse did not know of"
			about="Loaded or delivered after its count: their units are subtracted."
		>
			<ul className="text-[13px]">
				{orders.map((order) => (
					<li key={order.id} className="flex justify-between gap-3 py-0.5">
						<Link href={href(`orders/${order.id}`)} className="num text-accent underline">
							{order.number}
						</Link>
						<span className="num">{order.quantity}</span>
					</li>
				))}
			</ul>
		</Section>
	);
}
