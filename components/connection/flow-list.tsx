"use client";
import { Button } from "@heroui/react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import type { z } from "zod";
import { api } from "@/lib/api/client";
import type { flow as flowSchema } from "@/lib/api/contract/connections";
import type { ConnectionState } from "@/lib/canonical/status";
import { flowJobs } from "@/lib/jobs/catalogue";
import { countWords } from "../run/run-words";
import { ErrorPanel } from "../shell/error-panel";
import { useHref, useHub, useMay, useMaySetUp, useTimeZone } from "../shell/hub-context";
import { connectionLooks } from "../status/connection-status";
import { RunStateTag } from "../status/run-status";
import { StatusTag } from "../status/status-tag";
import { Time } from "../ui/time";
import { NextRun } from "./next-run";
import { ScheduleDialog } from "./schedule-dialog";
import { scheduleWords } from "./schedule-words";

type Flow = z.output<typeof flowSchema>;

/** The functions of a connection: when each runs, what it did last, and a button to run it now. */
export function FlowList({ flows, state }: { flows: Flow[]; state: ConnectionState }) {
	return (
		<ul className="card-frame divide-y divide-separator">
			{flows.map((flow) => (
				<FlowRow key={flow.id} flow={flow} state={state} />
			))}
		</ul>
	);
}

function FlowRow({ flow, state }: { flow: Flow; state: ConnectionState }) {
	const { account } = useHub();
	const href = useHref();
	const timeZone = useTimeZone();
	const mayRun = useMay("runs:write");
	const mayPlan = useMaySetUp(flowJobs[flow.job].side);
	const queries = useQueryClient();
	const after = { onSuccess: () => queries.invalidateQueries({ queryKey: api.connections.key() }) };
	const run = useMutation(api.connections.runNow.mutationOptions(after));
	const plan = useMutation(api.connections.schedule.mutationOptions(after));
	const error = run.error ?? plan.error;
	const one = { accountId: account.id, flowId: flow.id };
	const running = flow.lastRun?.state === "running";
	return (
		<li className="px-4 py-3">
			<div className="flex flex-wrap items-center gap-x-6 gap-y-2">
				<div className="min-w-44 flex-1">
					<h3 className="font-medium">{flow.title}</h3>
					<p className="text-[13px] text-muted">
						{flow.pausedAt ? <StatusTag look={connectionLooks.paused} /> : scheduleWords(flow)}
					</p>
				</div>
				<dl className="grid min-w-64 flex-[2] grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1 text-[13px]">
					<dt className="text-muted">Last run</dt>
					<dd className="flex flex-wrap items-center gap-x-2">
						{flow.lastRun ? (
							<>
								<Link href={href(`runs/${flow.lastRun.id}`)} className="hover:underline">
									<RunStateTag state={flow.lastRun.state} />
								</Link>
								<span className="text-muted">
									{countWords(flow.lastRun.counts)}, <Time at={flow.lastRun.startedAt} timeZone={timeZone} />
								</span>
							</>
						) : (
							<span className="text-muted">It has not run yet</span>
						)}
					</dd>
					<dt className="text-muted">Next run</dt>
					<dd className="text-muted">
						{waits[state] ? (
							waits[state]
						) : flow.nextRunAt ? (
							<NextRun at={flow.nextRunAt} timeZone={timeZone} />
						) : flow.mode === "automatic" && !flow.pausedAt ? (
							"As soon as there is something to do"
						) : (
							"None planned"
						)}
					</dd>
				</dl>
				<div className="flex flex-wrap gap-2">
					{mayPlan && <ScheduleDialog flow={flow} />}
					{mayPlan && (
						<Button
							size="sm"
							variant="outline"
							isPending={plan.isPending}
							aria-label={flow.pausedAt ? `Resume ${flow.title}` : `Pause ${flow.title}`}
							onPress={() => plan.mutate({ ...one, paused: flow.pausedAt === null })}
						>
							{flow.pausedAt ? "Resume" : "Pause"}
						</Button>
					)}
					{mayRun && (
						<Button
							size="sm"
							isPending={run.isPending || running}
							aria-label={`${running ? "Running" : "Run now"}: ${flow.title}`}
							onPress={() => run.mutate(one)}
						>
							{running ? "Running" : "Run now"}
						</Button>
					)}
				</div>
			</div>
			{error && (
				<div className="mt-2">
					<ErrorPanel error={error} />
				</div>
			)}
		</li>
	);
}

/** Why nothing runs now, whatever the schedule says. */
const waits: Partial<Record<ConnectionState, string>> = {
	needs_reconnect: "When the access details are right again",
	not_set_up: "When the settings are right",
	paused: "When the connection is resumed",
};
