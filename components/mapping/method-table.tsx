"use client";
import { Button } from "@heroui/react";
import { type ReactNode, useState } from "react";
import type { CarrierPair } from "@/lib/canonical/ship-method";
import { BulkBar } from "../table/bulk-bar";
import { type Column, DataTable } from "../table/data-table";
import {
	codeWords,
	conditionWords,
	type MethodChange,
	type MethodRow,
	mappedTo,
	passed,
	type Target,
	targetKey,
	targetWords,
	unmapped,
} from "./ship-method-words";
import { TargetField } from "./target-field";

interface MethodTableProps {
	rows: MethodRow[] | undefined;
	methods: (CarrierPair & { name: string })[];
	/** What is changed and not saved, by row. */
	changes: ReadonlyMap<string, MethodChange>;
	refuses: boolean;
	mayWrite: boolean;
	onChange: (key: string, change: MethodChange | null) => void;
	onChanges: (changes: ReadonlyMap<string, MethodChange>) => void;
	empty: ReactNode;
}

/** A row of the list, or one that is added and not saved. */
interface Shown extends Omit<MethodRow, "id"> {
	id: string;
	change: MethodChange | undefined;
	isNew: boolean;
}

/** The list itself: each row's target is chosen where it stands, many at once by selecting them. */
export function MethodTable(props: MethodTableProps) {
	const { rows, changes, mayWrite, onChanges, empty } = props;
	const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
	const shown = rows && [
		...added(changes),
		...rows.map((row): Shown => ({ ...row, change: changes.get(row.id), isNew: false })),
	];
	const marked = (shown ?? []).filter(({ id, isNew }) => selected.has(id) && !isNew);
	const setAll = (targetOf: (row: Shown) => Target | "remove" | null) => {
		const all = new Map(changes);
		for (const row of marked) {
			const target = targetOf(row);
			if (target) all.set(row.id, changeOf(row, target));
		}
		onChanges(all);
		setSelected(new Set());
	};
	const alike = marked.filter(({ suggestion }) => suggestion).length;
	return (
		<>
			<DataTable
				label="Ship methods"
				columns={columnsOf(props)}
				rows={shown}
				rowId={({ id }) => id}
				empty={empty}
				{...(mayWrite && { selected, onSelect: setSelected })}
			/>
			<BulkBar count={marked.length} noun={["code", "codes"]} onClear={() => setSelected(new Set())}>
				{alike > 0 && (
					<Button
						size="sm"
						variant="outline"
						onPress={() => setAll(({ suggestion }) => suggestion && mappedTo(suggestion))}
					>
						Use {alike === 1 ? "1 suggestion" : `${alike} suggestions`}
					</Button>
				)}
				<Button size="sm" variant="outline" onPress={() => setAll(() => passed)}>
					Pass {marked.length} through
				</Button>
				<Button size="sm" variant="outline" onPress={() => setAll(() => unmapped)}>
					Unmap {marked.length}
				</Button>
				<Button size="sm" variant="outline" onPress={() => setAll(() => "remove")}>
					Remove {marked.length}
				</Button>
			</BulkBar>
		</>
	);
}

function added(changes: MethodTableProps["changes"]): Shown[] {
	return [...changes].flatMap(([id, change]): Shown[] =>
		change.id
			? []
			: [
					{
						...{ id, change, isNew: true, code: change.code, name: "", conditions: change.conditions ?? {} },
						...{ action: change.action, carrier: change.carrier ?? "", service: change.service ?? "" },
						...{ waiting: 0, suggestion: null, told: [] },
					},
				],
	);
}

function changeOf({ id, code, conditions }: Shown, target: Target | "remove"): MethodChange {
	if (target === "remove") return { ...{ id, code, conditions, remove: true }, ...unmapped };
	return { ...{ id, code, conditions }, ...target };
}

function columnsOf({ methods, refuses, mayWrite, onChange }: MethodTableProps): Column<Shown>[] {
	return [
		{ id: "code", label: "The cart says", cell: (row) => <CodeCell row={row} /> },
		{
			id: "target",
			label: "Becomes",
			narrow: "detail",
			cell: (row) => {
				if (!mayWrite || row.isNew) return targetWords(row);
				if (row.change?.remove) return <span className="text-muted">Removed when saved</span>;
				const now = row.change ? ({ ...unmapped, ...row.change } as Target) : row;
				return (
					<TargetField
						label={`Ship method of ${codeWords(row.code)}`}
						value={{ action: now.action, carrier: now.carrier, service: now.service }}
						methods={methods}
						suggestion={row.suggestion}
						onChange={(target) => onChange(row.id, targetKey(target) === targetKey(row) ? null : changeOf(row, target))}
					/>
				);
			},
		},
		{ id: "told", label: "The warehouse gets", cell: (row) => <ToldCell row={row} refuses={refuses} /> },
		{
			id: "waiting",
			label: "Orders wait",
			align: "end",
			narrow: "status",
			cell: (row) =>
				row.waiting > 0 ? <strong className="text-danger">{row.waiting.toLocaleString("en")}</strong> : "–",
		},
		...(mayWrite
			? [
					{
						id: "undo",
						label: "Change",
						align: "end" as const,
						narrow: "detail" as const,
						cell: (row: Shown) =>
							row.change ? (
								<Button
									size="sm"
									variant="ghost"
									aria-label={`Take back ${codeWords(row.code)}`}
									onPress={() => onChange(row.id, null)}
								>
									Take back
								</Button>
							) : null,
					},
				]
			: []),
	];
}

function CodeCell({ row }: { row: Shown }) {
	const when = conditionWords(row.conditions);
	return (
		<span className="block min-w-28 whitespace-normal">
			<code className="font-medium">{codeWords(row.code)}</code>
			{row.change && (
				<span className="ms-2 text-[12px] text-warning">{row.isNew ? "new, not saved" : "not saved"}</span>
			)}
			{row.name && row.name !== row.code && <span className="block text-[12px] text-muted">{row.name}</span>}
			{when && <span className="block text-[12px] text-muted">{when}</span>}
		</span>
	);
}

function ToldCell({ row, refuses }: { row: Shown; refuses: boolean }) {
	if (row.change) return <span className="text-muted">after saving</span>;
	if (row.action === "unmapped" && refuses) return <span className="text-danger">nothing: orders are held</span>;
	if (row.told.length === 0)
		return <span className="text-muted">{row.action === "pass" ? "the cart's words" : "–"}</span>;
	const words = new Set(row.told.map((told) => told.words));
	if (words.size === 1) return [...words][0];
	return (
		<span className="block whitespace-normal">
			{row.told.map(({ warehouse, words: said }) => (
				<span key={warehouse} className="block">
					{said} <span className="text-[12px] text-muted">{warehouse}</span>
				</span>
			))}
		</span>
	);
}
