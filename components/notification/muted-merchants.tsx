"use client";
import { Checkbox, CheckboxGroup, Label } from "@heroui/react";

interface MutedMerchantsProps {
	value: string[];
	merchants: { id: string; name: string }[];
	onChange: (value: string[]) => void;
}

/** Merchants one hears nothing of; a long list scrolls. */
export function MutedMerchants({ value, merchants, onChange }: MutedMerchantsProps) {
	return (
		<CheckboxGroup value={value} onChange={onChange}>
			<Label>No mail about these merchants</Label>
			<div className="flex max-h-52 flex-col gap-1 overflow-y-auto">
				{merchants.map(({ id, name }) => (
					<Checkbox key={id} value={id}>
						<Checkbox.Content>
							<Checkbox.Control>
								<Checkbox.Indicator />
							</Checkbox.Control>
							{name}
						</Checkbox.Content>
					</Checkbox>
				))}
			</div>
		</CheckboxGroup>
	);
}
