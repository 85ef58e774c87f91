"use client";
import { useQuery } from "@tanstack/react-query";
import { useQueryState } from "nuqs";
import type { z } from "zod";
import { api } from "@/lib/api/client";
import type { testSummary } from "@/lib/api/contract/integration-tests";
import { useHref, useHub } from "../shell/hub-context";
import { PageHeader } from "../shell/page-header";
import { PageProblem } from "../shell/page-problem";
import { StatusTag } from "../status/status-tag";
import { type Column, DataTable } from "../table/data-table";
import { live } from "../ui/live";
import { Section } from "../ui/section";
import { SkeletonPage } from "../ui/skeleton-page";
import { Time } from "../ui/time";
import { StartTest } from "./start-test";
import { TestView } from "./test-view";
import { testLooks } from "./test-words";

/** A connection's guided tests: the one that is shown, what can be tested, and those before. */
export function TestPage({ connectionId }: { connectionId: string }) {
	const { account } = useHub();
	const href = useHref();
	const [chosen, setChosen] = useQueryState("test");
	const input = { accountId: account.id, connectionId };
	const connection = useQuery(api.connections.get.queryOptions({ input }));
	const found = useQuery(api.integrationTests.list.queryOptions({ input, refetchInterval: live(10_000) }));
	const trail = [
		{ label: "Connections", href: href("connections") },
		{ label: connection.data?.name ?? "Connection", href: href(`connections/${connectionId}`) },
	];
	const error = found.error ?? connection.error;
	if (error && !found.data)
		return <PageProblem title="Test the integration" trail={trail} error={error} retry={() => void found.refetch()} />;
	if (!found.data || !connection.data) return <SkeletonPage label="the tests" />;
	const { items, pairs } = found.data;
	const testId = chosen ?? items[0]?.id ?? null;
	return (
		<>
			<PageHeader trail={trail} title="Test the integration">
				You do each thing once, with what you make for it. Crossdock watches both systems and sets every tick itself.
			</PageHeader>
			<StartTest pairs={pairs} hasRun={items.length > 0} onStarted={(id) => void setChosen(id)} />
			{testId && <TestView key={testId} testId={testId} />}
			{items.length > 1 && (
				<div className="print:hidden">
					<Section title="Tests so far" bare>
						<DataTable
							label="Tests so far"
							columns={columns}
							rows={items}
							rowId={({ id }) => id}
							href={({ id }) => href(`connections/${connectionId}/test?test=${id}`)}
							empty={null}
						/>
					</Section>
				</div>
			)}
		</>
	);
}

type Row = z.output<typeof testSummary>;

const columns: Column<Row>[] = [
	{ id: "started", label: "Begun", cell: ({ startedAt }) => <Time at={startedAt} /> },
	{ id: "state", label: "State", narrow: "status", cell: ({ state }) => <StatusTag look={testLooks[state]} /> },
	{
		id: "pair",
		label: "Between",
		narrow: "detail",
		cell: ({ source, destination }) => `${source.name} and ${destination.name}`,
	},
	{ id: "done", label: "Flows seen", align: "end", cell: ({ done, of }) => `${done} of ${of}` },
	{ id: "by", label: "By", narrow: "detail", cell: ({ startedBy }) => startedBy || "–" },
];
