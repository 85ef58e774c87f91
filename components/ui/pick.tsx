"use client";
import { Description, Label, Select } from "@heroui/react";
import { OptionList } from "./options";

interface PickProps {
	label: string;
	help?: string;
	value: string;
	options: { value: string; label: string }[];
	onChange: (value: string) => void;
}

/** One of several, with its label in sight. */
export function Pick({ label, help, value, options, onChange }: PickProps) {
	return (
		<Select fullWidth value={value} onChange={(key) => onChange(String(key ?? value))}>
			<Label>{label}</Label>
			<Select.Trigger>
				<Select.Value />
				<Select.Indicator />
			</Select.Trigger>
			{help && <Description>{help}</Description>}
			<Select.Popover>
				<OptionList options={options} />
			</Select.Popover>
		</Select>
	);
}
