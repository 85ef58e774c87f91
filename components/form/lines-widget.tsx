"use client";
import { Description, FieldError, Label, TextArea, TextField } from "@heroui/react";
import type { WidgetProps } from "./schema-field";

const fewest = 3;
const most = 24;

/** Text of several lines, each of which means something: shown whole, in letters of one width. */
export function LinesWidget({ field, value, onChange, problem }: WidgetProps) {
	const text = value === null || value === undefined ? "" : String(value);
	const rows = Math.min(Math.max(text.split("\n").length, fewest), most);
	return (
		<TextField
			fullWidth
			name={field.name}
			value={text}
			onChange={onChange}
			isRequired={field.required}
			isInvalid={problem !== undefined}
			validationBehavior="aria"
		>
			<Label>{field.label}</Label>
			<TextArea rows={rows} spellCheck={false} wrap="off" className="w-full overflow-x-auto font-mono text-[12px]" />
			{field.help && <Description>{field.help}</Description>}
			<FieldError>{problem}</FieldError>
		</TextField>
	);
}
