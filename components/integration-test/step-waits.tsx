"use client";
import { Button } from "@heroui/react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Hourglass } from "lucide-react";
import { api } from "@/lib/api/client";
import { NextRun } from "../connection/next-run";
import { scheduleWords } from "../connection/schedule-words";
import { ErrorPanel } from "../shell/error-panel";
import { useHref, useHub, useMay, useTimeZone } from "../shell/hub-context";
import { LinkButton } from "../ui/link-button";
import type { Step } from "./step-card";

/** What is missing, when it comes by itself, and the button that brings it now. */
export function StepWaits({ testId, waits }: { testId: string; waits: NonNullable<Step["waits"]> }) {
	const { account } = useHub();
	const href = useHref();
	const timeZone = useTimeZone();
	const [mayRun, maySend] = [useMay("runs:write"), useMay("orders:write")];
	const queries = useQueryClient();
	const after = { onSuccess: () => queries.invalidateQueries({ queryKey: api.integrationTests.key() }) };
	const run = useMutation(api.connections.runNow.mutationOptions(after));
	const send = useMutation(api.integrationTests.sendOrder.mutationOptions(after));
	const { sentence, action, place, flow } = waits;
	// That nothing was named yet is what the field above says.
	if (action === "name" && !place) return null;
	const running = flow?.lastRun?.state === "running";
	const error = run.error ?? send.error;
	return (
		<div className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-md bg-surface-secondary px-3 py-2 text-[13px] print:hidden">
			<Hourglass size={14} aria-hidden className="shrink-0 text-muted" />
			<p className="min-w-0 flex-1 basis-60">
				{sentence}
				{flow && !flow.pausedAt && (
					<span className="text-muted">
						{" "}
						It runs: {scheduleWords(flow).toLowerCase()}
						{flow.nextRunAt && (
							<>
								, next <NextRun at={flow.nextRunAt} timeZone={timeZone} />
							</>
						)}
						.
					</span>
				)}
			</p>
			{action === "run" && flow && mayRun && (
				<Button
					size="sm"
					variant="outline"
					isPending={run.isPending || running}
					aria-label={`${running ? "Running" : "Run now"}: ${flow.title}`}
					onPress={() => run.mutate({ accountId: account.id, flowId: flow.id })}
				>
					{running ? "Running" : "Run now"}
				</Button>
			)}
			{action === "send-order" && maySend && (
				<Button size="sm" isPending={send.isPending} onPress={() => send.mutate({ accountId: account.id, testId })}>
					Send this one order as a test
				</Button>
			)}
			{action === "look" && place && (
				<LinkButton variant="outline" href={href(place)}>
					Have a look
				</LinkButton>
			)}
			{error && (
				<div className="basis-full">
					<ErrorPanel error={error} />
				</div>
			)}
		</div>
	);
}
