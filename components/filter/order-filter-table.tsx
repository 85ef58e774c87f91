"use client";
import { Button, Input } from "@heroui/react";
import { EmptyState } from "../shell/empty-state";
import type { Column } from "../table/data-table";
import { EditTable } from "../table/edit-table";
import { Options } from "../ui/options";
import { examples, type FilterDraft, fieldOptions, fieldWords, matchOptions, typeOptions } from "./filter-words";

interface TableProps {
	rows: FilterDraft[];
	extraFields: string[];
	mayWrite: boolean;
	onChange: (rows: FilterDraft[]) => void;
}

/** Field, values and what they do, typed where they stand. */
export function OrderFilterTable({ rows, extraFields, mayWrite, onChange }: TableProps) {
	const set = (key: string, change: Partial<FilterDraft>) =>
		onChange(rows.map((row) => (row.key === key ? { ...row, ...change } : row)));
	const add = mayWrite && (
		<Button size="sm" variant="outline" onPress={() => onChange([...rows, newFilter(rows)])}>
			Add a filter
		</Button>
	);
	return (
		<>
			<EditTable
				label="Order filters"
				columns={columnsOf({
					extraFields,
					mayWrite,
					set,
					remove: (key) => onChange(rows.filter((one) => one.key !== key)),
				})}
				rows={rows}
				rowId={({ key }) => key}
				empty={
					<EmptyState kind="first" title="Every order loads" action={add}>
						A filter names a field and its values. Required: an order loads only if a value fits. Restricted: it is
						refused if one fits.
					</EmptyState>
				}
			/>
			{rows.length > 0 && <div className="mt-2">{add}</div>}
		</>
	);
}

interface ColumnsOf {
	extraFields: string[];
	mayWrite: boolean;
	set: (key: string, change: Partial<FilterDraft>) => void;
	remove: (key: string) => void;
}

function columnsOf({ extraFields, mayWrite, set, remove }: ColumnsOf): Column<FilterDraft>[] {
	return [
		{
			id: "field",
			label: "Field",
			cell: (row) =>
				mayWrite ? (
					<div className="flex flex-wrap gap-1.5">
						<Options
							label="Field"
							value={row.field}
							options={fieldOptions}
							onChange={(field) =>
								set(row.key, { field: fieldOptions.find(({ value }) => value === field)?.value ?? row.field })
							}
						/>
						{row.field === "extraField" && (
							<Input
								aria-label="Name of the extra field"
								placeholder={extraFields[0] ?? "Name"}
								className="w-36"
								value={row.name}
								onChange={({ target }) => set(row.key, { name: target.value })}
							/>
						)}
					</div>
				) : (
					`${fieldWords[row.field]} ${row.name}`
				),
		},
		{
			id: "type",
			label: "Type",
			narrow: "detail",
			cell: (row) =>
				mayWrite ? (
					<Options
						label="Type"
						value={row.type}
						options={typeOptions}
						onChange={(type) => set(row.key, { type: type === "restricted" ? "restricted" : "required" })}
					/>
				) : (
					typeOptions.find(({ value }) => value === row.type)?.label
				),
		},
		{
			id: "match",
			label: "Match",
			narrow: "detail",
			cell: (row) =>
				mayWrite && row.field !== "country" ? (
					<Options
						label="Match"
						value={row.match}
						options={matchOptions}
						onChange={(match) =>
							set(row.key, { match: match === "starts-with" || match === "ends-with" ? match : "full" })
						}
					/>
				) : (
					<span className="text-muted">
						{matchOptions.find(({ value }) => value === (row.field === "country" ? "full" : row.match))?.label}
					</span>
				),
		},
		{
			id: "values",
			label: "Any of these values",
			narrow: "detail",
			cell: (row) =>
				mayWrite ? (
					<Input
						aria-label={`Values of ${fieldWords[row.field].toLowerCase()}`}
						placeholder={examples[row.field] ?? "Values with commas between them"}
						className="w-full min-w-40"
						value={row.values}
						onChange={({ target }) => set(row.key, { values: target.value })}
					/>
				) : (
					row.values
				),
		},
		...(mayWrite
			? [
					{
						id: "remove",
						label: "Change",
						align: "end" as const,
						narrow: "status" as const,
						cell: (row: FilterDraft) => (
							<Button
								size="sm"
								variant="outline"
								aria-label={`Remove the filter on ${fieldWords[row.field].toLowerCase()}`}
								onPress={() => remove(row.key)}
							>
								Remove
							</Button>
						),
					},
				]
			: []),
	];
}

/** The first field that has no filter yet. */
function newFilter(rows: FilterDraft[]): FilterDraft {
	const free = fieldOptions.find(({ value }) => !rows.some(({ field }) => field === value));
	return {
		key: `n${Date.now()}`,
		...{ field: free?.value ?? "extraField", name: "", type: "required", match: "full", values: "" },
	};
}
