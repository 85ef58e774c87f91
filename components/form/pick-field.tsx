"use client";
import { ComboBox, Description, FieldError, Input, Label } from "@heroui/react";
import { OptionList } from "../ui/options";

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
				<OptionList options={options} />
			</ComboBox.Popover>
		</ComboBox>
	);
}
