import { CircleCheck, Clock } from "lucide-react";
import type { z } from "zod";
import type { orderDetail } from "@/lib/api/contract/orders";
import { Time } from "../ui/time";

type Shipment = z.output<typeof orderDetail>["shipments"][number];

/** What left the warehouse, with its tracking, and whether the cart knows. */
export function OrderShipments({ shipments }: { shipments: Shipment[] }) {
	return (
		<ul className="flex flex-col gap-4">
			{shipments.map((shipment) => (
				<li key={shipment.id} className="text-[13px]">
					<p className="flex flex-wrap items-baseline justify-between gap-x-3">
						<span className="font-medium">{carrierOf(shipment) || "Shipment"}</span>
						<Time at={shipment.shippedAt} />
					</p>
					<ul>
						{shipment.packages.map((box) => (
							<li key={box.trackingNumber}>
								{box.trackingUrl ? (
									<a href={box.trackingUrl} target="_blank" rel="noreferrer" className="text-accent underline">
										<code>{box.trackingNumber}</code>
									</a>
								) : (
									<code>{box.trackingNumber || "no tracking number"}</code>
								)}
							</li>
						))}
					</ul>
					<p className="text-muted">{shipment.lines.map(({ sku, quantity }) => `${quantity} × ${sku}`).join(", ")}</p>
					{shipment.overShipped && <p className="text-warning">More left than was ordered.</p>}
					<p className={`flex items-center gap-1.5 ${shipment.confirmed ? "text-success" : "text-muted"}`}>
						{shipment.confirmed ? <CircleCheck size={13} aria-hidden /> : <Clock size={13} aria-hidden />}
						{shipment.confirmed ? "The cart has the tracking" : "The cart has not been told yet"}
						{shipment.toldAs && shipment.toldAs !== carrierOf(shipment) && `, as ${shipment.toldAs}`}
					</p>
				</li>
			))}
		</ul>
	);
}

function carrierOf({ carrier, service }: Shipment): string {
	return [carrier, service].filter(Boolean).join(" ");
}
