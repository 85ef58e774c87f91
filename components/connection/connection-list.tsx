"use client";
import { useQuery } from "@tanstack/react-query";
import { parseAsString, useQueryState } from "nuqs";
import type { z } from "zod";
import { api } from "@/lib/api/client";
import type { connectionSummary } from "@/lib/api/contract/connections";
import { RunStrip } from "../run/run-strip";
import { countWords } from "../run/run-words";
import { EmptyState } from "../shell/empty-state";
import { ErrorPanel } from "../shell/error-panel";
import { useHref, useHub, useMay, useTimeZone } from "../shell/hub-context";
import { PageHeader } from "../shell/page-header";
import { ConnectionStateTags } from "../status/connection-status";
import { type Column, DataTable } from "../table/data-table";
import { ExportButton } from "../table/export-button";
import { Choice } from "../table/filters";
import { LinkButton } from "../ui/link-button";
import { Time } from "../ui/time";
import { NextRun } from "./next-run";

type Row = z.output<typeof connectionSummary>;

export function ConnectionList() {
	const { account, merchants } = useHub();
	const href = useHref();
	const timeZone = useTimeZone();
	const mayWrite = useMay("connections:write");
	const [merchant, setMerchant] = useQueryState("merchant", parseAsString);
	const list = useQuery(
		api.connections.list.queryOptions({
			input: { accountId: account.id, merchantId: merchant ?? undefined },
			refetchInterval: 5_000,
		}),
	);
	const connect = mayWrite && (
		<LinkButton href={href(merchant ? `connections/new?merchant=${merchant}` : "connections/new")}>
			Connect a system
		</LinkButton>
	);
	const columns: Column<Row>[] = [
		{ id: "name", label: "Connection", cell: (row) => row.name },
		{ id: "state", label: "State", narrow: "status", cell: (row) => <ConnectionStateTags connection={row} /> },
		...(account.kind === "fulfillment" && !merchant
			? [{ id: "merchant", label: "Merchant", narrow: "detail" as const, cell: (row: Row) => row.merchant.name }]
			: []),
		{
			id: "system",
			label: "System",
			narrow: "detail",
			cell: (row) => `${row.connector.name}, ${row.side === "source" ? "cart" : "warehouse"}`,
		},
		{
			id: "runs",
			label: "Last runs",
			cell: (row) => (
				<RunStrip
					runs={row.recent.slice(-12).map((run) => ({
						id: run.id,
						state: run.state,
						startedAt: new Date(run.startedAt),
						counts: `${run.title}: ${countWords(run.counts)}`,
					}))}
					href={(id) => href(`runs/${id}`)}
					timeZone={timeZone}
					wrap={false}
				/>
			),
		},
		{ id: "last", label: "Last run", align: "end", cell: (row) => <Time at={row.lastRunAt} none="never" /> },
		{ id: "next", label: "Next run", align: "end", cell: (row) => <NextRun at={row.nextRunAt} /> },
		{ id: "alerts", label: "Alerts", align: "end", cell: (row) => (row.openAlerts > 0 ? row.openAlerts : "–") },
	];
	return (
		<>
			<PageHeader
				title="Connections"
				actions={
					<>
						<ExportButton
							files={[
								{ label: "Connections", path: "connections/export", query: { merchantId: merchant ?? undefined } },
							]}
							isEmpty={list.data?.items.length === 0}
						/>
						{connect}
					</>
				}
			>
				Carts that bring orders, and warehouses that pack them.
			</PageHeader>
			{account.kind === "fulfillment" && merchants.length > 1 && (
				<div className="mb-3">
					<Choice
						label="Merchant"
						any="All merchants"
						value={merchant}
						options={merchants.map(({ id, name }) => ({ value: id, label: name }))}
						onChange={(id) => void setMerchant(id)}
					/>
				</div>
			)}
			{list.isError ? (
				<ErrorPanel error={list.error} retry={() => void list.refetch()} />
			) : (
				<DataTable
					label="Connections"
					columns={columns}
					rows={list.data?.items}
					rowId={(row) => row.id}
					href={(row) => href(`connections/${row.id}`)}
					empty={
						<EmptyState kind="first" title="Nothing is connected yet" action={connect}>
							Connect a cart and a warehouse; orders, tracking and stock then travel between them by themselves.
						</EmptyState>
					}
				/>
			)}
		</>
	);
}
