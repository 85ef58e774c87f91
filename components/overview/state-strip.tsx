"use client";
import Link from "next/link";
import { type OrderStatus, orderStatuses } from "@/lib/canonical/status";
import { useHref } from "../shell/hub-context";
import { orderLooks } from "../status/order-status";
import { toneText } from "../status/status-tag";

const order: OrderStatus[] = ["error", "new", "at_wms", "shipped", "confirmed", "canceled"];

/** One number per state, each a link to its orders. */
export function StateStrip({
	byStatus,
	merchant,
}: {
	byStatus: Partial<Record<OrderStatus, number>>;
	merchant: string | null;
}) {
	const href = useHref();
	const shown = order.filter((status) => orderStatuses.includes(status));
	return (
		<ul className="grid grid-cols-2 gap-2 sm:grid-cols-3 lg:grid-cols-6">
			{shown.map((status) => {
				const { word, icon: Icon, tone, sentence } = orderLooks[status];
				const count = byStatus[status] ?? 0;
				return (
					<li key={status}>
						<Link
							href={href(`orders?state=${status}${merchant ? `&merchant=${merchant}` : ""}`)}
							title={sentence}
							className="card-frame flex flex-col gap-1 px-4 py-3 hover:bg-surface-secondary"
						>
							<span className="num font-semibold text-[24px] leading-8">{count.toLocaleString("en")}</span>
							<span className={`flex items-center gap-1.5 text-[13px] ${count > 0 ? toneText[tone] : "text-muted"}`}>
								<Icon size={14} aria-hidden />
								{word}
							</span>
						</Link>
					</li>
				);
			})}
		</ul>
	);
}
