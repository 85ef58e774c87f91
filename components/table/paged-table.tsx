"use client";
import { ErrorPanel } from "../shell/error-panel";
import { plural } from "../ui/plural";
import { DataTable, type DataTableProps } from "./data-table";
import { Pager } from "./pager";
import type { usePaging } from "./use-paging";

interface PagedTableProps<T> extends Omit<DataTableProps<T>, "rows"> {
	/** The page asked for, as its query has it. */
	list: {
		data: { items: T[]; next: string | null } | undefined;
		isError: boolean;
		error: unknown;
		refetch: () => unknown;
	};
	paging: ReturnType<typeof usePaging>;
	/** What one row is: "purchase order". */
	one: string;
}

/** One page of a list: its rows, or why they could not be read, and the way to the next page. */
export function PagedTable<T extends object>({ list, paging, one, ...table }: PagedTableProps<T>) {
	const rows = list.data?.items;
	return (
		<>
			{list.isError ? (
				<ErrorPanel error={list.error} retry={() => void list.refetch()} />
			) : (
				<DataTable {...table} rows={rows} />
			)}
			{rows && rows.length > 0 && (
				<Pager {...paging.pager} next={list.data?.next ?? null} shown={`${plural(rows.length, one)} on this page`} />
			)}
		</>
	);
}
