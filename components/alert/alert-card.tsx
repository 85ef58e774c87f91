"use client";
import type { z } from "zod";
import type { alertView } from "@/lib/api/contract/overview";
import { useHref } from "../shell/hub-context";
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
				alert.path &&
				!alert.resolvedAt && (
					<LinkButton variant="outline" href={href(alert.path)}>
						{fixWords(alert.path)}
					</LinkButton>
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
