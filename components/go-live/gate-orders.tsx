"use client";
import type { z } from "zod";
import type { gateOrder } from "@/lib/api/contract/go-live";
import { useHref } from "../shell/hub-context";
import { toneText } from "../status/status-tag";
import { type Column, DataTable } from "../table/data-table";
import { Time } from "../ui/time";

type Order = z.output<typeof gateOrder>;

interface GateOrdersProps {
	orders: Order[];
	/** How many wait in all; the list shows the first of them. */
	waiting: number;
	leave: ReadonlySet<string>;
	onLeave: (ids: ReadonlySet<string>) => void;
}

/** The orders that wait, ticked: what is not ticked is left out. */
export function GateOrders({ orders, waiting, leave, onLeave }: GateOrdersProps) {
	const href = useHref();
	const selected = new Set(orders.filter(({ id }) => !leave.has(id)).map(({ id }) => id));
	return (
		<>
			<DataTable
				label="Waiting orders"
				columns={columns}
				rows={orders}
				rowId={({ id }) => id}
				href={({ id }) => href(`orders/${id}`)}
				empty={null}
				selected={selected}
				onSelect={(ids) => onLeave(new Set(orders.filter(({ id }) => !ids.has(id)).map(({ id }) => id)))}
			/>
			{waiting > orders.length && (
				<p className="mt-2 text-[13px] text-muted">
					The first {orders.length} are shown; {(waiting - orders.length).toLocaleString("en")} more would be released
					with them.
				</p>
			)}
		</>
	);
}

const columns: Column<Order>[] = [
	{ id: "number", label: "Order", cell: ({ number }) => number },
	{
		id: "problem",
		label: "Would it arrive?",
		narrow: "detail",
		cell: ({ problem }) =>
			problem ? (
				<span className={`whitespace-normal ${toneText.look}`}>No: {problem}</span>
			) : (
				<span className={toneText.done}>Yes</span>
			),
	},
	{ id: "units", label: "Units", align: "end", cell: ({ units }) => units.toLocaleString("en") },
	{ id: "placed", label: "Placed", align: "end", narrow: "detail", cell: ({ placedAt }) => <Time at={placedAt} /> },
];
