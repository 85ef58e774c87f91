"use client";
import Link from "next/link";
import type { z } from "zod";
import type { orderDetail } from "@/lib/api/contract/orders";
import { useHref } from "../shell/hub-context";
import { WriteStateTag } from "../status/write-status";
import { Facts, Section } from "../ui/section";
import { Time } from "../ui/time";

type Order = z.output<typeof orderDetail>;

const cancelWords: Record<string, string> = {
	wanted: "A cancellation goes to the warehouse next",
	requested: "The warehouse was asked to cancel",
	pending: "The warehouse is deciding about the cancellation",
	accepted: "The warehouse canceled it",
	refused: "The warehouse refused to cancel",
};

export function OrderFacts({ order }: { order: Order }) {
	const href = useHref();
	return (
		<>
			{order.deliveries.map((delivery) => (
				<Section
					key={delivery.id}
					title={order.deliveries.length > 1 ? `At the warehouse: ${delivery.number}` : "At the warehouse"}
				>
					<Facts
						facts={[
							{
								label: "Warehouse",
								value: (
									<Link href={href(`connections/${delivery.connection.id}`)} className="text-accent underline">
										{delivery.connection.name}
									</Link>
								),
							},
							{ label: "State", value: <WriteStateTag state={delivery.state} /> },
							{ label: "Number there", value: <code>{delivery.number}</code> },
							{
								label: "Its id",
								value: delivery.externalId ? (
									<code>{delivery.externalId}</code>
								) : delivery.byHand ? (
									"marked as delivered by hand"
								) : (
									"not known yet"
								),
							},
							...(order.status === "at_wms" && delivery.worksOn
								? [{ label: "Will be worked on", value: <Time at={delivery.worksOn} /> }]
								: []),
							{ label: "Ship method", value: delivery.shipMethod || "as the warehouse decides" },
							...(cancelWords[delivery.cancelState]
								? [{ label: "Cancellation", value: cancelWords[delivery.cancelState] }]
								: []),
						]}
					/>
				</Section>
			))}
			<Section title="Ship to">
				<Address address={order.shipTo} />
			</Section>
			{order.billTo && (
				<Section title="Bill to">
					<Address address={order.billTo} />
				</Section>
			)}
			<Section title="Facts">
				<Facts
					facts={[
						{
							label: "Cart",
							value: (
								<Link href={href(`connections/${order.source.id}`)} className="text-accent underline">
									{order.source.name}
								</Link>
							),
						},
						{ label: "Id in the cart", value: <code>{order.sourceId}</code> },
						{ label: "State in the cart", value: order.sourceStatus },
						{ label: "Placed", value: <Time at={order.placedAt} /> },
						{ label: "Total", value: order.total ? `${order.total.amount} ${order.total.currency}` : "not given" },
						{ label: "Shipping", value: order.shipping.name || order.shipping.code || "none named" },
						...(order.heldReason ? [{ label: "Held because", value: order.heldReason }] : []),
						...(order.note ? [{ label: "Note", value: order.note }] : []),
						...(order.giftMessage ? [{ label: "Gift message", value: order.giftMessage }] : []),
					]}
				/>
			</Section>
		</>
	);
}

function Address({ address }: { address: Order["shipTo"] }) {
	const lines = [
		address.name,
		address.company,
		address.line1,
		address.line2,
		[address.postalCode, address.city, address.region].filter(Boolean).join(" "),
		address.country,
		address.phone,
		address.email,
	].filter(Boolean);
	return (
		<address className="text-[13px] not-italic">
			{lines.map((line) => (
				<span key={line} className="block break-words">
					{line}
				</span>
			))}
		</address>
	);
}
