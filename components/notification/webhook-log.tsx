"use client";
import { Button } from "@heroui/react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { z } from "zod";
import { api } from "@/lib/api/client";
import type { webhookDelivery } from "@/lib/api/contract/notifications";
import { EmptyState } from "../shell/empty-state";
import { ErrorPanel } from "../shell/error-panel";
import { useHub } from "../shell/hub-context";
import { type Column, DataTable } from "../table/data-table";
import { Time } from "../ui/time";

type Delivery = z.output<typeof webhookDelivery>;

/** The last calls to an address, each with what came of it. */
export function WebhookLog({ webhookId, on }: { webhookId: string; on: boolean }) {
	const { account } = useHub();
	const queries = useQueryClient();
	const one = { accountId: account.id, webhookId };
	const log = useQuery(api.webhooks.deliveries.queryOptions({ input: { ...one, limit: 20 }, refetchInterval: 3_000 }));
	const resend = useMutation(
		api.webhooks.resend.mutationOptions({
			onSuccess: () => queries.invalidateQueries({ queryKey: api.webhooks.key() }),
		}),
	);
	if (log.isError && !log.data) return <ErrorPanel error={log.error} retry={() => void log.refetch()} />;
	const columns: Column<Delivery>[] = [
		{ id: "event", label: "Event", cell: ({ event }) => <code>{event}</code> },
		{ id: "state", label: "What came of it", narrow: "detail", cell: (delivery) => <Outcome delivery={delivery} /> },
		{ id: "tries", label: "Tries", align: "end", cell: ({ tries }) => tries },
		{ id: "at", label: "When", narrow: "detail", cell: ({ createdAt }) => <Time at={createdAt} /> },
		{
			id: "again",
			label: "Again",
			align: "end",
			narrow: "status",
			cell: ({ id, event }) =>
				on && (
					<Button
						size="sm"
						variant="outline"
						aria-label={`Send ${event} again`}
						isPending={resend.isPending && resend.variables.deliveryId === id}
						onPress={() => resend.mutate({ ...one, deliveryId: id })}
					>
						Send again
					</Button>
				),
		},
	];
	return (
		<>
			{resend.error && <ErrorPanel error={resend.error} />}
			<DataTable
				label="What was sent"
				columns={columns}
				rows={log.data?.items}
				rowId={({ id }) => id}
				empty={<EmptyState kind="nothing" title="Nothing was sent yet" />}
			/>
		</>
	);
}

function Outcome({ delivery }: { delivery: Delivery }) {
	const { state, status, error, nextTryAt } = delivery;
	if (state === "delivered") return <span className="text-success">Delivered ({status})</span>;
	if (state === "failed") return <span className="text-danger">Given up. {error}</span>;
	return (
		<span className={error ? "text-warning" : "text-muted"}>
			{error ? `${error} ` : ""}
			{error ? "Next try " : "Goes out "}
			<Time at={nextTryAt} />
		</span>
	);
}
