"use client";
import { Description, Switch } from "@heroui/react";
import type { WidgetProps } from "./schema-field";

/** On or off. */
export function SwitchWidget({ field, value, onChange, problem }: WidgetProps) {
	return (
		<div className="flex flex-col gap-1">
			<Switch name={field.name} isSelected={value === true} onChange={onChange}>
				<Switch.Content>
					<Switch.Control>
						<Switch.Thumb />
					</Switch.Control>
					{field.label}
				</Switch.Content>
			</Switch>
			{field.help && <Description>{field.help}</Description>}
			{problem && (
				<p role="alert" className="text-[12px] text-danger">
					{problem}
				</p>
			)}
		</div>
	);
}
