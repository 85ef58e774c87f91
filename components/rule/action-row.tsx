"use client";
import type { RuleAction } from "@/lib/canonical/rule";
import { Options } from "../ui/options";
import { PartRow } from "./part-row";
import { actionOptions, newAction } from "./rule-parts";
import { Figure, Words } from "./test-fields";
import type { RuleSet } from "./use-rules";

interface ActionRowProps {
	action: RuleAction;
	places: Pick<RuleSet, "warehouses">;
	label: string;
	onChange: (action: RuleAction) => void;
	/** Absent for the only one. */
	onRemove?: (() => void) | undefined;
}

/** One thing that a rule does. */
export function ActionRow({ action, places, label, onChange, onRemove }: ActionRowProps) {
	const [first] = places.warehouses;
	return (
		<PartRow {...{ label, onRemove }}>
			<Options
				label={`${label}: what`}
				value={action.do}
				options={actionOptions}
				onChange={(kind) => kind !== action.do && onChange(newAction(kind as RuleAction["do"], first?.id ?? ""))}
			/>
			<ActionFields key={action.do} {...{ action, places, label, onChange }} />
		</PartRow>
	);
}

function ActionFields({ action, places, label, onChange }: Omit<ActionRowProps, "onRemove">) {
	switch (action.do) {
		case "route":
			return (
				<Options
					label={`${label}: warehouse`}
					value={action.warehouseId}
					options={places.warehouses.map(({ id, name }) => ({ value: id, label: name }))}
					onChange={(warehouseId) => onChange({ do: "route", warehouseId })}
				/>
			);
		case "shipMethod":
			return (
				<Words
					label={`${label}: ship method`}
					value={action.code}
					placeholder="As a cart would call it"
					onChange={(code) => onChange({ do: "shipMethod", code })}
				/>
			);
		case "addItem":
			return (
				<>
					<Figure
						label={`${label}: quantity`}
						value={action.quantity}
						onChange={(quantity) => onChange({ ...action, quantity })}
					/>
					<Words
						label={`${label}: SKU`}
						value={action.sku}
						placeholder="SKU"
						onChange={(sku) => onChange({ ...action, sku })}
					/>
				</>
			);
		case "tag":
			return (
				<Words
					label={`${label}: tag`}
					value={action.tag}
					placeholder="Tag"
					onChange={(tag) => onChange({ do: "tag", tag })}
				/>
			);
		case "skipLine":
			return (
				<Words
					label={`${label}: SKU`}
					value={action.sku}
					placeholder="SKU"
					onChange={(sku) => onChange({ do: "skipLine", sku })}
				/>
			);
		case "stop":
			return null;
		default:
			return (
				<Words
					label={`${label}: reason`}
					value={action.reason}
					placeholder="Reason"
					onChange={(reason) => onChange({ ...action, reason })}
				/>
			);
	}
}
