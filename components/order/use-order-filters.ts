"use client";
import { parseAsInteger, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import type { z } from "zod";
import type { orderView } from "@/lib/api/contract/order-views";
import { orderFilterStates } from "@/lib/api/contract/orders";
import { usePaging } from "../table/use-paging";
import { columnsInAddress } from "./use-order-columns";

export type OrderView = z.output<typeof orderView>;
export type OrderFilter = OrderView["filter"];

const none = { q: null, state: null, merchant: null, connection: null, days: null, tag: null };

/** What the list is narrowed to, as the address says it, and the view that was opened. */
export function useOrderFilters() {
	const paging = usePaging();
	const [{ view, columns: _, ...filters }, set] = useQueryStates({
		q: parseAsString.withDefault(""),
		state: parseAsStringLiteral(orderFilterStates),
		merchant: parseAsString,
		connection: parseAsString,
		days: parseAsInteger,
		tag: parseAsString,
		view: parseAsString,
		columns: columnsInAddress,
		after: parseAsString,
		before: parseAsString,
	});
	const narrowed: OrderFilter = {
		search: filters.q || undefined,
		state: filters.state ?? undefined,
		merchantId: filters.merchant ?? undefined,
		connectionId: filters.connection ?? undefined,
		days: filters.days ?? undefined,
		tag: filters.tag ?? undefined,
	};
	type Values = Pick<typeof filters, keyof typeof none>;
	return {
		...{ filters, narrowed, paging, viewId: view },
		change: (next: { [Name in keyof Values]?: Values[Name] | null }): void => void set({ ...next, ...paging.reset }),
		clear: () => void set({ ...none, view: null, columns: null, ...paging.reset }),
		/** Shows what a view holds. */
		open: ({ id, filter, columns }: Pick<OrderView, "id" | "filter" | "columns">) =>
			void set({
				...{ q: filter.search ?? null, state: filter.state ?? null, days: filter.days ?? null },
				...{ merchant: filter.merchantId ?? null, connection: filter.connectionId ?? null, tag: filter.tag ?? null },
				...{ view: id, columns, ...paging.reset },
			}),
	};
}

/** Whether two filters show the same. */
export function isSameFilter(one: OrderFilter, other: OrderFilter): boolean {
	const names = ["search", "state", "merchantId", "connectionId", "days", "tag"] as const;
	return names.every((name) => one[name] === other[name]);
}
