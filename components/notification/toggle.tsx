"use client";
import { Description, Switch } from "@heroui/react";

interface ToggleProps {
	label: string;
	help?: string;
	on: boolean;
	onChange: (on: boolean) => void;
}

/** On or off, with what it means. */
export function Toggle({ label, help, on, onChange }: ToggleProps) {
	return (
		<div className="flex flex-col gap-1">
			<Switch isSelected={on} onChange={onChange}>
				<Switch.Content>
					<Switch.Control>
						<Switch.Thumb />
					</Switch.Control>
					{label}
				</Switch.Content>
			</Switch>
			{help && <Description>{help}</Description>}
		</div>
	);
}
