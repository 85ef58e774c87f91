"use client";
import { ToggleButton, ToggleButtonGroup } from "@heroui/react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { parseAsString, parseAsStringLiteral, useQueryState } from "nuqs";
import { api } from "@/lib/api/client";
import { BackorderedLine } from "../backorder/backordered-line";
import { FlowChart } from "../charts/flow-chart";
import { InTest } from "../go-live/in-test-notice";
import { EmptyState } from "../shell/empty-state";
import { useHref, useHub, useTimeZone } from "../shell/hub-context";
import { PageHeader } from "../shell/page-header";
import { PageProblem } from "../shell/page-problem";
import { ExportButton } from "../table/export-button";
import { LinkButton } from "../ui/link-button";
import { Section } from "../ui/section";
import { SkeletonPage } from "../ui/skeleton-page";
import { Time } from "../ui/time";
import { ConnectionLag } from "./connection-lag";
import { FirstSteps } from "./first-steps";
import { LateLists } from "./late-lists";
import { StateStrip } from "./state-strip";
import { StuckSection } from "./stuck-section";

/** Four answers in order: is anything stuck, is it flowing, how late, what happened meanwhile. */
export function OverviewPage() {
	const { account, merchants } = useHub();
	const href = useHref();
	const timeZone = useTimeZone();
	const [merchant] = useQueryState("merchant", parseAsString);
	const [span, setSpan] = useQueryState("span", parseAsStringLiteral(spans));
	const found = useQuery(
		api.overview.get.queryOptions({
			input: { accountId: account.id, merchantId: merchant ?? undefined, span: span ?? undefined },
			placeholderData: keepPreviousData,
			refetchInterval: 4_000,
		}),
	);
	if (found.isError && !found.data)
		return <PageProblem title="Overview" error={found.error} retry={() => void found.refetch()} />;
	const view = found.data;
	if (!view) return <SkeletonPage label="the overview" />;
	const name = merchants.find(({ id }) => id === merchant)?.name ?? account.name;
	if (view.connections.length < 2)
		return (
			<>
				<PageHeader title={name} />
				<FirstSteps connections={view.connections} />
			</>
		);
	return (
		<>
			<PageHeader title={name} />
			<InTest carts={view.connections.filter(({ inTest }) => inTest)} />
			<StuckSection view={view} />
			<Section
				title="Is it flowing?"
				about="Open orders by state; confirmed and canceled: the last 24 hours."
				actions={
					<ToggleButtonGroup
						aria-label="Time shown"
						size="sm"
						selectionMode="single"
						disallowEmptySelection
						selectedKeys={[view.span]}
						onSelectionChange={(keys) => void setSpan([...keys][0] === "hour" ? "hour" : "day")}
					>
						<ToggleButton id="hour">Last hour</ToggleButton>
						<ToggleButton id="day">Last 24 hours</ToggleButton>
					</ToggleButtonGroup>
				}
				bare
			>
				<StateStrip byStatus={view.byStatus} merchant={merchant} />
				<BackorderedLine count={view.backordered} merchant={merchant} />
				<div className="card-frame mt-3 p-4">
					<FlowChart
						title="Orders in and out"
						unit={view.span === "hour" ? "orders per five minutes" : "orders per hour"}
						step="hour"
						timeZone={timeZone}
						series={[
							{ key: "loaded", label: "Loaded", color: "var(--muted)" },
							{ key: "delivered", label: "At WMS", color: "var(--accent)" },
							{ key: "shipped", label: "Shipped", color: "var(--chart-shipped)" },
							{ key: "confirmed", label: "Confirmed", color: "var(--success)" },
						]}
						points={view.moments.map(({ at, ...values }) => ({ at: new Date(at), values }))}
					/>
				</div>
			</Section>
			<Section
				title="How late?"
				about="What each connection did in the last 24 hours, and since when its oldest work waits."
				actions={
					<ExportButton
						size="sm"
						files={[{ label: "Connections", path: "overview/export", query: { merchantId: merchant ?? undefined } }]}
						isEmpty={view.connections.length === 0}
					/>
				}
				bare
			>
				<ConnectionLag connections={view.connections} />
				<LateLists view={view} />
			</Section>
			<Section title="What happened meanwhile" bare>
				<div className="card-frame">
					{view.recent.length === 0 ? (
						<EmptyState
							kind="nothing"
							title="Nothing out of the ordinary"
							action={
								<LinkButton variant="outline" href={href("runs")}>
									All runs
								</LinkButton>
							}
						>
							Runs with trouble and what people did appear here.
						</EmptyState>
					) : (
						<ul className="divide-y divide-separator text-[13px]">
							{view.recent.map((happening) => (
								<li key={`${happening.path}-${happening.at}`} className="flex justify-between gap-4 px-4 py-2">
									<Link href={href(happening.path)} className="min-w-0 break-words hover:underline">
										{happening.text}
									</Link>
									<span className="text-muted">
										<Time at={happening.at} timeZone={timeZone} />
									</span>
								</li>
							))}
						</ul>
					)}
				</div>
			</Section>
		</>
	);
}

const spans = ["hour", "day"] as const;
