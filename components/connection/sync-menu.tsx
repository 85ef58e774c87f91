"use client";
import { Button, Dropdown, Label } from "@heroui/react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ChevronDown } from "lucide-react";
import Link from "next/link";
import type { z } from "zod";
import { api } from "@/lib/api/client";
import type { connectionDetail } from "@/lib/api/contract/connections";
import type { FlowJobName } from "@/lib/jobs/catalogue";
import { countWords } from "../run/run-words";
import { ErrorPanel } from "../shell/error-panel";
import { useHref, useHub, useMay } from "../shell/hub-context";
import { RunStateTag } from "../status/run-status";
import { Progress } from "../ui/progress";

type Connection = z.output<typeof connectionDetail>;
type Flow = Connection["flows"][number];

/** The functions that a warehouse's page starts at once, in the words that people know them by. */
const actions: { job: FlowJobName; label: string; of: string }[] = [
	{ job: "products/fetch", label: "Import products", of: "products" },
	{ job: "products/export", label: "Export products", of: "products" },
	{ job: "inventory/fetch", label: "Receive inventory levels", of: "levels" },
	{ job: "shipments/fetch", label: "Receive shipments", of: "shipments" },
	{ job: "receipts/fetch", label: "Receive receipts", of: "receipts" },
];

/** One run at a time that was started from here, and what became of it. */
export function useSync({ flows }: Pick<Connection, "flows">) {
	const { account } = useHub();
	const queries = useQueryClient();
	const run = useMutation({
		...api.connections.runNow.mutationOptions(),
		onSuccess: () => queries.invalidateQueries({ queryKey: api.connections.key() }),
	});
	const start = (flow: Flow) => run.mutate({ accountId: account.id, flowId: flow.id });
	const flow = flows.find(({ id }) => id === run.variables?.flowId);
	return { start, flow, isPending: run.isPending, error: run.error, startedAt: run.submittedAt };
}

type Sync = ReturnType<typeof useSync>;

/** Quick actions: each starts its function's run now. What the system cannot do stands there too, and says so. */
export function SyncMenu({ connection, sync }: { connection: Connection; sync: Sync }) {
	const mayRun = useMay("runs:write");
	if (!mayRun) return null;
	const offered = actions.map((action) => {
		const flow = connection.flows.find(({ job }) => job === action.job);
		return { ...action, flow, why: whyNot(connection, flow) };
	});
	return (
		<Dropdown>
			<Button variant="outline" isPending={sync.isPending}>
				Sync
				<ChevronDown size={14} aria-hidden />
			</Button>
			<Dropdown.Popover className="min-w-64">
				<Dropdown.Menu
					aria-label="Sync"
					disabledKeys={offered.filter(({ why }) => why).map(({ job }) => job)}
					onAction={(key) => {
						const flow = offered.find(({ job }) => job === key)?.flow;
						if (flow) sync.start(flow);
					}}
				>
					{offered.map(({ job, label, why }) => (
						<Dropdown.Item key={job} id={job} textValue={label}>
							<span>
								<Label>{label}</Label>
								{why && <span className="block text-[12px] text-muted">{why}</span>}
							</span>
						</Dropdown.Item>
					))}
				</Dropdown.Menu>
			</Dropdown.Popover>
		</Dropdown>
	);
}

function whyNot({ connector, state }: Connection, flow: Flow | undefined): string | null {
	if (!flow) return `${connector.name} does not offer it`;
	if (flow.pausedAt) return "It is paused: resume it first";
	if (flow.lastRun?.state === "running") return "It is running";
	return state === "paused" || state === "needs_reconnect" || state === "not_set_up"
		? "The connection does not run"
		: null;
}

/** How far the run is that the menu started last. */
export function SyncProgress({ sync }: { sync: Sync }) {
	const href = useHref();
	if (sync.error) return <ErrorPanel error={sync.error} />;
	if (!sync.flow || sync.isPending) return null;
	const { title, job, lastRun } = sync.flow;
	const action = actions.find((one) => one.job === job);
	// The clocks of browser and server differ: a run that began shortly before the press may be the one.
	const run = lastRun && Date.parse(lastRun.startedAt) > sync.startedAt - 5_000 ? lastRun : null;
	return (
		<div className="card-frame mb-5 flex flex-col gap-2 p-4" role="status">
			<p className="flex flex-wrap items-center gap-x-2">
				<span className="font-medium">{action?.label ?? title}</span>
				{run ? <RunStateTag state={run.state} /> : <span className="text-muted">It begins in a moment</span>}
				{run && run.state !== "running" && <span className="text-[13px] text-muted">{countWords(run.counts)}</span>}
				{run && (
					<Link href={href(`runs/${run.id}`)} className="text-[13px] text-accent hover:underline">
						See its log
					</Link>
				)}
			</p>
			{run?.state === "running" && (
				<Progress
					done={run.counts.read ?? 0}
					total={run.counts.total ?? null}
					of={action?.of ?? "records"}
					startedAt={new Date(run.startedAt)}
				/>
			)}
			{run?.message && <p className="text-[13px] text-muted">{run.message}</p>}
		</div>
	);
}
