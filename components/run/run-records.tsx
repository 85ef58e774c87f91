"use client";
import { Button } from "@heroui/react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import type { z } from "zod";
import { api } from "@/lib/api/client";
import type { runDetail } from "@/lib/api/contract/runs";
import { outcomeWords } from "@/lib/canonical/state-words";
import { EmptyState } from "../shell/empty-state";
import { ErrorPanel } from "../shell/error-panel";
import { useHref, useHub } from "../shell/hub-context";
import { ExportButton } from "../table/export-button";
import { Choice } from "../table/filters";
import { Pager } from "../table/pager";
import { plural } from "../ui/plural";
import { ExchangeView } from "./exchange-view";

/** One line per record: what it was, what became of it, why, and the request behind it. */
export function RunRecords({ run }: { run: z.output<typeof runDetail> }) {
	const { account } = useHub();
	const [outcome, setOutcome] = useState<string | null>(null);
	const [pages, setPages] = useState<{ before: string[]; after: string | null }>({ before: [], after: null });
	const list = useQuery(
		api.runs.records.queryOptions({
			input: { accountId: account.id, runId: run.id, outcome: outcome ?? undefined, after: pages.after ?? undefined },
			placeholderData: keepPreviousData,
			refetchInterval: run.state === "running" ? 3_000 : false,
		}),
	);
	if (list.isError) return <ErrorPanel error={list.error} retry={() => void list.refetch()} />;
	const rows = list.data?.items ?? [];
	return (
		<>
			<div className="mb-3 flex flex-wrap items-center gap-2">
				{run.outcomes.length > 1 && (
					<Choice
						label="Outcome"
						any="Any outcome"
						value={outcome}
						options={run.outcomes.map(({ outcome: value, count }) => ({
							value,
							label: `${outcomeWords[value] ?? value} (${count})`,
						}))}
						onChange={(value) => {
							setOutcome(value);
							setPages({ before: [], after: null });
						}}
					/>
				)}
				<ExportButton
					size="sm"
					files={[
						{ label: "Records", path: `runs/${run.id}/records/export`, query: { outcome: outcome ?? undefined } },
					]}
					isEmpty={list.data?.items.length === 0}
				/>
			</div>
			{rows.length === 0 ? (
				<div className="card-frame">
					<EmptyState kind="nothing" title="No record to show">
						{run.counts.read > 0 ? "What it read was known and unchanged." : "It found nothing to do."}
					</EmptyState>
				</div>
			) : (
				<ul className="card-frame divide-y divide-separator text-[13px]">
					{rows.map((record) => (
						<RunRecordRow key={record.id} record={record} />
					))}
				</ul>
			)}
			<Pager
				next={list.data?.next ?? null}
				before={pages.before}
				after={pages.after}
				onTurn={(before, after) => setPages({ before, after })}
				shown={`${plural(rows.length, "record")} on this page`}
			/>
		</>
	);
}

interface RunRecordRowProps {
	record: {
		subject: string;
		subjectType: string;
		orderId: string | null;
		outcome: string;
		reason: string | null;
		exchangeId: string | null;
	};
}

const bad = new Set(["refused", "failed", "unknown"]);

function RunRecordRow({ record }: RunRecordRowProps) {
	const href = useHref();
	const [open, setOpen] = useState(false);
	return (
		<li className="px-4 py-2">
			<div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
				<span className="min-w-32 font-medium">
					{record.orderId ? (
						<Link href={href(`orders/${record.orderId}`)} className="hover:underline">
							{record.subject}
						</Link>
					) : (
						record.subject
					)}
				</span>
				<span className={bad.has(record.outcome) ? "text-danger" : "text-muted"}>
					{outcomeWords[record.outcome] ?? record.outcome}
				</span>
				<span className="min-w-0 flex-1 break-words text-muted">{record.reason}</span>
				{record.exchangeId && (
					<Button size="sm" variant="ghost" aria-expanded={open} onPress={() => setOpen(!open)}>
						{open ? "Hide request" : "Show request"}
					</Button>
				)}
			</div>
			{open && record.exchangeId && (
				<div className="py-2">
					<ExchangeView exchangeId={record.exchangeId} />
				</div>
			)}
		</li>
	);
}
