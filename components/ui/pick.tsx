"use client";
import { Description, Label, ListBox, Select } from "@heroui/react";

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
				<ListBox>
					{options.map((option) => (
						<ListBox.Item key={option.value} id={option.value} textValue={option.label}>
							{option.label}
							<ListBox.ItemIndicator />
						</ListBox.Item>
					))}
				</ListBox>
			</Select.Popover>
		</Select>
	);
}
