"use client";
import { Button } from "@heroui/react";
import { useState } from "react";
import { customFieldsProblem, templateProblem } from "@/lib/canonical/reference-template";
import { readProblem } from "../ui/problem";
import type { FieldOption, FormField, LoadChoices } from "./field";
import { LinesWidget } from "./lines-widget";
import { MultiSelectWidget } from "./multi-select-widget";
import { SelectWidget } from "./select-widget";
import { SwitchWidget } from "./switch-widget";
import { TextWidget } from "./text-widget";

export interface WidgetProps {
	field: FormField;
	value: unknown;
	onChange: (value: unknown) => void;
	/** The sentence that says what is wrong with the value. */
	problem?: string | undefined;
	/** A secret that is stored already. */
	isSet?: boolean;
}

interface SchemaFieldProps extends WidgetProps {
	/** The other system's name, for "Load from …". */
	system: string;
	loadChoices?: LoadChoices | undefined;
}

/** One field with the widget of its kind; choices that live in the other system are loaded from there. */
export function SchemaField({ system, loadChoices, ...given }: SchemaFieldProps) {
	const { field, value, onChange } = given;
	const props = { ...given, problem: templateWords(field, value) ?? given.problem };
	const choices = useChoices(field, loadChoices);
	if (!field.choicesFrom) return <Widget {...props} options={field.options ?? []} />;
	const options = withCurrent(choices.options, value);
	return (
		<div className="flex flex-col gap-1.5">
			{choices.options ? (
				<SelectWidget
					{...props}
					onChange={(chosen) => onChange(field.kind === "number" ? Number(chosen) : chosen)}
					options={options}
				/>
			) : (
				<Widget {...props} options={options} />
			)}
			{loadChoices && (
				<span className="flex flex-wrap items-center gap-2">
					<Button size="sm" variant="outline" isPending={choices.loading} onPress={choices.load}>
						Load from {system}
					</Button>
					<span role="status" className="text-[12px] text-muted">
						{choices.message}
					</span>
				</span>
			)}
		</div>
	);
}

/** A text with places is held against what is known while it is typed. */
function templateWords({ template, label, about, names }: FormField, value: unknown): string | undefined {
	if (!template || typeof value !== "string") return undefined;
	const problem = template === "text" ? templateProblem(value, about) : customFieldsProblem(value, { about, names });
	return problem ? `${label} ${problem}.` : undefined;
}

function Widget({ options, ...props }: WidgetProps & { options: FieldOption[] }) {
	switch (props.field.kind) {
		case "select":
			return <SelectWidget {...props} options={options} />;
		case "multiselect":
			return <MultiSelectWidget {...props} options={options} />;
		case "switch":
			return <SwitchWidget {...props} />;
		default:
			return props.field.multiline ? <LinesWidget {...props} /> : <TextWidget {...props} />;
	}
}

function useChoices(field: FormField, loadChoices: LoadChoices | undefined) {
	const [options, setOptions] = useState<FieldOption[] | null>(null);
	const [loading, setLoading] = useState(false);
	const [message, setMessage] = useState("");
	const load = async () => {
		setLoading(true);
		try {
			const found = (await loadChoices?.(field)) ?? [];
			setOptions(found.length > 0 ? found : null);
			setMessage(found.length > 0 ? `${found.length} found.` : "It has none. Type the value instead.");
		} catch (error) {
			setMessage(readProblem(error).sentence);
		} finally {
			setLoading(false);
		}
	};
	return { options, loading, message, load: () => void load() };
}

/** The stored value stays choosable although the other system does not list it. */
function withCurrent(options: FieldOption[] | null, value: unknown): FieldOption[] {
	const known = options ?? [];
	const current = value === "" || value === null || value === undefined ? null : String(value);
	if (current === null || known.some((option) => option.value === current)) return known;
	return [{ value: current, label: current }, ...known];
}
