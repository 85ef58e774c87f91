"use client";
import { Disclosure } from "@heroui/react";
import { type Control, Controller, type FieldValues, useWatch } from "react-hook-form";
import { bySection, type FormField, isShown, type LoadChoices } from "./field";
import { SchemaField } from "./schema-field";

interface SchemaFieldsProps {
	fields: FormField[];
	control: Control<FieldValues>;
	/** Names of secrets that are stored already. */
	secretsSet?: readonly string[];
	system: string;
	loadChoices?: LoadChoices;
}

/** A connector's settings by section; what few people touch waits behind "Advanced". */
export function SchemaFields({ fields, ...rest }: SchemaFieldsProps) {
	const values = useWatch({ control: rest.control });
	return (
		<div className="flex flex-col gap-6">
			{bySection(fields.filter((field) => isShown(field, values))).map(({ section, fields: members }) => {
				const plain = members.filter(({ advanced }) => !advanced);
				const advanced = members.filter((field) => field.advanced);
				return (
					<fieldset key={section} className="m-0 border-0 p-0">
						<legend className="mb-3 font-semibold text-[15px]">{section}</legend>
						<div className="flex max-w-xl flex-col gap-4">
							<Fields fields={plain} {...rest} />
							{advanced.length > 0 && (
								<Disclosure>
									<Disclosure.Heading level={2}>
										<Disclosure.Trigger className="flex min-h-6 cursor-pointer items-center gap-1.5 text-[13px] text-muted hover:text-foreground">
											<Disclosure.Indicator />
											Advanced
										</Disclosure.Trigger>
									</Disclosure.Heading>
									<Disclosure.Content>
										<Disclosure.Body className="flex flex-col gap-4 pt-3">
											<Fields fields={advanced} {...rest} />
										</Disclosure.Body>
									</Disclosure.Content>
								</Disclosure>
							)}
						</div>
					</fieldset>
				);
			})}
		</div>
	);
}

function Fields({ fields, control, secretsSet = [], system, loadChoices }: SchemaFieldsProps) {
	return fields.map((field) => (
		<Controller
			key={field.name}
			name={field.name}
			control={control}
			render={({ field: { value, onChange }, fieldState }) => (
				<SchemaField
					field={field}
					value={value}
					onChange={onChange}
					problem={fieldState.error?.message}
					isSet={secretsSet.includes(field.name)}
					system={system}
					loadChoices={loadChoices}
				/>
			)}
		/>
	));
}
