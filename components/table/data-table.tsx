"use client";
import { Checkbox, Link, Skeleton, Table } from "@heroui/react";
import type { ReactNode } from "react";

/** One column; its noun's folder says how a cell is drawn. */
export interface Column<T> {
	id: string;
	label: string;
	cell: (row: T) => ReactNode;
	/** What stands beside it and is no part of its link. */
	beside?: (row: T) => ReactNode;
	align?: "end";
	/** Where the cell goes at 390 px; absent: only in the wide table. */
	narrow?: "detail" | "status";
}

export interface DataTableProps<T> {
	/** What the table holds, for those who hear it. */
	label: string;
	/** The first one is the row's name and its link. */
	columns: Column<T>[];
	/** Undefined while the first page loads. */
	rows: T[] | undefined;
	rowId: (row: T) => string;
	/** Where the first cell leads. */
	href?: (row: T) => string;
	/** What stands in place of the rows when there is none. */
	empty: ReactNode;
	selected?: ReadonlySet<string>;
	onSelect?: (ids: Set<string>) => void;
}

export function DataTable<T extends object>(props: DataTableProps<T>) {
	const { label, columns, rows, rowId, href, empty, selected, onSelect } = props;
	if (!rows) return <TableSkeleton columns={columns.length} label={label} />;
	if (rows.length === 0) return <div className="card-frame">{empty}</div>;
	return (
		<Table className="data-table card-frame">
			<Table.ScrollContainer>
				<Table.Content
					aria-label={label}
					keyboardNavigationBehavior="tab"
					selectionMode={onSelect ? "multiple" : "none"}
					selectedKeys={selected ?? []}
					onSelectionChange={(keys) =>
						onSelect?.(keys === "all" ? new Set(rows.map(rowId)) : new Set([...keys].map(String)))
					}
				>
					<Table.Header>
						{onSelect && (
							<Table.Column className="w-10 pr-0">
								<SelectBox label={`Select all ${label.toLowerCase()}`} />
							</Table.Column>
						)}
						{columns.map((column, index) => (
							<Table.Column
								key={column.id}
								id={column.id}
								isRowHeader={index === 0}
								className={column.align === "end" ? "text-end" : ""}
							>
								{column.label}
							</Table.Column>
						))}
					</Table.Header>
					<Table.Body>
						{rows.map((row) => (
							<Table.Row key={rowId(row)} id={rowId(row)}>
								{onSelect && (
									<Table.Cell className="w-10 pr-0">
										<SelectBox label="Select this row" />
									</Table.Cell>
								)}
								{columns.map((column, index) => (
									<Table.Cell key={column.id} className={cellClass(column, index)}>
										<Beside what={column.beside?.(row)}>
											{index === 0 && href ? (
												<Link href={href(row)} className="font-medium text-foreground no-underline hover:underline">
													{column.cell(row)}
												</Link>
											) : (
												column.cell(row)
											)}
										</Beside>
									</Table.Cell>
								))}
							</Table.Row>
						))}
					</Table.Body>
				</Table.Content>
			</Table.ScrollContainer>
		</Table>
	);
}

function Beside({ what, children }: { what: ReactNode; children: ReactNode }) {
	if (!what) return children;
	return (
		<span className="inline-flex flex-wrap items-center gap-x-2 gap-y-1">
			{children}
			{what}
		</span>
	);
}

function cellClass<T>(column: Column<T>, index: number): string {
	const place = index === 0 ? "narrow-title" : column.narrow ? `narrow-${column.narrow}` : "narrow-hidden";
	return column.align === "end" ? `${place} num text-end` : place;
}

function SelectBox({ label }: { label: string }) {
	return (
		<Checkbox slot="selection" aria-label={label}>
			<Checkbox.Content>
				<Checkbox.Control>
					<Checkbox.Indicator />
				</Checkbox.Control>
			</Checkbox.Content>
		</Checkbox>
	);
}

/** Rows in the shape of what is coming. */
function TableSkeleton({ columns, label }: { columns: number; label: string }) {
	return (
		<div className="card-frame overflow-hidden" role="status" aria-label={`Loading ${label.toLowerCase()}`}>
			{Array.from({ length: 8 }, (_, row) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike and never move
				<div key={row} className="flex h-10 items-center gap-6 border-separator border-b px-4 last:border-b-0">
					{Array.from({ length: Math.min(columns, 6) }, (_, cell) => (
						// biome-ignore lint/suspicious/noArrayIndexKey: as above
						<Skeleton key={cell} className={`h-3 rounded ${cell === 0 ? "w-32" : "hidden w-20 sm:block"}`} />
					))}
				</div>
			))}
		</div>
	);
}
