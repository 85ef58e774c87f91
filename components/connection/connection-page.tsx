"use client";
import { Button, Tabs } from "@heroui/react";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { api } from "@/lib/api/client";
import { FiltersTab } from "../filter/filters-tab";
import { SkippedTab } from "../filter/skipped-tab";
import { InTestNotice } from "../go-live/in-test-notice";
import { SourceRetention } from "../privacy/source-retention";
import { Reconciliation } from "../reconcile/reconciliation";
import { RunStrip } from "../run/run-strip";
import { RunExport, RunTable } from "../run/run-table";
import { countWords } from "../run/run-words";
import { ShareLinks } from "../share/share-links";
import { useHref, useHub, useTimeZone } from "../shell/hub-context";
import { PageHeader } from "../shell/page-header";
import { PageProblem } from "../shell/page-problem";
import { ConnectionStateTags, connectionLooks } from "../status/connection-status";
import { CopyField } from "../ui/copy-field";
import { LinkButton } from "../ui/link-button";
import { live } from "../ui/live";
import { Notice } from "../ui/notice";
import { Section } from "../ui/section";
import { SkeletonPage } from "../ui/skeleton-page";
import { Time } from "../ui/time";
import { ConnectionActions } from "./connection-actions";
import { ConnectionForm } from "./connection-form";
import { FlowList } from "./flow-list";
import { Outage } from "./outage";
import { Passage } from "./passage";

const tabs = ["functions", "settings", "filters", "skipped", "reconciliation", "runs"] as const;

export function ConnectionPage({ connectionId }: { connectionId: string }) {
	const { account } = useHub();
	const href = useHref();
	const router = useRouter();
	const timeZone = useTimeZone();
	const [tab, setTab] = useTab();
	const found = useQuery(
		api.connections.get.queryOptions({ input: { accountId: account.id, connectionId }, refetchInterval: live(4_000) }),
	);
	if (found.isError && !found.data)
		return (
			<PageProblem
				title="Connection"
				trail={[{ label: "Connections", href: href("connections") }]}
				error={found.error}
				retry={() => void found.refetch()}
			/>
		);
	const connection = found.data;
	if (!connection) return <SkeletonPage label="the connection" />;
	return (
		<>
			<PageHeader
				trail={[{ label: "Connections", href: href("connections") }]}
				title={connection.name}
				beside={<ConnectionStateTags connection={connection} />}
				actions={
					<>
						<MappingLink side={connection.side} connectionId={connection.id} />
						<LinkButton variant="outline" href={href(`connections/${connection.id}/test`)}>
							Test the integration
						</LinkButton>
						<ConnectionActions connection={connection} onRemoved={() => router.push(href("connections"))} />
					</>
				}
			>
				{connection.connector.name} for {connection.merchant.name}
				{connection.checkedAs && `, connected as ${connection.checkedAs}`}
			</PageHeader>
			{(connection.state === "needs_reconnect" || connection.state === "not_set_up") && (
				<div className="mb-5">
					<Notice
						tone="person"
						title={connection.stateReason || connectionLooks[connection.state].sentence}
						action={tab !== "settings" && <Button onPress={() => void setTab("settings")}>Correct the settings</Button>}
					>
						Correct the settings and save them. Orders wait meanwhile; nothing is lost.
					</Notice>
				</div>
			)}
			{connection.state === "throttled" && (
				<div className="mb-5">
					<Notice tone="look" title={`${connection.connector.name} asked us to slow down`}>
						We go on by ourselves <Time at={connection.throttledUntil} />.
					</Notice>
				</div>
			)}
			{connection.state === "waiting" && <Outage connection={connection} />}
			{connection.inTest && <InTestNotice connection={connection} />}
			<Passage connection={connection} />
			<ShareLinks connection={connection} />
			<Section title="Health" about="The last 50 runs, oldest first. Press one to see what it did.">
				<RunStrip
					runs={connection.recent.map((run) => ({
						id: run.id,
						state: run.state,
						startedAt: new Date(run.startedAt),
						counts: `${run.title}: ${countWords(run.counts)}`,
					}))}
					href={(id) => href(`runs/${id}`)}
					timeZone={timeZone}
				/>
			</Section>
			<Tabs
				selectedKey={tab}
				onSelectionChange={(key) => void setTab(tabs.find((known) => known === key) ?? "functions")}
			>
				<Tabs.ListContainer>
					<Tabs.List aria-label="Parts of the connection">
						<Tabs.Tab id="functions">
							Functions
							<Tabs.Indicator />
						</Tabs.Tab>
						<Tabs.Tab id="settings">
							Settings
							<Tabs.Indicator />
						</Tabs.Tab>
						{connection.side === "source" && (
							<>
								<Tabs.Tab id="filters">
									Filters
									<Tabs.Indicator />
								</Tabs.Tab>
								<Tabs.Tab id="skipped">
									Skipped orders
									<Tabs.Indicator />
								</Tabs.Tab>
							</>
						)}
						<Tabs.Tab id="reconciliation">
							Reconciliation
							<Tabs.Indicator />
						</Tabs.Tab>
						<Tabs.Tab id="runs">
							Runs
							<Tabs.Indicator />
						</Tabs.Tab>
					</Tabs.List>
				</Tabs.ListContainer>
				<Tabs.Panel id="functions" className="pt-4">
					<FlowList flows={connection.flows} state={connection.state} />
					{connection.events && <Events system={connection.connector.name} events={connection.events} />}
				</Tabs.Panel>
				<Tabs.Panel id="settings" className="pt-4">
					<ConnectionForm
						card={connection.card}
						side={connection.side}
						merchantId={connection.merchant.id}
						existing={connection}
						onSaved={() => void setTab("functions")}
					/>
					{connection.side === "source" && <SourceRetention connectionId={connection.id} />}
				</Tabs.Panel>
				{connection.side === "source" && (
					<>
						<Tabs.Panel id="filters" className="pt-4">
							<FiltersTab connectionId={connectionId} />
						</Tabs.Panel>
						<Tabs.Panel id="skipped" className="pt-4">
							<SkippedTab connectionId={connectionId} />
						</Tabs.Panel>
					</>
				)}
				<Tabs.Panel id="reconciliation" className="pt-4">
					<Reconciliation connectionId={connectionId} />
				</Tabs.Panel>
				<Tabs.Panel id="runs" className="pt-4">
					<div className="mb-3 flex flex-wrap items-center justify-end gap-2">
						<RunExport filters={{ connectionId }} size="sm" />
					</div>
					<RunTable filters={{ connectionId }} />
				</Tabs.Panel>
			</Tabs>
		</>
	);
}

/** Which part is shown. What narrows or pages the list of one part says nothing about the list of another. */
function useTab() {
	const [{ tab }, set] = useQueryStates({
		tab: parseAsStringLiteral(tabs).withDefault("functions"),
		...{ after: parseAsString, before: parseAsString, q: parseAsString, by: parseAsString },
	});
	const setTab = (next: (typeof tabs)[number]) => set({ tab: next, after: null, before: null, q: null, by: null });
	return [tab, setTab] as const;
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

/** The words this system uses, beside ours: ship methods of a cart, carriers of a warehouse. */
function MappingLink({ side, connectionId }: { side: "source" | "destination"; connectionId: string }) {
	const href = useHref();
	const isCart = side === "source";
	const path = isCart ? `mappings/ship-methods?cart=${connectionId}` : `mappings/carriers?connection=${connectionId}`;
	return (
		<LinkButton variant="outline" href={href(path)}>
			{isCart ? "Ship methods" : "Carriers"}
		</LinkButton>
	);
}
