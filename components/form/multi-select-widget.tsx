"use client";
import { Checkbox, CheckboxGroup, Description, FieldError, Label } from "@heroui/react";
import type { FieldOption } from "./field";
import type { WidgetProps } from "./schema-field";

/** Some of several, all in sight. */
export function MultiSelectWidget({
	field,
	value,
	onChange,
	problem,
	options,
}: WidgetProps & { options: FieldOption[] }) {
	return (
		<CheckboxGroup
			name={field.name}
			value={Array.isArray(value) ? value.map(String) : []}
			onChange={onChange}
			isRequired={field.required}
			isInvalid={problem !== undefined}
			validationBehavior="aria"
		>
			<Label>{field.label}</Label>
			{field.help && <Description>{field.help}</Description>}
			{options.map((option) => (
				<Checkbox key={option.value} value={option.value}>
					<Checkbox.Content>
						<Checkbox.Control>
							<Checkbox.Indicator />
						</Checkbox.Control>
						{option.label}
					</Checkbox.Content>
				</Checkbox>
			))}
			<FieldError>{problem}</FieldError>
		</CheckboxGroup>
	);
}
