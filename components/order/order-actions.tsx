"use client";
import { Button } from "@heroui/react";
import type { z } from "zod";
import { apiClient } from "@/lib/api/client";
import type { orderDetail } from "@/lib/api/contract/orders";
import { ErrorPanel } from "../shell/error-panel";
import { useHub, useMay } from "../shell/hub-context";
import { ConfirmButton } from "../ui/confirm-button";
import { EditOrder } from "./edit-order";
import { MarkDelivered } from "./mark-delivered";
import { useOrderVerb } from "./use-order-verb";

type Verb = () => Promise<unknown>;

/** The buttons that would do something now; what would do nothing is not shown. */
export function OrderActions({ order }: { order: z.output<typeof orderDetail> }) {
	const { account } = useHub();
	const mayWrite = useMay("orders:write");
	const verb = useOrderVerb((act: Verb) => act());
	if (!mayWrite) return null;
	const one = { accountId: account.id, orderId: order.id };
	const { can } = order;
	const press = (act: Verb) => () => verb.mutate(act);
	return (
		<>
			{verb.error && <ErrorPanel error={verb.error} />}
			{can.edit && <EditOrder order={order} />}
			{can.markDelivered && <MarkDelivered order={order} />}
			{can.hold && (
				<Button variant="outline" onPress={press(() => apiClient.orders.hold({ ...one, reason: "" }))}>
					Hold
				</Button>
			)}
			{can.cancelSending && (
				<ConfirmButton
					label="Cancel sending"
					heading={`Cancel sending of order ${order.number}?`}
					onConfirm={press(() => apiClient.orders.cancelSending(one))}
				>
					It stays here and is never sent to the warehouse, until you enable sending again.
				</ConfirmButton>
			)}
			{can.undoMark && (
				<ConfirmButton
					label="Take the mark back"
					heading={`Order ${order.number} is not at the warehouse?`}
					onConfirm={press(() => apiClient.orderChanges.undoMark(one))}
				>
					It is what it was before somebody marked it as delivered. If it was New, it is sent to the warehouse now.
				</ConfirmButton>
			)}
			{can.pull && (
				<Button
					variant="outline"
					onPress={press(() =>
						apiClient.orders.pull({
							accountId: account.id,
							connectionId: order.source.id,
							sourceId: order.sourceId,
						}),
					)}
				>
					Re-pull
				</Button>
			)}
			{can.resendTracking && (
				<Button variant="outline" onPress={press(() => apiClient.orders.resendTracking(one))}>
					Resend tracking
				</Button>
			)}
			{can.closeShipped && (
				<ConfirmButton
					label="Close as shipped"
					heading={`Nothing more will come of order ${order.number}?`}
					onConfirm={press(() => apiClient.backorders.closeShipped(one))}
				>
					It counts as shipped with what has left. What still waits here is never sent.
				</ConfirmButton>
			)}
			{can.sendInFull && (
				<ConfirmButton
					label="Send in full anyway"
					heading={`Send all of order ${order.number} now?`}
					onConfirm={press(() => apiClient.backorders.sendInFull(one))}
				>
					The warehouse gets everything that waits, whatever its stock says, and deals with what it does not have.
				</ConfirmButton>
			)}
			{can.sendAvailable && (
				<Button variant="outline" onPress={press(() => apiClient.backorders.sendAvailable(one))}>
					Send what is there now
				</Button>
			)}
			{can.enableSending && <Button onPress={press(() => apiClient.orders.enableSending(one))}>Enable sending</Button>}
			{can.release && <Button onPress={press(() => apiClient.orders.release(one))}>Release</Button>}
			{can.resend && (
				<Button isPending={verb.isPending} onPress={press(() => apiClient.orders.resend(one))}>
					{order.status === "error" ? "Retry now" : order.backordered ? "Look again" : "Send now"}
				</Button>
			)}
		</>
	);
}
