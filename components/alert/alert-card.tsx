"use client";
import { Button } from "@heroui/react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { z } from "zod";
import { api } from "@/lib/api/client";
import type { alertView } from "@/lib/api/contract/alerts";
import { useHref, useHub, useMay } from "../shell/hub-context";
import { LinkButton } from "../ui/link-button";
import { Notice } from "../ui/notice";
import { Time } from "../ui/time";

/** One cause: what happened, how often, and the way to its fix. */
export function AlertCard({ alert }: { alert: z.output<typeof alertView> }) {
	const href = useHref();
	return (
		<Notice
			tone={alert.resolvedAt ? "done" : "person"}
			title={alert.sentence}
			action={
				!alert.resolvedAt && (
					<>
						{alert.path && (
							<LinkButton variant="outline" href={href(alert.path)}>
								{fixWords(alert.path)}
							</LinkButton>
						)}
						<ResolveButton alertId={alert.id} />
					</>
				)
			}
		>
			<p>{alert.action}</p>
			<p className="text-muted">
				{[alert.merchant?.name, alert.connection?.name].filter(Boolean).join(", ")}
				{alert.count > 1 && `, ${alert.count} times`}, last seen <Time at={alert.lastSeenAt} />
				{alert.resolvedAt && (
					<>
						, resolved <Time at={alert.resolvedAt} />
					</>
				)}
			</p>
		</Notice>
	);
}

function fixWords(path: string): string {
	if (path.startsWith("connections/new")) return "Connect a system";
	if (path.startsWith("connections")) return "Open the connection";
	return path.startsWith("orders/") ? "Open the order" : "Show the orders";
}

/** For causes that are dealt with elsewhere; those we can see the end of close by themselves. */
function ResolveButton({ alertId }: { alertId: string }) {
	const { account } = useHub();
	const mayWrite = useMay("orders:write");
	const queries = useQueryClient();
	const resolve = useMutation(
		api.alerts.resolve.mutationOptions({
			onSuccess: () =>
				Promise.all([
					queries.invalidateQueries({ queryKey: api.alerts.key() }),
					queries.invalidateQueries({ queryKey: api.overview.key() }),
					queries.invalidateQueries({ queryKey: api.people.key() }),
				]),
		}),
	);
	if (!mayWrite) return null;
	return (
		<Button
			variant="ghost"
			isPending={resolve.isPending}
			onPress={() => resolve.mutate({ accountId: account.id, alertId })}
		>
			Mark as dealt with
		</Button>
	);
}
