"use client";
import { ComboBox, Description, FieldError, Input, Label, ListBox } from "@heroui/react";

interface PickFieldProps {
	label: string;
	value: string | null;
	options: { value: string; label: string }[];
	onChange: (value: string | null) => void;
	help?: string;
	problem?: string | undefined;
}

/** One of many, found by typing a part of its name. */
export function PickField({ label, value, options, onChange, help, problem }: PickFieldProps) {
	return (
		<ComboBox
			fullWidth
			selectedKey={value}
			onSelectionChange={(key) => onChange(key === null ? null : String(key))}
			isInvalid={problem !== undefined}
			validationBehavior="aria"
			menuTrigger="focus"
		>
			<Label>{label}</Label>
			<ComboBox.InputGroup>
				<Input className="w-full" />
				<ComboBox.Trigger />
			</ComboBox.InputGroup>
			{help && <Description>{help}</Description>}
			<FieldError>{problem}</FieldError>
			<ComboBox.Popover>
				<ListBox>
					{options.map((option) => (
						<ListBox.Item key={option.value} id={option.value} textValue={option.label}>
							{option.label}
							<ListBox.ItemIndicator />
						</ListBox.Item>
					))}
				</ListBox>
			</ComboBox.Popover>
		</ComboBox>
	);
}
