"use client";
import { useQuery } from "@tanstack/react-query";
import { ExternalLink } from "lucide-react";
import { api } from "@/lib/api/client";
import { useHref, useHub } from "../shell/hub-context";
import { PageHeader } from "../shell/page-header";
import { PageProblem } from "../shell/page-problem";
import { OrderStateTags } from "../status/order-status";
import { live } from "../ui/live";
import { Section } from "../ui/section";
import { SkeletonPage } from "../ui/skeleton-page";
import { Time } from "../ui/time";
import { OrderActions } from "./order-actions";
import { OrderFacts } from "./order-facts";
import { OrderJourney } from "./order-journey";
import { OrderLines } from "./order-lines";
import { OrderNotices } from "./order-notices";
import { OrderRules } from "./order-rules";
import { OrderShares } from "./order-shares";
import { OrderShipments } from "./order-shipments";
import { OrderSteps } from "./order-steps";

export function OrderPage({ orderId }: { orderId: string }) {
	const { account } = useHub();
	const href = useHref();
	const found = useQuery(
		api.orders.get.queryOptions({ input: { accountId: account.id, orderId }, refetchInterval: live(3_000) }),
	);
	if (found.isError && !found.data)
		return (
			<PageProblem
				title="Order"
				trail={[{ label: "Orders", href: href("orders") }]}
				error={found.error}
				retry={() => void found.refetch()}
			/>
		);
	const order = found.data;
	if (!order) return <SkeletonPage label="the order" />;
	return (
		<>
			<PageHeader
				trail={[{ label: "Orders", href: href("orders") }]}
				title={`Order ${order.number}`}
				beside={<OrderStateTags {...order} />}
				actions={<OrderActions order={order} />}
			>
				{order.merchant.name}, from {order.source.name}, loaded <Time at={order.createdAt} />
				{order.sourceUrl && (
					<a
						href={order.sourceUrl}
						target="_blank"
						rel="noreferrer"
						className="ml-2 inline-flex items-center gap-1 text-accent underline"
					>
						Open in the shop <ExternalLink size={12} aria-hidden />
					</a>
				)}
			</PageHeader>
			<OrderNotices order={order} />
			<div className="grid grid-cols-1 gap-x-6 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
				<div>
					<Section title="Journey" about="What happened to the order, and who did it. Times are yours.">
						<OrderJourney steps={order.journey} />
					</Section>
				</div>
				<div>
					<Section title="Lines" bare>
						<OrderLines lines={order.lines} />
					</Section>
					{order.shares.length > 0 && (
						<Section title="Split over warehouses" about="By what each had in stock when the order was planned.">
							<OrderShares shares={order.shares} />
						</Section>
					)}
					{order.shipments.length > 0 && (
						<Section title="Shipments">
							<OrderShipments shipments={order.shipments} />
						</Section>
					)}
					{order.rules && <OrderRules rules={order.rules} />}
					{order.deliveries.map((delivery) => (
						<OrderSteps key={delivery.id} delivery={delivery} inParts={order.deliveries.length > 1} />
					))}
					<OrderFacts order={order} />
				</div>
			</div>
		</>
	);
}
