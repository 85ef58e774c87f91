"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { z } from "zod";
import { api } from "@/lib/api/client";
import type { inventoryContract } from "@/lib/api/contract/inventory";
import { useHref, useHub, useTimeZone } from "../shell/hub-context";
import { PageHeader } from "../shell/page-header";
import { PageProblem } from "../shell/page-problem";
import { live } from "../ui/live";
import { Notice } from "../ui/notice";
import { Section } from "../ui/section";
import { SkeletonPage } from "../ui/skeleton-page";
import { Time } from "../ui/time";
import { StockChart } from "./stock-chart";

type Explained = z.output<NonNullable<(typeof inventoryContract.explain)["~orpc"]["outputSchema"]>>;
type Figure = Explained["figures"][number];

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
							<Terms figure={figure} />
							<p className="mt-3 text-[12px] text-muted">
								Computed <Time at={figure.computedAt} timeZone={timeZone} />
								{figure.pushedAt && (
									<>
										, told to the cart <Time at={figure.pushedAt} timeZone={timeZone} />
									</>
								)}
							</p>
						</Section>
					))}
					{stock.waiting.length > 0 && <Waiting orders={stock.waiting} />}
				</div>
				<div>
					<Section title="At the warehouse" bare>
						<Levels levels={stock.levels} />
					</Section>
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

function Terms({ figure }: { figure: Figure }) {
	return (
		<table className="w-full text-[13px]">
			<caption className="sr-only">The terms of the figure of {figure.cart.name}</caption>
			<tbody>
				{figure.terms.map((term, index) => (
					<tr key={`${term.kind}-${term.detail}-${term.label}`}>
						<th scope="row" className="py-1 text-left font-normal">
							{term.label}
							{term.detail && <span className="ml-1.5 text-muted">{term.detail}</span>}
						</th>
						<td className="num py-1 text-end">
							{term.amount < 0 ? "−" : index === 0 ? "" : "+"} {Math.abs(term.amount).toLocaleString("en")}
						</td>
					</tr>
				))}
				<tr className="border-border border-t font-semibold">
					<th scope="row" className="pt-1.5 text-left">
						Told to {figure.cart.name}
					</th>
					<td className="num pt-1.5 text-end">{figure.quantity.toLocaleString("en")}</td>
				</tr>
			</tbody>
		</table>
	);
}

function Levels({ levels }: { levels: Explained["levels"] }) {
	const heads = ["Available", "On hand", "Locked", "Incoming"];
	return (
		<div className="card-frame overflow-x-auto">
			<table className="w-full text-[13px]">
				<thead>
					<tr className="border-separator border-b text-[12px] text-muted">
						<th scope="col" className="px-4 py-2 text-left font-medium">
							Location
						</th>
						{heads.map((head) => (
							<th key={head} scope="col" className="whitespace-nowrap px-3 py-2 text-end font-medium">
								{head}
							</th>
						))}
					</tr>
				</thead>
				<tbody>
					{levels.map((level) => (
						<tr key={`${level.warehouse}-${level.location}`} className="border-separator border-b last:border-b-0">
							<th scope="row" className="min-w-40 px-4 py-2 text-left font-normal">
								{level.name}
								<span className="block text-[12px] text-muted">
									{level.warehouse}, counted <Time at={level.takenAt} />
								</span>
							</th>
							<td
								className="num px-3 py-2 text-end font-medium"
								title={level.availableStated ? "as the warehouse states it" : "computed: on hand less locked"}
							>
								{level.available}
							</td>
							<td className="num px-3 py-2 text-end">{level.onHand}</td>
							<td className="num px-3 py-2 text-end">{level.locked}</td>
							<td className="num px-3 py-2 text-end">{level.incoming}</td>
						</tr>
					))}
				</tbody>
			</table>
		</div>
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
