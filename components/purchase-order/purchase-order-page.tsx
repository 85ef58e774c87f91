"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { api } from "@/lib/api/client";
import type { PurchaseOrderDetail } from "@/lib/api/contract/purchase-orders";
import { OrderJourney } from "../order/order-journey";
import { useHref, useHub } from "../shell/hub-context";
import { PageHeader } from "../shell/page-header";
import { PageProblem } from "../shell/page-problem";
import { PurchaseOrderTags } from "../status/purchase-order-status";
import { WriteStateTag } from "../status/write-status";
import { live } from "../ui/live";
import { Facts, Section } from "../ui/section";
import { SkeletonPage } from "../ui/skeleton-page";
import { Time } from "../ui/time";
import { PurchaseOrderActions, PurchaseOrderNotices } from "./purchase-order-actions";
import { PurchaseOrderLines } from "./purchase-order-lines";

export function PurchaseOrderPage({ purchaseOrderId }: { purchaseOrderId: string }) {
	const { account } = useHub();
	const href = useHref();
	const input = { accountId: account.id, purchaseOrderId };
	const found = useQuery(api.purchaseOrders.get.queryOptions({ input, refetchInterval: live(3_000) }));
	const trail = [{ label: "Purchase orders", href: href("purchase-orders") }];
	if (found.isError && !found.data)
		return <PageProblem title="Purchase order" trail={trail} error={found.error} retry={() => void found.refetch()} />;
	const order = found.data;
	if (!order) return <SkeletonPage label="the purchase order" />;
	return (
		<>
			<PageHeader
				trail={trail}
				title={`${order.kind === "transfer" ? "Transfer" : "Purchase order"} ${order.number}`}
				beside={<PurchaseOrderTags {...order} />}
				actions={<PurchaseOrderActions order={order} />}
			>
				{order.merchant.name}
				{order.supplier && `, from ${order.supplier}`}, loaded <Time at={order.createdAt} />
			</PageHeader>
			<PurchaseOrderNotices order={order} />
			<Section title="Lines" about="Of each line, what was put away, what arrived and what is on its way." bare>
				<PurchaseOrderLines order={order} />
			</Section>
			<div className="grid grid-cols-1 gap-x-6 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
				<Section title="Journey" about="What happened to it, and who did it. Times are yours.">
					<OrderJourney steps={order.journey} />
				</Section>
				<PurchaseOrderFacts order={order} />
			</div>
		</>
	);
}

function PurchaseOrderFacts({ order }: { order: PurchaseOrderDetail }) {
	const href = useHref();
	const link = ({ id, name }: { id: string; name: string }) => (
		<Link href={href(`connections/${id}`)} className="text-accent underline">
			{name}
		</Link>
	);
	const { delivery } = order;
	return (
		<div>
			{delivery && (
				<Section title="At the warehouse">
					<Facts
						facts={[
							{ label: "Warehouse", value: link(delivery.warehouse) },
							{ label: "State", value: <WriteStateTag state={delivery.state} /> },
							{ label: "Number there", value: <code>{delivery.number}</code> },
							{ label: "Its id", value: delivery.externalId ? <code>{delivery.externalId}</code> : "not known yet" },
						]}
					/>
				</Section>
			)}
			<Section title="Facts">
				<Facts
					facts={[
						{ label: "Source", value: link(order.source) },
						{ label: "Id there", value: <code>{order.sourceId}</code> },
						{ label: "Due", value: order.expectedAt ? <Time at={order.expectedAt} timeZone="UTC" /> : "not given" },
						{ label: "Last receipt", value: order.receivedAt ? <Time at={order.receivedAt} /> : "none yet" },
						...(order.note ? [{ label: "Note", value: order.note }] : []),
					]}
				/>
			</Section>
		</div>
	);
}
