"use client";
import type { Leaf } from "@/lib/canonical/rule";
import { Options } from "../ui/options";
import { PartRow } from "./part-row";
import { aboutOf, abouts, cartOptions, leafAbout } from "./rule-parts";
import { DayTest, FigureTest, Words, WordsTest } from "./test-fields";
import type { RuleSet } from "./use-rules";

export interface ConditionRowProps {
	leaf: Leaf;
	places: Pick<RuleSet, "warehouses" | "carts">;
	/** "Condition 2", for those who hear it. */
	label: string;
	onChange: (leaf: Leaf) => void;
	onRemove: () => void;
}

/** One condition, read from left to right as a sentence. */
export function ConditionRow({ leaf, places, label, onChange, onRemove }: ConditionRowProps) {
	return (
		<PartRow {...{ label, onRemove }}>
			<Options
				label={`${label}: what`}
				value={aboutOf(leaf)}
				options={abouts}
				onChange={(about) => about !== aboutOf(leaf) && onChange(leafAbout(about))}
			/>
			<LeafFields {...{ leaf, places, label, onChange }} />
		</PartRow>
	);
}

function LeafFields({ leaf, places, label, onChange }: Omit<ConditionRowProps, "onRemove">) {
	switch (leaf.kind) {
		case "text":
			if (leaf.fact === "cart") return <CartFields {...{ leaf, places, label, onChange }} />;
			return (
				<>
					{leaf.fact === "extra" && (
						<Words
							label={`${label}: name of the field`}
							value={leaf.field ?? ""}
							placeholder="Field"
							onChange={(field) => onChange({ ...leaf, field })}
						/>
					)}
					<WordsTest label={label} test={leaf.test} onChange={(test) => onChange({ ...leaf, test })} />
				</>
			);
		case "tags":
			return <WordsTest label={label} test={leaf.test} onChange={(test) => onChange({ ...leaf, test })} />;
		case "number":
			return <FigureTest label={label} test={leaf.test} onChange={(test) => onChange({ ...leaf, test })} />;
		case "placedAt":
			return <DayTest label={label} test={leaf.test} onChange={(test) => onChange({ ...leaf, test })} />;
		case "stock":
			return (
				<>
					<Options
						label={`${label}: warehouse`}
						value={leaf.warehouseId}
						options={places.warehouses.map(({ id, name }) => ({ value: id, label: name }))}
						onChange={(warehouseId) => onChange({ ...leaf, warehouseId })}
					/>
					<Options
						label={`${label}: state`}
						value={leaf.state}
						options={[
							{ value: "available", label: "has every line" },
							{ value: "short", label: "is short of a line" },
						]}
						onChange={(state) => onChange({ ...leaf, state: state === "short" ? "short" : "available" })}
					/>
				</>
			);
		default:
			return <LineFields {...{ leaf, label, onChange }} />;
	}
}

function CartFields({
	leaf,
	places,
	label,
	onChange,
}: Omit<ConditionRowProps, "onRemove" | "leaf"> & { leaf: Extract<Leaf, { kind: "text" }> }) {
	const { operator, values } = leaf.test;
	const set = (test: Partial<typeof leaf.test>) => onChange({ ...leaf, test: { ...leaf.test, ...test } });
	return (
		<>
			<Options
				label={`${label}: comparison`}
				value={operator === "isNot" ? "isNot" : "is"}
				options={cartOptions}
				onChange={(next) => set({ operator: next === "isNot" ? "isNot" : "is" })}
			/>
			<Options
				label={`${label}: cart`}
				value={values[0] ?? ""}
				options={places.carts.map(({ id, name }) => ({ value: id, label: name }))}
				onChange={(id) => set({ values: [id] })}
			/>
		</>
	);
}

const quantifiers = [
	{ value: "any", label: "a line's" },
	{ value: "every", label: "every line's" },
	{ value: "count", label: "the number of lines whose" },
];
const lineFacts = [
	{ value: "sku", label: "SKU" },
	{ value: "name", label: "name" },
	{ value: "quantity", label: "quantity" },
];

function LineFields({
	leaf,
	label,
	onChange,
}: {
	leaf: Extract<Leaf, { kind: "lines" }>;
	label: string;
	onChange: (leaf: Leaf) => void;
}) {
	const { line, quantifier, count } = leaf;
	const setOf = (of: string) => {
		if (of === line.of) return;
		if (of === "quantity") onChange({ ...leaf, line: { of, test: { operator: "more", value: 1 } } });
		else onChange({ ...leaf, line: { of: of === "name" ? "name" : "sku", test: { operator: "is", values: [] } } });
	};
	const setQuantifier = (next: string) => {
		const { count: _, ...rest } = leaf;
		if (next === "count") onChange({ ...rest, quantifier: "count", count: count ?? { operator: "more", value: 1 } });
		else onChange({ ...rest, quantifier: next === "every" ? "every" : "any" });
	};
	return (
		<>
			<Options label={`${label}: which lines`} value={quantifier} options={quantifiers} onChange={setQuantifier} />
			<Options label={`${label}: of the line`} value={line.of} options={lineFacts} onChange={setOf} />
			{line.of === "quantity" ? (
				<FigureTest
					label={label}
					test={line.test}
					onChange={(test) => onChange({ ...leaf, line: { of: "quantity", test } })}
				/>
			) : (
				<WordsTest
					label={label}
					test={line.test}
					onChange={(test) => onChange({ ...leaf, line: { of: line.of, test } })}
				/>
			)}
			{quantifier === "count" && count && (
				<FigureTest
					label={`${label}, number of lines`}
					test={count}
					onChange={(next) => onChange({ ...leaf, count: next })}
				/>
			)}
		</>
	);
}
