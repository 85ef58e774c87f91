"use client";
import { Button, Description, FieldError, Input, Label, TextField } from "@heroui/react";
import { Eye, EyeOff } from "lucide-react";
import { useState } from "react";
import type { WidgetProps } from "./schema-field";

const inputTypes = { url: "url", number: "number", date: "date", text: "text" } as const;

/** Text, addresses, numbers, dates and secrets. A stored secret is never shown; typing replaces it. */
export function TextWidget({ field, value, onChange, problem, isSet }: WidgetProps) {
	const [seen, setSeen] = useState(false);
	const kind = field.kind === "url" || field.kind === "number" || field.kind === "date" ? field.kind : "text";
	const kept = field.secret && isSet;
	return (
		<TextField
			fullWidth
			name={field.name}
			value={value === null || value === undefined ? "" : String(value)}
			onChange={onChange}
			type={field.secret && !seen ? "password" : inputTypes[kind]}
			isRequired={field.required && !kept}
			isInvalid={problem !== undefined}
			validationBehavior="aria"
			autoComplete={field.secret ? "new-password" : "off"}
		>
			<Label>{field.label}</Label>
			<div className="flex gap-1.5">
				<Input className="w-full" {...(kept && { placeholder: "Set. Type to replace it." })} />
				{field.secret && (
					<Button
						isIconOnly
						variant="outline"
						aria-label={seen ? `Hide ${field.label}` : `Show ${field.label}`}
						onPress={() => setSeen(!seen)}
					>
						{seen ? <EyeOff size={14} /> : <Eye size={14} />}
					</Button>
				)}
			</div>
			{field.help && <Description>{field.help}</Description>}
			<FieldError>{problem}</FieldError>
		</TextField>
	);
}
