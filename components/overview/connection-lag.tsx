"use client";
import type { z } from "zod";
import type { overview } from "@/lib/api/contract/overview";
import { Sparkline } from "../charts/sparkline";
import { useHref, useHub } from "../shell/hub-context";
import { ConnectionStateTags } from "../status/connection-status";
import { type Column, DataTable } from "../table/data-table";
import { Time } from "../ui/time";

type Row = z.output<typeof overview>["connections"][number];

/** Each connection with its last day as a line, and how long its oldest work waits. */
export function ConnectionLag({ connections }: { connections: Row[] }) {
	const { account } = useHub();
	const href = useHref();
	const columns: Column<Row>[] = [
		{ id: "name", label: "Connection", cell: (row) => row.name },
		{ id: "state", label: "State", narrow: "status", cell: (row) => <ConnectionStateTags connection={row} /> },
		...(account.kind === "fulfillment"
			? [{ id: "merchant", label: "Merchant", narrow: "detail" as const, cell: (row: Row) => row.merchant.name }]
			: []),
		{
			id: "activity",
			label: "Last 24 hours",
			cell: (row) => {
				const sum = row.activity.reduce((total, count) => total + count, 0);
				return (
					<span className="flex items-center gap-2">
						<Sparkline values={row.activity} label={`${sum} records in 24 hours`} />
						<span className="num text-muted">{sum.toLocaleString("en")}</span>
					</span>
				);
			},
		},
		{
			id: "waiting",
			label: "Waiting",
			align: "end",
			cell: (row) => (row.waiting > 0 ? row.waiting.toLocaleString("en") : "–"),
		},
		{
			id: "late",
			label: "Oldest",
			align: "end",
			narrow: "detail",
			cell: (row) => <Time at={row.lateSince} none="nothing waits" />,
		},
		{ id: "last", label: "Last run", align: "end", cell: (row) => <Time at={row.lastRunAt} none="never" /> },
	];
	return (
		<DataTable
			label="Connections"
			columns={columns}
			rows={connections}
			rowId={(row) => row.id}
			href={(row) => href(`connections/${row.id}`)}
			empty={null}
		/>
	);
}
