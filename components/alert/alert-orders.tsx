"use client";
import { Button } from "@heroui/react";
import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { OrderBulkStatus } from "../order/order-bulk";
import { orderColumns } from "../order/order-columns";
import { EmptyState } from "../shell/empty-state";
import { ErrorPanel } from "../shell/error-panel";
import { useHref, useHub, useMay } from "../shell/hub-context";
import { DataTable } from "../table/data-table";
import { Pager } from "../table/pager";
import { usePaging } from "../table/use-paging";
import { live } from "../ui/live";
import { Notice } from "../ui/notice";
import { plural } from "../ui/plural";
import { Section } from "../ui/section";
import { AcceptAddresses } from "./accept-addresses";
import type { AlertDetail } from "./alert-page";
import { useAfterAlert } from "./use-alert-action";

const shownColumns = ["number", "status", "to", "created"] as const;

/** The orders that wait on an alert, and the button that tries them all again. */
export function AlertOrders({ alert }: { alert: AlertDetail }) {
	const { account } = useHub();
	const href = useHref();
	const paging = usePaging();
	const orders = useQuery(
		api.alerts.waiting.queryOptions({
			input: { accountId: account.id, alertId: alert.id, after: paging.after, limit: 20 },
			placeholderData: keepPreviousData,
			refetchInterval: live(5_000),
			enabled: !alert.resolvedAt,
		}),
	);
	const rows = alert.resolvedAt ? [] : orders.data?.items;
	return (
		<Section
			title="Orders that wait on it"
			about={alert.waiting > 0 ? `${plural(alert.waiting, "order")} go on when the cause is gone.` : undefined}
			actions={
				<>
					<AcceptAddresses alert={alert} />
					<RetryButton alert={alert} />
				</>
			}
			bare
		>
			<OrderBulkStatus />
			{orders.isError && <ErrorPanel error={orders.error} retry={() => void orders.refetch()} />}
			<DataTable
				label="Orders that wait"
				columns={orderColumns(shownColumns)}
				rows={rows}
				rowId={({ id }) => id}
				href={({ id }) => href(`orders/${id}`)}
				empty={
					<EmptyState kind="nothing" title="No order waits on it">
						{alert.resolvedAt ? "The alert is resolved." : "It is about something else than one order."}
					</EmptyState>
				}
			/>
			{(orders.data?.next || paging.after) && (
				<Pager {...paging.pager} next={orders.data?.next ?? null} shown={plural(rows?.length ?? 0, "order")} />
			)}
		</Section>
	);
}

function RetryButton({ alert }: { alert: AlertDetail }) {
	const { account } = useHub();
	const mayWrite = useMay("orders:write");
	const retry = useMutation(api.alerts.retry.mutationOptions(useAfterAlert()));
	if (!mayWrite || !alert.retry || alert.waiting === 0) return null;
	const count = Math.min(alert.waiting, 200);
	return (
		<>
			{retry.error && <ErrorPanel error={retry.error} />}
			{retry.isSuccess && (
				<Notice tone="done" live>
					{plural(retry.data.tried, "order")} go again.
				</Notice>
			)}
			<Button
				// With proposals, trying again as they are helps none of them.
				variant={alert.proposes ? "outline" : "primary"}
				isPending={retry.isPending}
				onPress={() => retry.mutate({ accountId: account.id, alertId: alert.id })}
			>
				{alert.retry === "resend" ? `Resend ${plural(count, "order")}` : `Resend tracking of ${plural(count, "order")}`}
			</Button>
		</>
	);
}
