"use client";
import { Tabs } from "@heroui/react";
import type { ReactNode } from "react";
import type { z } from "zod";
import type { connectionDetail } from "@/lib/api/contract/connections";
import { FiltersTab } from "../filter/filters-tab";
import { SkippedTab } from "../filter/skipped-tab";
import { SourceRetention } from "../privacy/source-retention";
import { Reconciliation } from "../reconcile/reconciliation";
import { RunExport, RunTable } from "../run/run-table";
import { CopyField } from "../ui/copy-field";
import { Section } from "../ui/section";
import { Time } from "../ui/time";
import { ChannelGeneral } from "./channel-general";
import { ConnectionForm } from "./connection-form";
import { FlowList } from "./flow-list";

export type Connection = z.output<typeof connectionDetail>;
export const tabs = [
	"functions",
	"general",
	"settings",
	"advanced",
	"filters",
	"skipped",
	"reconciliation",
	"runs",
] as const;
type Tab = (typeof tabs)[number];

interface ConnectionTabsProps {
	connection: Connection;
	tab: Tab;
	onTab: (tab: Tab) => void;
}

/** The parts of a connection. A warehouse is shown as the channel that orders go out by. */
export function ConnectionTabs({ connection, tab, onTab }: ConnectionTabsProps) {
	const parts = partsOf(connection, () => onTab("functions"));
	const shown = parts.some(({ id }) => id === tab) ? tab : tab === "advanced" ? "settings" : "functions";
	return (
		<Tabs selectedKey={shown} onSelectionChange={(key) => onTab(tabs.find((known) => known === key) ?? "functions")}>
			<Tabs.ListContainer>
				<Tabs.List aria-label="Parts of the connection">
					{parts.map(({ id, label }) => (
						<Tabs.Tab key={id} id={id} className="whitespace-nowrap">
							{label}
							<Tabs.Indicator />
						</Tabs.Tab>
					))}
				</Tabs.List>
			</Tabs.ListContainer>
			{parts.map(({ id, content }) => (
				<Tabs.Panel key={id} id={id} className="pt-4">
					{content}
				</Tabs.Panel>
			))}
		</Tabs>
	);
}

function partsOf(connection: Connection, onSaved: () => void): { id: Tab; label: string; content: ReactNode }[] {
	const { side, card, merchant } = connection;
	const isChannel = side === "destination";
	const settings = (only?: "main" | "advanced") => (
		<ConnectionForm
			card={card}
			side={side}
			merchantId={merchant.id}
			existing={connection}
			onSaved={onSaved}
			{...(only && { only })}
		/>
	);
	const shared: { id: Tab; label: string; content: ReactNode }[] = [
		{ id: "reconciliation", label: "Reconciliation", content: <Reconciliation connectionId={connection.id} /> },
		{ id: "runs", label: "Runs", content: <Runs connectionId={connection.id} /> },
	];
	const functions = <Functions connection={connection} />;
	if (isChannel)
		return [
			{ id: "functions", label: "Sync Actions", content: functions },
			{ id: "general", label: "General", content: <ChannelGeneral connection={connection} /> },
			{ id: "settings", label: "Main Settings", content: settings("main") },
			{ id: "advanced", label: "Advanced Settings", content: settings("advanced") },
			...shared,
		];
	return [
		{ id: "functions", label: "Functions", content: functions },
		{
			id: "settings",
			label: "Settings",
			content: (
				<>
					{settings()}
					<SourceRetention connectionId={connection.id} />
				</>
			),
		},
		{ id: "filters", label: "Filters", content: <FiltersTab connectionId={connection.id} /> },
		{ id: "skipped", label: "Skipped orders", content: <SkippedTab connectionId={connection.id} /> },
		...shared,
	];
}

function Functions({ connection: { flows, state, events, connector } }: { connection: Connection }) {
	return (
		<>
			<FlowList flows={flows} state={state} />
			{events && <Events system={connector.name} events={events} />}
		</>
	);
}

function Runs({ connectionId }: { connectionId: string }) {
	return (
		<>
			<div className="mb-3 flex flex-wrap items-center justify-end gap-2">
				<RunExport filters={{ connectionId }} size="sm" />
			</div>
			<RunTable filters={{ connectionId }} />
		</>
	);
}

interface EventsProps {
	system: string;
	events: { url: string; lastReceivedAt: string | null };
}

/** Where the other system may post what happens, so that it is read within seconds. */
function Events({ system, events: { url, lastReceivedAt } }: EventsProps) {
	return (
		<Section
			title="Events"
			about={`Enter this address in ${system} and what happens there is read within seconds. The schedules go on as they are.`}
		>
			<CopyField label="Address of events" value={url} />
			<p className="mt-2 text-[13px] text-muted">
				Last event: <Time at={lastReceivedAt} none="none yet" />
			</p>
		</Section>
	);
}
