"use client";
import { useQuery } from "@tanstack/react-query";
import type { z } from "zod";
import { api } from "@/lib/api/client";
import type { alertDetail } from "@/lib/api/contract/alerts";
import { sideWords } from "@/lib/canonical/alert";
import { MapMethod } from "../mapping/map-method";
import { useHref, useHub } from "../shell/hub-context";
import { PageHeader } from "../shell/page-header";
import { PageProblem } from "../shell/page-problem";
import { LinkButton } from "../ui/link-button";
import { live } from "../ui/live";
import { Notice } from "../ui/notice";
import { Facts, Section } from "../ui/section";
import { SkeletonPage } from "../ui/skeleton-page";
import { Time } from "../ui/time";
import { AlertActions } from "./alert-actions";
import { fixWords } from "./alert-card";
import { AlertHistory } from "./alert-history";
import { AlertOrders } from "./alert-orders";

export type AlertDetail = z.output<typeof alertDetail>;

/** One cause: what it means, the button that fixes it, the orders that wait, and what was done about it. */
export function AlertPage({ alertId }: { alertId: string }) {
	const { account } = useHub();
	const href = useHref();
	const trail = [{ label: "Alerts", href: href("alerts") }];
	const found = useQuery(
		api.alerts.get.queryOptions({ input: { accountId: account.id, alertId }, refetchInterval: live(5_000) }),
	);
	if (found.isError && !found.data)
		return <PageProblem title="Alert" trail={trail} error={found.error} retry={() => void found.refetch()} />;
	const alert = found.data;
	if (!alert) return <SkeletonPage label="the alert" />;
	return (
		<>
			<PageHeader trail={trail} title="Alert" actions={!alert.resolvedAt && <AlertActions alert={alert} />}>
				{[alert.merchant?.name, alert.connection?.name].filter(Boolean).join(", ")}
			</PageHeader>
			<div className="mb-5">
				<Notice
					tone={alert.resolvedAt ? "done" : alert.snoozedUntil ? "info" : "person"}
					title={alert.sentence}
					action={
						!alert.resolvedAt &&
						alert.path && (
							<LinkButton variant={alert.retry && alert.waiting > 0 ? "outline" : "primary"} href={href(alert.path)}>
								{fixWords(alert.path)}
							</LinkButton>
						)
					}
				>
					<p>{alert.meaning}</p>
					{!alert.resolvedAt && <p className="mt-1">What to do: {alert.action}</p>}
				</Notice>
			</div>
			<div className="grid grid-cols-1 gap-x-6 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
				<div>
					{alert.mapping && <MapMethod key={alert.mapping.code} {...alert.mapping} />}
					<AlertOrders alert={alert} />
				</div>
				<div>
					<Section title="Facts">
						<AlertFactList alert={alert} />
					</Section>
					<Section title="History" about="Newest first. Times are yours.">
						<AlertHistory alert={alert} />
					</Section>
				</div>
			</div>
		</>
	);
}

function AlertFactList({ alert }: { alert: AlertDetail }) {
	const state = alert.resolvedAt ? "Resolved" : alert.snoozedUntil ? "Snoozed" : "Open";
	const until = alert.resolvedAt ?? alert.snoozedUntil;
	return (
		<Facts
			facts={[
				{
					label: "State",
					value: (
						<>
							{state}
							{until && (
								<>
									, {alert.snoozedUntil && !alert.resolvedAt && "back "}
									<Time at={until} />
								</>
							)}
						</>
					),
				},
				{ label: "Whose side", value: sideWords[alert.side] },
				{ label: "Who looks after it", value: alert.assignee?.name ?? "Nobody yet" },
				{ label: "Seen", value: alert.count === 1 ? "once" : `${alert.count} times` },
				{ label: "First", value: <Time at={alert.firstSeenAt} /> },
				{ label: "Last", value: <Time at={alert.lastSeenAt} /> },
			]}
		/>
	);
}
