"use client";
import { Button } from "@heroui/react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, apiClient } from "@/lib/api/client";
import type { PurchaseOrderDetail } from "@/lib/api/contract/purchase-orders";
import { ErrorPanel } from "../shell/error-panel";
import { useHub, useMay } from "../shell/hub-context";
import { ConfirmButton } from "../ui/confirm-button";
import { Notice } from "../ui/notice";

type Verb = (one: { accountId: string; purchaseOrderId: string }) => Promise<unknown>;

/** One thing a person does to a purchase order: what it shows is read again afterwards. */
function useVerb(purchaseOrderId: string) {
	const { account } = useHub();
	const queries = useQueryClient();
	return useMutation({
		mutationFn: (verb: Verb) => verb({ accountId: account.id, purchaseOrderId }),
		onSuccess: () => queries.invalidateQueries({ queryKey: api.purchaseOrders.key() }),
	});
}

/** The buttons that would do something now; what would do nothing is not shown. */
export function PurchaseOrderActions({ order }: { order: PurchaseOrderDetail }) {
	const mayWrite = useMay("orders:write");
	const verb = useVerb(order.id);
	if (!mayWrite) return null;
	const { can } = order;
	const press = (act: Verb) => () => verb.mutate(act);
	return (
		<>
			{verb.error && <ErrorPanel error={verb.error} />}
			{can.cancelSending && (
				<ConfirmButton
					label="Cancel sending"
					heading={`Cancel sending of purchase order ${order.number}?`}
					onConfirm={press(apiClient.purchaseOrders.cancelSending)}
				>
					The warehouse is not told of it, until you enable sending again.
				</ConfirmButton>
			)}
			{can.resendReceipts && (
				<Button variant="outline" onPress={press(apiClient.purchaseOrders.resendReceipts)}>
					Resend receipts
				</Button>
			)}
			{can.enableSending && <Button onPress={press(apiClient.purchaseOrders.enableSending)}>Enable sending</Button>}
			{can.resend && (
				<Button isPending={verb.isPending} onPress={press(apiClient.purchaseOrders.resend)}>
					{order.problem ? "Retry now" : "Send now"}
				</Button>
			)}
		</>
	);
}

/** What needs a person, with what can be done about it. */
export function PurchaseOrderNotices({ order }: { order: PurchaseOrderDetail }) {
	const mayWrite = useMay("orders:write");
	const deal = useVerb(order.id);
	const action = order.can.dealWith && mayWrite && (
		<Button
			size="sm"
			variant="outline"
			isPending={deal.isPending}
			onPress={() => deal.mutate(apiClient.purchaseOrders.dealWith)}
		>
			Mark as dealt with
		</Button>
	);
	if (!order.problem && !order.changed && !order.overReceived) return null;
	return (
		<div className="mb-6 flex flex-col gap-2">
			{order.problem && (
				<Notice tone="person" title={order.sending === "stopped" ? "The warehouse does not take it" : "Not told yet"}>
					{order.problem}
				</Notice>
			)}
			{order.changed && (
				<Notice tone="person" title="Changed at the source after the warehouse had it" action={action}>
					The warehouse expects what it was told first: {order.changeNote}. Tell it, then mark the change as dealt with.
				</Notice>
			)}
			{order.overReceived && (
				<Notice tone="look" title="More arrived than was expected" action={!order.changed && action}>
					Compare the lines with the receipt. The source is told what arrived of the lines it ordered.
				</Notice>
			)}
			{deal.error && <ErrorPanel error={deal.error} />}
		</div>
	);
}
