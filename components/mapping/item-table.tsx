"use client";
import { Button } from "@heroui/react";
import { type ReactNode, useState } from "react";
import type { ItemKind, ItemRow } from "@/lib/canonical/item-codes";
import { BulkBar } from "../table/bulk-bar";
import { type Column, DataTable } from "../table/data-table";
import { ConfirmButton } from "../ui/confirm-button";
import { Options } from "../ui/options";
import { plural } from "../ui/plural";
import { Time } from "../ui/time";
import { kitModes, kitPartials, TargetCell, TextCell } from "./item-cells";
import { ItemEditor } from "./item-editor";
import { draftOf, type ItemDraft, kindWords, targetText } from "./item-words";
import type { useSaveItems } from "./use-items";

export interface ListedItem {
	id: string;
	row: ItemRow;
	cart: string | null;
	updatedAt: string;
}
interface TableProps {
	kind: ItemKind;
	merchantId: string;
	rows: ListedItem[] | undefined;
	carts: { id: string; name: string }[];
	saving: ReturnType<typeof useSaveItems>;
	mayWrite: boolean;
	/** A new row is being typed. */
	adding: boolean;
	endAdding: () => void;
	empty: ReactNode;
}
interface Entry {
	id: string;
	item: ListedItem | null;
}

/** Rows that are typed where they stand. */
export function ItemTable(props: TableProps) {
	const { kind, rows, carts, saving, mayWrite, adding, endAdding, empty } = props;
	const words = kindWords[kind];
	const [editing, setEditing] = useState<string | null>(null);
	const [draft, setDraft] = useState<ItemDraft>(draftOf(null, ""));
	const [selected, setSelected] = useState(new Set<string>());
	const open = adding ? "new" : editing;
	const shown = draft.connectionId === "" && carts[0] ? { ...draft, connectionId: carts[0].id } : draft;
	const close = () => {
		setEditing(null);
		setDraft(draftOf(null, ""));
		endAdding();
	};
	const entries = rows && [
		...(adding ? [{ id: "new", item: null }] : []),
		...rows.map((item) => ({ id: item.id, item })),
	];
	const typed = (entry: Entry, field: ReactNode, plain: ReactNode) => (entry.id === open ? field : plain);
	const columns: Column<Entry>[] = [
		{
			id: "code",
			label: words.code,
			cell: (entry) =>
				typed(
					entry,
					<TextCell label={words.code} field="code" draft={shown} onChange={setDraft} />,
					<code>{entry.item?.row.code}</code>,
				),
		},
		...sideColumn({ kind, carts, draft: shown, setDraft, open }),
		{
			id: "target",
			label: words.leadsTo,
			narrow: "detail",
			cell: (entry) =>
				typed(
					entry,
					<TargetCell kind={kind} draft={shown} onChange={setDraft} />,
					entry.item && <code>{targetText(entry.item.row)}</code>,
				),
		},
		...(kind === "kit" ? [kitColumn(open)] : []),
		{
			id: "updated",
			label: "Changed",
			align: "end",
			cell: (entry) => entry.item && <Time at={entry.item.updatedAt} />,
		},
		...(mayWrite
			? [
					{
						id: "actions",
						label: "Change",
						align: "end" as const,
						narrow: "status" as const,
						cell: (entry: Entry) =>
							typed(
								entry,
								<ItemEditor
									{...{ kind, saving, close }}
									merchantId={props.merchantId}
									draft={shown}
									before={entry.item?.row ?? null}
								/>,
								<Button
									size="sm"
									variant="outline"
									aria-label={`Edit ${entry.item?.row.code}`}
									isDisabled={open !== null}
									onPress={() => {
										setDraft(draftOf(entry.item?.row ?? null, ""));
										setEditing(entry.id);
									}}
								>
									Edit
								</Button>,
							),
					},
				]
			: []),
	];
	const chosen = rows?.filter(({ id }) => selected.has(id)) ?? [];
	return (
		<>
			<DataTable
				label={words.title}
				columns={columns}
				rows={entries}
				rowId={({ id }) => id}
				empty={empty}
				{...(mayWrite && open === null && { selected, onSelect: setSelected })}
			/>
			<BulkBar
				count={open === null ? chosen.length : 0}
				noun={[words.one, words.many]}
				onClear={() => setSelected(new Set())}
			>
				<ConfirmButton
					size="sm"
					label={`Remove ${plural(chosen.length, words.one, words.many)}`}
					heading={`Remove ${plural(chosen.length, words.one, words.many)}?`}
					isPending={saving.remove.isPending}
					onConfirm={() =>
						saving.remove.mutate(
							chosen.map(({ row }) => row),
							{ onSuccess: () => setSelected(new Set()) },
						)
					}
				>
					Orders that come from now on go without. You can take it back right after.
				</ConfirmButton>
			</BulkBar>
		</>
	);
}

interface SideProps {
	kind: ItemKind;
	carts: { id: string; name: string }[];
	draft: ItemDraft;
	setDraft: (draft: ItemDraft) => void;
	open: string | null;
}

/** Which cart, or which type; a kit has neither. */
function sideColumn({ kind, carts, draft, setDraft, open }: SideProps): Column<Entry>[] {
	if (kind === "kit") return [];
	const label = kind === "mapping" ? "Cart" : "Type";
	const options = carts.map(({ id, name }) => ({ value: id, label: name }));
	const field =
		kind === "alias" ? (
			<TextCell label={label} field="name" draft={draft} onChange={setDraft} placeholder="UPC" />
		) : (
			<Options
				label={label}
				value={draft.connectionId}
				options={options}
				onChange={(connectionId) => setDraft({ ...draft, connectionId })}
			/>
		);
	const plain = ({ item }: Entry) => (item?.row.kind === "alias" ? item.row.name : item?.cart);
	return [{ id: "side", label, narrow: "detail", cell: (entry) => (entry.id === open ? field : plain(entry)) }];
}

function kitColumn(open: string | null): Column<Entry> {
	const wordOf = (options: { value: string; label: string }[], value: string) =>
		options.find((option) => option.value === value)?.label;
	return {
		id: "how",
		label: "How",
		cell: ({ id, item }) =>
			item?.row.kind === "kit" && id !== open ? (
				<span className="text-muted">
					{wordOf(kitModes, item.row.mode)}
					{item.row.mode === "explode" && <span className="block">{wordOf(kitPartials, item.row.partial)}</span>}
				</span>
			) : null,
	};
}
