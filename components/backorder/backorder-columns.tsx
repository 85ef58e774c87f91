import type { z } from "zod";
import type { backorder } from "@/lib/api/contract/backorders";
import { OrderStateTags } from "../status/order-status";
import type { Column } from "../table/data-table";
import { Time } from "../ui/time";
import { LineBar } from "./line-bar";

type Row = z.output<typeof backorder>;

const columns: (Column<Row> & { only?: "several" })[] = [
	{ id: "number", label: "Order", cell: (order) => <span className="num">{order.number}</span> },
	{
		id: "state",
		label: "State",
		narrow: "status",
		cell: (order) => (
			<span className="flex flex-col">
				<OrderStateTags {...order} backordered />
			</span>
		),
	},
	{ id: "merchant", label: "Merchant", only: "several", narrow: "detail", cell: (order) => order.merchant.name },
	{
		id: "lines",
		label: "Lines that are short",
		narrow: "detail",
		cell: ({ lines }) => (
			<span className="flex min-w-48 flex-col gap-2">
				{lines.map((line, place) => (
					// biome-ignore lint/suspicious/noArrayIndexKey: two lines may have the same item, and they never move
					<span key={place}>
						<code>{line.sku}</code>
						<LineBar {...line} />
					</span>
				))}
			</span>
		),
	},
	{
		id: "why",
		label: "Why it waits",
		cell: ({ waitsFor }) => (
			<span className="block min-w-48 max-w-80 whitespace-normal text-muted">
				{waitsFor.join("; ") || "It is on its way"}
			</span>
		),
	},
	{
		id: "incoming",
		label: "Expected",
		cell: ({ incoming }) =>
			incoming.length === 0 ? (
				<span className="text-muted">nothing announced</span>
			) : (
				<span className="flex flex-col">
					{incoming.map(({ sku, units, expectedAt }) => (
						<span key={sku} className="num">
							{units} × <code>{sku}</code> {expectedAt && <Time at={expectedAt} />}
						</span>
					))}
				</span>
			),
	},
	{
		id: "since",
		label: "Waiting since",
		align: "end",
		narrow: "detail",
		cell: (order) => <Time at={order.backorderedAt} />,
	},
];

export function backorderColumns(severalMerchants: boolean): Column<Row>[] {
	return columns.filter(({ only }) => !only || severalMerchants);
}
