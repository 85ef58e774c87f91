"use client";
import { Input } from "@heroui/react";
import { useState } from "react";
import { bareOperators, type DateTest, listOperators, type NumberTest, type TextTest } from "@/lib/canonical/rule";
import { Options } from "../ui/options";
import { dateOptions, numberOptions, textOptions, valuesFor } from "./rule-parts";

interface TestProps<Test> {
	label: string;
	test: Test;
	onChange: (test: Test) => void;
}

export function WordsTest({ label, test, onChange }: TestProps<TextTest>) {
	const isList = listOperators.includes(test.operator);
	return (
		<>
			<Options
				label={`${label}: comparison`}
				value={test.operator}
				options={textOptions}
				onChange={(next) => {
					const operator = textOptions.find(({ value }) => value === next)?.value as TextTest["operator"];
					onChange({ operator, values: valuesFor(operator, test.values) });
				}}
			/>
			{!bareOperators.includes(test.operator) && (
				<Words
					key={String(isList)}
					label={`${label}: value`}
					value={test.values.join(", ")}
					placeholder={isList ? "US, CA" : "Value"}
					onChange={(typed) =>
						onChange({
							...test,
							values: (isList ? typed.split(",") : [typed]).map((one) => one.trim()).filter((one) => one !== ""),
						})
					}
				/>
			)}
		</>
	);
}

/** What is typed stays as it is typed: a comma at the end is on its way to the next word. */
export function Words({
	label,
	value,
	placeholder,
	onChange,
}: {
	label: string;
	value: string;
	placeholder?: string;
	onChange: (value: string) => void;
}) {
	const [typed, setTyped] = useState(value);
	return (
		<Input
			aria-label={label}
			className="w-full min-w-0 sm:w-48"
			placeholder={placeholder ?? ""}
			autoComplete="off"
			value={typed}
			onChange={({ target }) => {
				setTyped(target.value);
				onChange(target.value);
			}}
		/>
	);
}

export function FigureTest({ label, test, onChange }: TestProps<NumberTest>) {
	const { operator, value, to } = test;
	return (
		<>
			<Options
				label={`${label}: comparison`}
				value={operator}
				options={numberOptions}
				onChange={(next) => onChange({ ...test, operator: next as NumberTest["operator"] })}
			/>
			{!bareOperators.includes(operator) && (
				<Figure label={`${label}: value`} value={value} onChange={(next) => onChange({ ...test, value: next })} />
			)}
			{operator === "between" && (
				<>
					<span className="text-[13px] text-muted">and</span>
					<Figure label={`${label}: to`} value={to ?? null} onChange={(next) => onChange({ ...test, to: next })} />
				</>
			)}
		</>
	);
}

/** Nothing typed is no figure, which saving refuses by name. */
export function Figure({
	label,
	value,
	onChange,
}: {
	label: string;
	value: number | null;
	onChange: (value: number) => void;
}) {
	const [typed, setTyped] = useState(value === null || Number.isNaN(value) ? "" : String(value));
	return (
		<Input
			aria-label={label}
			type="number"
			className="w-28"
			value={typed}
			onChange={({ target }) => {
				setTyped(target.value);
				onChange(target.value === "" ? Number.NaN : Number(target.value));
			}}
		/>
	);
}

export function DayTest({ label, test, onChange }: TestProps<DateTest>) {
	const { operator, value, to } = test;
	const day = (name: string, shown: string, set: (day: string) => void) => (
		<Input
			aria-label={`${label}: ${name}`}
			type="date"
			className="w-40"
			value={shown}
			onChange={({ target }) => set(target.value)}
		/>
	);
	return (
		<>
			<Options
				label={`${label}: comparison`}
				value={operator}
				options={dateOptions}
				onChange={(next) =>
					onChange({ ...test, operator: next as DateTest["operator"], ...(next === "between" && { to: to ?? value }) })
				}
			/>
			{day("day", value, (next) => onChange({ ...test, value: next }))}
			{operator === "between" && day("last day", to ?? value, (next) => onChange({ ...test, to: next }))}
		</>
	);
}
