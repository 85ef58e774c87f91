"use client";
import Link from "next/link";
import type { z } from "zod";
import type { overview } from "@/lib/api/contract/overview";
import { AlertCard } from "../alert/alert-card";
import { useHref } from "../shell/hub-context";
import { connectionLooks } from "../status/connection-status";
import { LinkButton } from "../ui/link-button";
import { Notice } from "../ui/notice";
import { Section } from "../ui/section";

type View = z.output<typeof overview>;

/** Is anything stuck, and which button moves it: connections that stand still, and what alerts tell. */
export function StuckSection({ view }: { view: View }) {
	const href = useHref();
	// Those an alert speaks of already are not said twice.
	const told = new Set(view.alerts.map(({ connection }) => connection?.id));
	const broken = view.connections.filter(
		({ id, state }) => (state === "needs_reconnect" || state === "not_set_up") && !told.has(id),
	);
	const isFine = broken.length === 0 && view.alerts.length === 0;
	return (
		<Section title="Is anything stuck?" bare>
			<div className="flex flex-col gap-2">
				{isFine && (
					<Notice tone="done" title="Nothing needs you">
						{view.held > 0
							? `${view.held} ${view.held === 1 ? "order is" : "orders are"} held on purpose.`
							: "Orders move by themselves."}
					</Notice>
				)}
				{broken.map(({ id, name, state }) => (
					<Notice
						key={id}
						tone="person"
						title={`${name} stands still: ${connectionLooks[state].word.toLowerCase()}`}
						action={
							<LinkButton variant="outline" href={href(`connections/${id}?tab=settings`)}>
								Correct the settings
							</LinkButton>
						}
					>
						{connectionLooks[state].sentence}
					</Notice>
				))}
				{view.alerts.map((alert) => (
					<AlertCard key={alert.id} alert={alert} />
				))}
				{view.openAlerts > view.alerts.length && (
					<Link href={href("alerts")} className="text-[13px] text-accent underline">
						All {view.openAlerts} alerts
					</Link>
				)}
			</div>
		</Section>
	);
}
