"use client";
import { Button } from "@heroui/react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { z } from "zod";
import { api } from "@/lib/api/client";
import type { orderDetail } from "@/lib/api/contract/orders";
import { ErrorPanel } from "../shell/error-panel";
import { useHub, useMay } from "../shell/hub-context";
import { ConfirmButton } from "../ui/confirm-button";

/** The buttons that would do something now; what would do nothing is not shown. */
export function OrderActions({ order }: { order: z.output<typeof orderDetail> }) {
	const { account } = useHub();
	const mayWrite = useMay("orders:write");
	const queries = useQueryClient();
	const after = { onSuccess: () => queries.invalidateQueries({ queryKey: api.orders.key() }) };
	const hold = useMutation(api.orders.hold.mutationOptions(after));
	const release = useMutation(api.orders.release.mutationOptions(after));
	const resend = useMutation(api.orders.resend.mutationOptions(after));
	const cancel = useMutation(api.orders.cancelSending.mutationOptions(after));
	const enable = useMutation(api.orders.enableSending.mutationOptions(after));
	const tracking = useMutation(api.orders.resendTracking.mutationOptions(after));
	if (!mayWrite) return null;
	const one = { accountId: account.id, orderId: order.id };
	const { can } = order;
	const error = [hold, release, resend, cancel, enable, tracking].map((verb) => verb.error).find(Boolean);
	return (
		<>
			{error && <ErrorPanel error={error} />}
			{can.hold && (
				<Button variant="outline" isPending={hold.isPending} onPress={() => hold.mutate({ ...one, reason: "" })}>
					Hold
				</Button>
			)}
			{can.cancelSending && (
				<ConfirmButton
					label="Cancel sending"
					heading={`Cancel sending of order ${order.number}?`}
					isPending={cancel.isPending}
					onConfirm={() => cancel.mutate(one)}
				>
					It stays here and is never sent to the warehouse, until you enable sending again.
				</ConfirmButton>
			)}
			{can.resendTracking && (
				<Button variant="outline" isPending={tracking.isPending} onPress={() => tracking.mutate(one)}>
					Resend tracking
				</Button>
			)}
			{can.enableSending && (
				<Button isPending={enable.isPending} onPress={() => enable.mutate(one)}>
					Enable sending
				</Button>
			)}
			{can.release && (
				<Button isPending={release.isPending} onPress={() => release.mutate(one)}>
					Release
				</Button>
			)}
			{can.resend && (
				<Button isPending={resend.isPending} onPress={() => resend.mutate(one)}>
					{order.status === "error" ? "Resend" : "Send now"}
				</Button>
			)}
		</>
	);
}
