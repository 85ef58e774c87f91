"use client";
import { Input } from "@heroui/react";
import type { ItemKind } from "@/lib/canonical/item-codes";
import { Options } from "../ui/options";
import { type ItemDraft, kindWords } from "./item-words";

interface CellProps {
	kind: ItemKind;
	draft: ItemDraft;
	onChange: (draft: ItemDraft) => void;
}

/** One typed field within the table. */
export function TextCell({
	label,
	field,
	draft,
	onChange,
	placeholder,
}: Omit<CellProps, "kind"> & {
	label: string;
	field: "code" | "name" | "target";
	placeholder?: string;
}) {
	return (
		<Input
			aria-label={label}
			className="w-full min-w-28 font-mono"
			value={draft[field]}
			{...(placeholder && { placeholder })}
			onChange={(event) => onChange({ ...draft, [field]: event.target.value })}
		/>
	);
}

/** What the code leads to, with the kit's two choices below its parts. */
export function TargetCell({ kind, draft, onChange }: CellProps) {
	const words = kindWords[kind];
	return (
		<div className="flex flex-col gap-1.5">
			<TextCell label={words.leadsTo} field="target" draft={draft} onChange={onChange} placeholder={words.example} />
			{kind === "kit" && (
				<div className="flex flex-wrap gap-1.5">
					<Options
						label="Sent as"
						value={draft.mode}
						options={kitModes}
						onChange={(mode) => onChange({ ...draft, mode })}
					/>
					<Options
						label="The cart is told"
						value={draft.partial}
						options={kitPartials}
						onChange={(partial) => onChange({ ...draft, partial })}
					/>
				</div>
			)}
		</div>
	);
}

export const kitModes = [
	{ value: "explode", label: "Sent as its parts" },
	{ value: "whole", label: "Kept whole at the warehouse" },
];
export const kitPartials = [
	{ value: "wait", label: "Cart told with the last part" },
	{ value: "first", label: "Cart told with the first part" },
];
