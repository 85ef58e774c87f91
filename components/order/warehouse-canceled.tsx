"use client";
import { Button } from "@heroui/react";
import type { z } from "zod";
import { apiClient } from "@/lib/api/client";
import type { orderDetail } from "@/lib/api/contract/orders";
import { ErrorPanel } from "../shell/error-panel";
import { useHub, useMay } from "../shell/hub-context";
import { Notice } from "../ui/notice";
import { Time } from "../ui/time";
import { useOrderVerb } from "./use-order-verb";

type Order = z.output<typeof orderDetail>;
type Canceled = NonNullable<Order["warehouseCancellation"]>;

/** The warehouse canceled the order by itself: who, when, why, and what the cart knows of it. */
export function WarehouseCanceled({ order, canceled }: { order: Order; canceled: Canceled }) {
	const { account } = useHub();
	const mayWrite = useMay("orders:write");
	const deal = useOrderVerb(() =>
		apiClient.orderChanges.dealWithCancellation({ accountId: account.id, orderId: order.id }),
	);
	return (
		<Notice
			tone={canceled.state === "refused" ? "person" : "info"}
			title={`${canceled.partly ? "What had not shipped was canceled" : "Canceled"} by the warehouse`}
			action={
				order.can.dealWithCancellation &&
				mayWrite && (
					<Button size="sm" variant="outline" isPending={deal.isPending} onPress={() => deal.mutate(undefined)}>
						Mark as dealt with
					</Button>
				)
			}
		>
			<p>
				{canceled.by ? `${canceled.by} at ${canceled.warehouse}` : canceled.warehouse},{" "}
				<Time at={canceled.canceledAt} />. {canceled.reason ? `Because: ${canceled.reason}` : "It gave no reason."}
			</p>
			<p>{cartWords(order, canceled)}</p>
			{deal.error && <ErrorPanel error={deal.error} />}
		</Notice>
	);
}

function cartWords({ source: { name } }: Order, { state, problem }: Canceled): string {
	switch (state) {
		case "accepted":
			return `It is canceled in ${name} too.`;
		case "refused":
			return `${name} does not know: ${problem ?? "it was not told."} Cancel or refund it there, then mark it as dealt with.`;
		case "dealt":
			return `Somebody dealt with it in ${name}.`;
		default:
			return problem ? `${name} could not be told yet: ${problem}` : `${name} is told next.`;
	}
}
