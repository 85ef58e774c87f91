"use client";
import { Button, Label, SearchField, Select } from "@heroui/react";
import { X } from "lucide-react";
import { useEffect, useState } from "react";
import { OptionList } from "../ui/options";

interface SearchBoxProps {
	label: string;
	placeholder: string;
	value: string;
	onChange: (value: string) => void;
}

/** Waits until typing pauses, so that the address and the list change once per word. */
export function SearchBox({ label, placeholder, value, onChange }: SearchBoxProps) {
	const [text, setText] = useState(value);
	useEffect(() => setText(value), [value]);
	useEffect(() => {
		if (text === value) return;
		const timer = setTimeout(() => onChange(text), 250);
		return () => clearTimeout(timer);
	}, [text, value, onChange]);
	return (
		<SearchField aria-label={label} value={text} onChange={setText} className="w-full sm:w-80">
			<SearchField.Group>
				<SearchField.SearchIcon />
				<SearchField.Input placeholder={placeholder} />
				<SearchField.ClearButton />
			</SearchField.Group>
		</SearchField>
	);
}

interface ChoiceProps {
	label: string;
	/** The word for no choice, such as "Any state". */
	any: string;
	value: string | null;
	options: { value: string; label: string }[];
	onChange: (value: string | null) => void;
}

/** One filter of a list. */
export function Choice({ label, any, value, options, onChange }: ChoiceProps) {
	return (
		<Select
			aria-label={label}
			value={value ?? anyKey}
			onChange={(key) => onChange(key === anyKey || key === null ? null : String(key))}
			className="w-fit min-w-36"
		>
			<Label className="sr-only">{label}</Label>
			<Select.Trigger>
				<Select.Value />
				<Select.Indicator />
			</Select.Trigger>
			<Select.Popover>
				<OptionList options={[{ value: anyKey, label: any }, ...options]} />
			</Select.Popover>
		</Select>
	);
}

const anyKey = "any";

interface FilterChip {
	/** Part of the sentence, such as "Error" or "at Blue Kettle". */
	words: string;
	clear: () => void;
}

/** The filters in force, read as one sentence, each cleared by itself. */
export function FilterSentence({ chips, clearAll }: { chips: FilterChip[]; clearAll: () => void }) {
	if (chips.length === 0) return null;
	return (
		<ul aria-label="Filters in force" className="mb-3 flex flex-wrap items-center gap-1.5">
			{chips.map(({ words, clear }) => (
				<li key={words}>
					<Button size="sm" variant="outline" onPress={clear} aria-label={`Remove filter: ${words}`}>
						{words}
						<X size={12} aria-hidden />
					</Button>
				</li>
			))}
			<li>
				<Button size="sm" variant="ghost" onPress={clearAll}>
					Clear filters
				</Button>
			</li>
		</ul>
	);
}
