import type { z } from "zod";
import type { orderSummary } from "@/lib/api/contract/orders";
import { OrderStateTags } from "../status/order-status";
import type { Column } from "../table/data-table";
import { Time } from "../ui/time";

export type OrderRow = z.output<typeof orderSummary>;

export function orderColumns({ showMerchant }: { showMerchant: boolean }): Column<OrderRow>[] {
	const columns: (Column<OrderRow> | false)[] = [
		{ id: "number", label: "Order", cell: (order) => <span className="num">{order.number}</span> },
		{
			id: "status",
			label: "State",
			narrow: "status",
			cell: (order) => (
				<span className="flex flex-col">
					<OrderStateTags {...order} />
				</span>
			),
		},
		showMerchant && { id: "merchant", label: "Merchant", narrow: "detail", cell: (order) => order.merchant.name },
		{ id: "source", label: "Cart", cell: (order) => order.source.name },
		{
			id: "to",
			label: "Ship to",
			narrow: "detail",
			cell: (order) => (
				<>
					{order.shipToName}, {order.shipToCountry}
				</>
			),
		},
		{
			id: "units",
			label: "Units",
			align: "end",
			cell: (order) => <span title={`${order.unitCount} units on ${order.lineCount} lines`}>{order.unitCount}</span>,
		},
		{
			id: "total",
			label: "Total",
			align: "end",
			cell: (order) => (order.total ? `${order.total.amount} ${order.total.currency}` : "–"),
		},
		{ id: "created", label: "Loaded", align: "end", narrow: "detail", cell: (order) => <Time at={order.createdAt} /> },
	];
	return columns.filter((column) => column !== false);
}
