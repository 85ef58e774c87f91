"use client";
import { Description, FieldError, Input, Label, TextField } from "@heroui/react";

interface PlainFieldProps {
	label: string;
	value: string;
	onChange: (value: string) => void;
	problem?: string | undefined;
	help?: string;
	type?: "text" | "number";
	isRequired?: boolean;
}

/** One line of text with its label, its help and what is wrong with it. */
export function PlainField({
	label,
	value,
	onChange,
	problem,
	help,
	type = "text",
	isRequired = false,
}: PlainFieldProps) {
	return (
		<TextField
			fullWidth
			value={value}
			onChange={onChange}
			type={type}
			isRequired={isRequired}
			isInvalid={problem !== undefined}
			validationBehavior="aria"
			autoComplete="off"
		>
			<Label>{label}</Label>
			<Input className="w-full" />
			{help && <Description>{help}</Description>}
			<FieldError>{problem}</FieldError>
		</TextField>
	);
}
