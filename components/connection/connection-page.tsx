"use client";
import { Button } from "@heroui/react";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { api } from "@/lib/api/client";
import { InTestNotice } from "../go-live/in-test-notice";
import { RunStrip } from "../run/run-strip";
import { countWords } from "../run/run-words";
import { ShareLinks } from "../share/share-links";
import { useHref, useHub, useTimeZone } from "../shell/hub-context";
import { PageHeader } from "../shell/page-header";
import { PageProblem } from "../shell/page-problem";
import { ConnectionStateTags, connectionLooks } from "../status/connection-status";
import { LinkButton } from "../ui/link-button";
import { live } from "../ui/live";
import { Notice } from "../ui/notice";
import { Section } from "../ui/section";
import { SkeletonPage } from "../ui/skeleton-page";
import { Time } from "../ui/time";
import { ConnectionActions } from "./connection-actions";
import { type Connection, ConnectionTabs, tabs } from "./connection-tabs";
import { Outage } from "./outage";
import { Passage } from "./passage";
import { SyncMenu, SyncProgress, useSync } from "./sync-menu";

export function ConnectionPage({ connectionId }: { connectionId: string }) {
	const { account } = useHub();
	const href = useHref();
	const router = useRouter();
	const timeZone = useTimeZone();
	const [tab, setTab] = useTab();
	const found = useQuery(
		api.connections.get.queryOptions({ input: { accountId: account.id, connectionId }, refetchInterval: live(4_000) }),
	);
	const sync = useSync({ flows: found.data?.flows ?? [] });
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
						{connection.side === "destination" && <SyncMenu connection={connection} sync={sync} />}
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
			{connection.state === "throttled" && <Throttled connection={connection} />}
			{connection.state === "waiting" && <Outage connection={connection} />}
			{connection.inTest && <InTestNotice connection={connection} />}
			<SyncProgress sync={sync} />
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
			<ConnectionTabs connection={connection} tab={tab} onTab={(next) => void setTab(next)} />
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

function Throttled({ connection: { connector, throttledUntil } }: { connection: Connection }) {
	return (
		<div className="mb-5">
			<Notice tone="look" title={`${connector.name} asked us to slow down`}>
				We go on by ourselves <Time at={throttledUntil} />.
			</Notice>
		</div>
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
