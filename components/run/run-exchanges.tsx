"use client";
import { Button } from "@heroui/react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/lib/api/client";
import { EmptyState } from "../shell/empty-state";
import { ErrorPanel } from "../shell/error-panel";
import { useHub } from "../shell/hub-context";
import { Pager } from "../table/pager";
import { plural } from "../ui/plural";
import { ExchangeView } from "./exchange-view";

/** The requests of a run in order, each opened in place. */
export function RunExchanges({ runId }: { runId: string }) {
	const { account } = useHub();
	const [open, setOpen] = useState<string | null>(null);
	const [pages, setPages] = useState<{ before: string[]; after: string | null }>({ before: [], after: null });
	const list = useQuery(
		api.runs.exchanges.queryOptions({
			input: { accountId: account.id, runId, after: pages.after ?? undefined },
			placeholderData: keepPreviousData,
		}),
	);
	if (list.isError) return <ErrorPanel error={list.error} retry={() => void list.refetch()} />;
	const rows = list.data?.items ?? [];
	if (list.data && rows.length === 0)
		return (
			<div className="card-frame">
				<EmptyState kind="nothing" title="It made no request">
					There was nothing to ask or tell. Requests are kept for 30 days.
				</EmptyState>
			</div>
		);
	return (
		<>
			<ul className="card-frame divide-y divide-separator text-[13px]">
				{rows.map((exchange) => (
					<li key={exchange.id} className="px-4 py-2">
						<div className="flex flex-wrap items-baseline gap-x-3">
							<code className="min-w-0 flex-1 break-all">
								{exchange.method} {exchange.url}
							</code>
							<span
								className={exchange.status !== null && exchange.status < 400 ? "num text-muted" : "num text-danger"}
							>
								{exchange.status ?? "no answer"}
							</span>
							<span className="num text-muted">{exchange.durationMs} ms</span>
							<Button
								size="sm"
								variant="ghost"
								aria-expanded={open === exchange.id}
								onPress={() => setOpen(open === exchange.id ? null : exchange.id)}
							>
								{open === exchange.id ? "Hide" : "Show"}
							</Button>
						</div>
						{open === exchange.id && (
							<div className="py-2">
								<ExchangeView exchangeId={exchange.id} />
							</div>
						)}
					</li>
				))}
			</ul>
			<Pager
				next={list.data?.next ?? null}
				before={pages.before}
				after={pages.after}
				onTurn={(before, after) => setPages({ before, after })}
				shown={`${plural(rows.length, "request")} on this page`}
			/>
		</>
	);
}
