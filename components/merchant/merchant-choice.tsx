"use client";
import { Checkbox, CheckboxGroup, Description, FieldError, Input, Label, TextField } from "@heroui/react";
import { useState } from "react";
import { useHub } from "../shell/hub-context";
import { plural } from "../ui/plural";

interface MerchantChoiceProps {
	/** What the ticked ones are. */
	label: string;
	value: string[];
	onChange: (ids: string[]) => void;
	problem?: string | undefined;
}

/** From this many merchants on, people look for a name sooner than they read the list. */
const searchFrom = 8;

/** Some of the account's merchants. What is ticked stays ticked while another name is looked for. */
export function MerchantChoice({ label, value, onChange, problem }: MerchantChoiceProps) {
	const { merchants } = useHub();
	const [part, setPart] = useState("");
	const shown = merchants.filter(({ name }) => name.toLowerCase().includes(part.trim().toLowerCase()));
	const hidden = value.filter((id) => !shown.some((merchant) => merchant.id === id));
	return (
		<div className="flex flex-col gap-2">
			{merchants.length >= searchFrom && (
				<TextField fullWidth value={part} onChange={setPart}>
					<Label>Find a merchant</Label>
					<Input className="w-full" />
				</TextField>
			)}
			<CheckboxGroup
				value={value}
				onChange={(ticked) => onChange([...hidden, ...ticked.filter((id) => !hidden.includes(id))])}
				isInvalid={problem !== undefined}
				validationBehavior="aria"
			>
				<Label>{label}</Label>
				<Description>{plural(value.length, "merchant")} chosen.</Description>
				<div className="flex max-h-56 flex-col gap-2 overflow-y-auto py-1">
					{shown.map(({ id, name }) => (
						<Checkbox key={id} value={id}>
							<Checkbox.Content>
								<Checkbox.Control>
									<Checkbox.Indicator />
								</Checkbox.Control>
								{name}
							</Checkbox.Content>
						</Checkbox>
					))}
					{shown.length === 0 && <span className="text-muted">No merchant has this in its name.</span>}
				</div>
				<FieldError>{problem && `This choice ${problem}`}</FieldError>
			</CheckboxGroup>
		</div>
	);
}
