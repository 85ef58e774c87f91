"use client";
import { Checkbox } from "@heroui/react";
import type { Column, DataTableProps } from "./data-table";

type EditTableProps<T> = Omit<DataTableProps<T>, "rows" | "href"> & { rows: T[] };

/**
 * A table whose cells are fields. A plain one: the grid of a list takes the focus to itself when it is first entered,
 * which closes a field's own list at once.
 */
export function EditTable<T extends object>({
	label,
	columns,
	rows,
	rowId,
	empty,
	selected,
	onSelect,
}: EditTableProps<T>) {
	if (rows.length === 0) return <div className="card-frame">{empty}</div>;
	const mark = (ids: string[], on: boolean) => {
		const next = new Set(selected);
		for (const id of ids) on ? next.add(id) : next.delete(id);
		onSelect?.(next);
	};
	const all = rows.map(rowId);
	const marked = all.filter((id) => selected?.has(id)).length;
	return (
		<div className="card-frame">
			<table aria-label={label} className="w-full text-[13px]">
				<thead className="hidden text-[12px] text-muted sm:table-header-group">
					<tr className="border-separator border-b">
						{onSelect && (
							<td className="w-10 py-2 pl-4">
								<Mark
									label={`Select all ${label.toLowerCase()}`}
									isSelected={marked === all.length}
									isIndeterminate={marked > 0 && marked < all.length}
									onChange={(on) => mark(all, on)}
								/>
							</td>
						)}
						{columns.map((column) => (
							<th
								key={column.id}
								scope="col"
								className={`px-4 py-2 font-medium ${column.align === "end" ? "text-end" : "text-start"}`}
							>
								{column.label}
							</th>
						))}
					</tr>
				</thead>
				<tbody>
					{rows.map((row) => (
						<tr
							key={rowId(row)}
							className="flex flex-wrap items-center border-separator border-b px-4 py-2 last:border-b-0 sm:table-row sm:p-0"
						>
							{onSelect && (
								<td className="w-10 sm:py-1.5 sm:pl-4">
									<Mark
										label="Select this row"
										isSelected={selected?.has(rowId(row)) ?? false}
										onChange={(on) => mark([rowId(row)], on)}
									/>
								</td>
							)}
							{columns.map((column, index) => {
								const Cell = index === 0 ? "th" : "td";
								return (
									<Cell key={column.id} {...(index === 0 && { scope: "row" })} className={cellClass(column, index)}>
										{column.cell(row)}
									</Cell>
								);
							})}
						</tr>
					))}
				</tbody>
			</table>
		</div>
	);
}

/** At 390 px the name and the status stand in the first line, what is edited below them. */
function cellClass<T>({ align, narrow }: Column<T>, index: number): string {
	const wide = `sm:table-cell sm:px-4 sm:py-1.5 ${align === "end" ? "num text-end" : "text-start"}`;
	if (index === 0) return `order-1 flex-1 font-normal ${wide}`;
	if (narrow === "status") return `order-2 ${wide}`;
	return narrow === "detail" ? `order-3 basis-full pt-1.5 empty:hidden ${wide}` : `hidden ${wide}`;
}

interface MarkProps {
	label: string;
	isSelected: boolean;
	isIndeterminate?: boolean;
	onChange: (on: boolean) => void;
}

function Mark({ label, isSelected, isIndeterminate = false, onChange }: MarkProps) {
	return (
		<Checkbox aria-label={label} isSelected={isSelected} isIndeterminate={isIndeterminate} onChange={onChange}>
			<Checkbox.Content>
				<Checkbox.Control>
					<Checkbox.Indicator />
				</Checkbox.Control>
			</Checkbox.Content>
		</Checkbox>
	);
}
