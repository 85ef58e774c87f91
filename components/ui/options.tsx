"use client";
import { Label, ListBox, Select } from "@heroui/react";

export interface Option {
	value: string;
	label: string;
}
interface OptionsProps {
	/** Said to those who do not see where it stands. */
	label: string;
	value: string;
	options: readonly Option[];
	onChange: (value: string) => void;
}

/** One of several, where a sentence or a table around it is its label. */
export function Options({ label, value, options, onChange }: OptionsProps) {
	return (
		<Select
			aria-label={label}
			value={value}
			placeholder="Choose"
			onChange={(key) => onChange(String(key ?? value))}
			className="w-full sm:w-fit sm:min-w-40"
		>
			<Label className="sr-only">{label}</Label>
			<Select.Trigger>
				<Select.Value />
				<Select.Indicator />
			</Select.Trigger>
			<Select.Popover>
				<OptionList options={options} />
			</Select.Popover>
		</Select>
	);
}

/** What opens below a field in which one of several is chosen. */
export function OptionList({ options }: { options: readonly Option[] }) {
	return (
		<ListBox>
			{options.map((option) => (
				<ListBox.Item key={option.value} id={option.value} textValue={option.label}>
					{option.label}
					<ListBox.ItemIndicator />
				</ListBox.Item>
			))}
		</ListBox>
	);
}
