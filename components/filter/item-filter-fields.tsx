"use client";
import { Description, Label, TextArea, TextField } from "@heroui/react";
import { Toggle } from "../notification/toggle";
import { Pick } from "../ui/pick";
import { plural } from "../ui/plural";
import type { FiltersDraft } from "./filter-words";

type Items = FiltersDraft["items"];

interface FieldsProps {
	items: Items;
	mayWrite: boolean;
	onChange: (items: Items) => void;
}

const types = [
	{ value: "disabled", label: "Disabled" },
	{ value: "whitelist", label: "Whitelist: only these items" },
	{ value: "blacklist", label: "Blacklist: all but these items" },
];
const levels = [
	{ value: "item", label: "Filter item: the line is not sent" },
	{ value: "order", label: "Filter order: the whole order is refused" },
];

/** Which lines of the cart's orders are sent, and for which items the cart is told its stock. */
export function ItemFilterFields({ items, mayWrite, onChange }: FieldsProps) {
	const set = (change: Partial<Items>) => onChange({ ...items, ...change });
	const count = items.codes.split("\n").filter((one) => one.trim() !== "").length;
	const isOn = items.type !== "disabled";
	if (!mayWrite)
		return (
			<p className="text-[13px]">
				{types.find(({ value }) => value === items.type)?.label}
				{isOn && `, ${plural(count, "item code")}. ${levels.find(({ value }) => value === items.level)?.label}.`}
			</p>
		);
	return (
		<div className="flex flex-col gap-4">
			<div className="grid gap-4 sm:grid-cols-2">
				<Pick
					label="Filter type"
					value={items.type}
					options={types}
					onChange={(type) => set({ type: type === "whitelist" || type === "blacklist" ? type : "disabled" })}
				/>
				{isOn && (
					<Pick
						label="Filter level"
						value={items.level}
						options={levels}
						onChange={(level) => set({ level: level === "order" ? "order" : "item" })}
					/>
				)}
			</div>
			{isOn && (
				<>
					<TextField value={items.codes} onChange={(codes) => set({ codes })}>
						<Label>Item codes</Label>
						<TextArea rows={6} spellCheck={false} className="w-full font-mono text-[12px]" />
						<Description>
							One per line, as the cart writes them. {plural(count, "code")}. Where codes are translated, list both.
						</Description>
					</TextField>
					<Toggle label="Lines without an item code, too" on={items.blank} onChange={(blank) => set({ blank })} />
				</>
			)}
		</div>
	);
}
