"use client";
import { Description, FieldError, Label, Select } from "@heroui/react";
import { OptionList } from "../ui/options";
import type { FieldOption } from "./field";
import type { WidgetProps } from "./schema-field";

/** One of several. */
export function SelectWidget({ field, value, onChange, problem, options }: WidgetProps & { options: FieldOption[] }) {
	return (
		<Select
			fullWidth
			name={field.name}
			value={value === "" || value === null || value === undefined ? null : String(value)}
			onChange={(key) => onChange(key === null ? "" : String(key))}
			isRequired={field.required}
			isInvalid={problem !== undefined}
			validationBehavior="aria"
			placeholder="Choose"
		>
			<Label>{field.label}</Label>
			<Select.Trigger>
				<Select.Value />
				<Select.Indicator />
			</Select.Trigger>
			{field.help && <Description>{field.help}</Description>}
			<FieldError>{problem}</FieldError>
			<Select.Popover>
				<OptionList options={options} />
			</Select.Popover>
		</Select>
	);
}
