import type { z } from "zod";
import type { purchaseOrderSummary } from "@/lib/api/contract/purchase-orders";
import { PurchaseOrderTags } from "../status/purchase-order-status";
import type { Column } from "../table/data-table";
import { Time } from "../ui/time";
import { UnitsBar } from "./units-bar";

type Row = z.output<typeof purchaseOrderSummary>;

export function purchaseOrderColumns({ showMerchant }: { showMerchant: boolean }): Column<Row>[] {
	const columns: (Column<Row> | false)[] = [
		{ id: "number", label: "Number", cell: (order) => <span className="num">{order.number}</span> },
		{
			id: "state",
			label: "State",
			narrow: "status",
			cell: (order) => (
				<span className="flex flex-col">
					<PurchaseOrderTags {...order} />
				</span>
			),
		},
		showMerchant && { id: "merchant", label: "Merchant", narrow: "detail", cell: (order) => order.merchant.name },
		{
			id: "supplier",
			label: "From",
			cell: (order) =>
				order.kind === "transfer" ? `Transfer, ${order.supplier || "warehouse"}` : order.supplier || "–",
		},
		{ id: "bar", label: "Arrived", cell: (order) => <UnitsBar units={order.units} words={false} /> },
		{
			id: "expected",
			label: "Expected",
			align: "end",
			cell: ({ units }) => <span className="num">{units.expected}</span>,
		},
		{
			id: "received",
			label: "Received",
			align: "end",
			narrow: "detail",
			cell: ({ units }) => (
				<span className="num">
					{units.received}
					<span className="md:hidden"> of {units.expected} received</span>
				</span>
			),
		},
		{
			id: "transit",
			label: "In transit",
			align: "end",
			cell: ({ units }) => <span className="num">{units.inTransit}</span>,
		},
		{
			id: "due",
			label: "Due",
			align: "end",
			cell: (order) => (order.expectedAt ? <Time at={order.expectedAt} timeZone="UTC" /> : "–"),
		},
	];
	return columns.filter((column) => column !== false);
}
