import type { z } from "zod";
import { type OrderColumn, orderColumnWords } from "@/lib/api/contract/order-columns";
import type { orderSummary } from "@/lib/api/contract/orders";
import { OrderStateTags } from "../status/order-status";
import type { Column } from "../table/data-table";
import { Tags } from "../ui/tags";
import { Time } from "../ui/time";

export type OrderRow = z.output<typeof orderSummary>;

/** The columns named, in the order given; the first is the link to the order. */
export function orderColumns(names: readonly OrderColumn[]): Column<OrderRow>[] {
	return names.map((name) => ({
		...{ id: name, label: orderColumnWords[name], ...looks[name] },
		// Tags are with the number where they have no column of their own.
		...(name === "number" && !names.includes("tags") && { beside: tagsOf }),
	}));
}

function tagsOf({ tags }: OrderRow) {
	return tags.length > 0 && <Tags tags={tags} most={2} />;
}

const looks: Record<OrderColumn, Omit<Column<OrderRow>, "id" | "label">> = {
	number: { cell: (order) => <span className="num">{order.number}</span> },
	status: {
		narrow: "status",
		cell: (order) => (
			<span className="flex flex-col">
				<OrderStateTags {...order} />
			</span>
		),
	},
	merchant: { narrow: "detail", cell: (order) => order.merchant.name },
	source: { cell: (order) => order.source.name },
	to: {
		narrow: "detail",
		cell: (order) => (
			<>
				{order.shipToName}, {order.shipToCountry}
			</>
		),
	},
	units: {
		align: "end",
		cell: (order) => <span title={`${order.unitCount} units on ${order.lineCount} lines`}>{order.unitCount}</span>,
	},
	lines: { align: "end", cell: (order) => order.lineCount },
	tags: { narrow: "detail", cell: (order) => <Tags tags={order.tags} most={5} /> },
	total: { align: "end", cell: (order) => (order.total ? `${order.total.amount} ${order.total.currency}` : "–") },
	problem: {
		narrow: "detail",
		cell: (order) =>
			order.problem ? <span className="block min-w-48 max-w-96 whitespace-normal">{order.problem}</span> : "–",
	},
	placed: { align: "end", cell: (order) => <Time at={order.placedAt} /> },
	created: { align: "end", narrow: "detail", cell: (order) => <Time at={order.createdAt} /> },
	updated: { align: "end", cell: (order) => <Time at={order.updatedAt} /> },
};
