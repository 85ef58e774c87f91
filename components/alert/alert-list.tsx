"use client";
import { Tabs } from "@heroui/react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { api } from "@/lib/api/client";
import { EmptyState } from "../shell/empty-state";
import { ErrorPanel } from "../shell/error-panel";
import { useHub } from "../shell/hub-context";
import { PageHeader } from "../shell/page-header";
import { SkeletonPage } from "../ui/skeleton-page";
import { AlertCard } from "./alert-card";

const kinds = ["open", "resolved"] as const;

export function AlertList() {
	const { account } = useHub();
	const [kind, setKind] = useQueryState("show", parseAsStringLiteral(kinds).withDefault("open"));
	const list = useQuery(
		api.alerts.list.queryOptions({
			input: { accountId: account.id, resolved: kind === "resolved", limit: 100 },
			placeholderData: keepPreviousData,
			refetchInterval: 5_000,
		}),
	);
	return (
		<>
			<PageHeader title="Alerts">
				What needs a person, one entry per cause. They close by themselves when the cause is gone.
			</PageHeader>
			<Tabs
				selectedKey={kind}
				onSelectionChange={(key) => void setKind(key === "resolved" ? "resolved" : "open")}
				className="mb-4"
			>
				<Tabs.ListContainer>
					<Tabs.List aria-label="Which alerts">
						<Tabs.Tab id="open">
							Open
							<Tabs.Indicator />
						</Tabs.Tab>
						<Tabs.Tab id="resolved">
							Resolved
							<Tabs.Indicator />
						</Tabs.Tab>
					</Tabs.List>
				</Tabs.ListContainer>
				<Tabs.Panel id={kind} className="pt-4">
					{list.isError && <ErrorPanel error={list.error} retry={() => void list.refetch()} />}
					{!list.data && !list.isError && <SkeletonPage label="alerts" />}
					{list.data?.items.length === 0 && (
						<div className="card-frame">
							<EmptyState kind="nothing" title={kind === "open" ? "Nothing needs you" : "Nothing was resolved yet"}>
								{kind === "open" &&
									"When something cannot go on by itself, it appears here with the button that fixes it."}
							</EmptyState>
						</div>
					)}
					<ul className="flex flex-col gap-3">
						{list.data?.items.map((alert) => (
							<li key={alert.id}>
								<AlertCard alert={alert} />
							</li>
						))}
					</ul>
				</Tabs.Panel>
			</Tabs>
		</>
	);
}
