"use client";
import { Button, Tabs } from "@heroui/react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import type { z } from "zod";
import { api } from "@/lib/api/client";
import type { runDetail } from "@/lib/api/contract/runs";
import { outcomeWords, triggerWords } from "@/lib/canonical/state-words";
import { ErrorPanel } from "../shell/error-panel";
import { useHref, useHub, useMay } from "../shell/hub-context";
import { PageHeader } from "../shell/page-header";
import { PageProblem } from "../shell/page-problem";
import { RunStateTag, runLooks } from "../status/run-status";
import { JsonView } from "../ui/json-view";
import { live } from "../ui/live";
import { Notice } from "../ui/notice";
import { Progress } from "../ui/progress";
import { Facts, Section } from "../ui/section";
import { SkeletonPage } from "../ui/skeleton-page";
import { Time } from "../ui/time";
import { duration } from "../ui/time-words";
import { RunExchanges } from "./run-exchanges";
import { RunRecords } from "./run-records";
import { countWords } from "./run-words";

type Run = z.output<typeof runDetail>;

export function RunPage({ runId }: { runId: string }) {
	const { account } = useHub();
	const href = useHref();
	const found = useQuery(
		api.runs.get.queryOptions({
			input: { accountId: account.id, runId },
			refetchInterval: (query) =>
				query.state.data && query.state.data.state !== "running" ? false : live(1_500)(query),
		}),
	);
	if (found.isError && !found.data)
		return (
			<PageProblem
				title="Run"
				trail={[{ label: "Runs", href: href("runs") }]}
				error={found.error}
				retry={() => void found.refetch()}
			/>
		);
	const run = found.data;
	if (!run) return <SkeletonPage label="the run" />;
	return (
		<>
			<PageHeader
				trail={[{ label: "Runs", href: href("runs") }]}
				title={run.title}
				beside={<RunStateTag state={run.state} />}
				actions={<RunActions run={run} />}
			>
				{run.connection.name}, {run.merchant.name}, <Time at={run.startedAt} />
			</PageHeader>
			{run.state === "running" && (
				<div className="mb-5">
					<Progress
						done={run.counts.read}
						total={run.counts.total ?? null}
						of="records"
						startedAt={new Date(run.startedAt)}
					/>
				</div>
			)}
			{run.message && (
				<div className="mb-5">
					<Notice tone={runLooks[run.state].tone === "person" ? "person" : "look"} title={run.message}>
						{run.againAt && (
							<>
								It goes on by itself <Time at={run.againAt} />.
							</>
						)}
					</Notice>
				</div>
			)}
			<div className="grid grid-cols-1 gap-x-6 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
				<Tabs defaultSelectedKey="records">
					<Tabs.ListContainer>
						<Tabs.List aria-label="Parts of the run">
							<Tabs.Tab id="records">
								Records
								<Tabs.Indicator />
							</Tabs.Tab>
							<Tabs.Tab id="exchanges">
								Requests ({run.exchanges})
								<Tabs.Indicator />
							</Tabs.Tab>
							<Tabs.Tab id="cursor">
								Position
								<Tabs.Indicator />
							</Tabs.Tab>
						</Tabs.List>
					</Tabs.ListContainer>
					<Tabs.Panel id="records" className="pt-4">
						<RunRecords run={run} />
					</Tabs.Panel>
					<Tabs.Panel id="exchanges" className="pt-4">
						<RunExchanges runId={runId} />
					</Tabs.Panel>
					<Tabs.Panel id="cursor" className="grid gap-4 pt-4">
						<p className="text-[13px] text-muted">Where the read began, and where the next one goes on.</p>
						<JsonView value={run.cursorBefore ?? "From the beginning"} label="position before" />
						<JsonView value={run.cursorAfter ?? "No position"} label="position after" />
					</Tabs.Panel>
				</Tabs>
				<RunFacts run={run} />
			</div>
		</>
	);
}

function RunFacts({ run }: { run: Run }) {
	const href = useHref();
	return (
		<Section title="Facts">
			<Facts
				facts={[
					{
						label: "Connection",
						value: (
							<Link href={href(`connections/${run.connection.id}`)} className="text-accent underline">
								{run.connection.name}
							</Link>
						),
					},
					{ label: "Started by", value: run.actor ?? triggerWords[run.trigger] },
					{ label: "Started", value: <Time at={run.startedAt} /> },
					{
						label: "Took",
						value: run.endedAt ? duration(Date.parse(run.endedAt) - Date.parse(run.startedAt)) : "still running",
					},
					{ label: "Did", value: countWords(run.counts) },
					{
						label: "Read",
						value: `${run.counts.read.toLocaleString("en")}, ${run.counts.unchanged.toLocaleString("en")} unchanged`,
					},
					...run.outcomes.map(({ outcome, count }) => ({
						label: outcomeWords[outcome] ?? outcome,
						value: count.toLocaleString("en"),
					})),
				]}
			/>
		</Section>
	);
}

function RunActions({ run }: { run: Run }) {
	const { account } = useHub();
	const mayRun = useMay("runs:write");
	const queries = useQueryClient();
	const refresh = () => queries.invalidateQueries({ queryKey: api.runs.key() });
	const stop = useMutation(api.runs.stop.mutationOptions({ onSuccess: refresh }));
	const again = useMutation(api.connections.runNow.mutationOptions({ onSuccess: refresh }));
	if (!mayRun) return null;
	const error = stop.error ?? again.error;
	return (
		<>
			{error && <ErrorPanel error={error} />}
			{again.data && <span className="text-[13px] text-muted">Queued. The new run appears in the list of runs.</span>}
			{run.state === "running" ? (
				<Button
					variant="outline"
					isPending={stop.isPending || run.cancelAskedAt !== null}
					onPress={() => stop.mutate({ accountId: account.id, runId: run.id })}
				>
					{run.cancelAskedAt ? "Stopping after this page" : "Stop"}
				</Button>
			) : (
				<Button isPending={again.isPending} onPress={() => again.mutate({ accountId: account.id, flowId: run.flowId })}>
					Run again
				</Button>
			)}
		</>
	);
}
