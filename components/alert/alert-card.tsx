"use client";
import Link from "next/link";
import type { z } from "zod";
import type { alertView } from "@/lib/api/contract/alerts";
import { sideWords } from "@/lib/canonical/alert";
import { useHref } from "../shell/hub-context";
import { LinkButton } from "../ui/link-button";
import { Notice } from "../ui/notice";
import { Time } from "../ui/time";

export type AlertFacts = z.output<typeof alertView>;

/** One cause: what happened, how often, whose side it is, and the way to its fix. */
export function AlertCard({ alert }: { alert: AlertFacts }) {
	const href = useHref();
	return (
		<Notice
			tone={alert.resolvedAt ? "done" : alert.snoozedUntil ? "info" : "person"}
			title={
				<Link href={href(`alerts/${alert.id}`)} className="hover:underline">
					{alert.sentence}
				</Link>
			}
			action={
				!alert.resolvedAt &&
				alert.path && (
					<LinkButton variant="outline" href={href(alert.path)}>
						{fixWords(alert.path)}
					</LinkButton>
				)
			}
		>
			<p>{alert.action}</p>
			<p className="text-muted">
				{[sideWords[alert.side], alert.merchant?.name, alert.connection?.name].filter(Boolean).join(", ")}
				{alert.count > 1 && `, ${alert.count} times`}, last seen <Time at={alert.lastSeenAt} />
				{alert.assignee && `, with ${alert.assignee.name}`}
				{alert.snoozedUntil && (
					<>
						, snoozed, back <Time at={alert.snoozedUntil} />
					</>
				)}
				{alert.resolvedAt && (
					<>
						, resolved <Time at={alert.resolvedAt} />
					</>
				)}
			</p>
		</Notice>
	);
}

export function fixWords(path: string): string {
	if (path.startsWith("connections/new")) return "Connect a system";
	if (path.startsWith("connections")) return "Open the connection";
	if (path.startsWith("mappings/ship-methods")) return "Map the ship method";
	if (path.startsWith("mappings/sku-health")) return "Map the item code";
	if (path.startsWith("settings")) return "Open the settings";
	return path.startsWith("orders/") ? "Open the order" : "Show the orders";
}
