"use client";
import { Button, Checkbox, CheckboxGroup, Input, Popover } from "@heroui/react";
import { fieldLabels, type RuleDraft, type RuleField } from "./rule-draft";

interface CellProps {
	field: RuleField;
	/** Whose number it is, for those who do not see the column. */
	whose: string;
	draft: RuleDraft;
	/** What an empty field means. */
	placeholder: string;
	isDisabled: boolean;
	onChange: (draft: RuleDraft) => void;
}

/** One number of a rule, typed where it stands. At 390 px the columns have no heads, so it names itself. */
export function NumberCell({ field, whose, draft, placeholder, isDisabled, onChange }: CellProps) {
	const label = fieldLabels[field];
	return (
		<span className="flex items-center justify-between gap-3 sm:justify-end">
			<span aria-hidden className="text-[12px] text-muted sm:hidden">
				{label}
			</span>
			<Input
				aria-label={`${label} of ${whose}`}
				className="num w-24 text-end"
				inputMode="numeric"
				value={draft.numbers[field]}
				placeholder={placeholder}
				disabled={isDisabled}
				onChange={(event) => onChange({ ...draft, numbers: { ...draft.numbers, [field]: event.target.value } })}
			/>
		</span>
	);
}

interface PlacesProps {
	whose: string;
	draft: RuleDraft;
	places: { key: string; name: string; warehouse: string; excluded: boolean }[];
	isDisabled: boolean;
	onChange: (draft: RuleDraft) => void;
}

/** The locations that count: all of them, or those that are ticked. */
export function PlacesCell({ whose, draft, places, isDisabled, onChange }: PlacesProps) {
	const warehouses = new Set(places.map(({ warehouse }) => warehouse)).size;
	const named = places.filter(({ key }) => draft.locations.includes(key));
	const strange = draft.locations.filter((key) => !places.some((place) => place.key === key));
	const words = [...named.map(({ name }) => name), ...strange].join(", ") || "All";
	if (places.length === 0) return <span className="text-muted">All</span>;
	return (
		<Popover>
			<Button
				size="sm"
				variant="outline"
				aria-label={`Locations that count for ${whose}: ${words}`}
				isDisabled={isDisabled}
				className="max-w-52 truncate"
			>
				{words}
			</Button>
			<Popover.Content>
				<Popover.Dialog aria-label={`Locations that count for ${whose}`} className="max-w-80">
					<CheckboxGroup
						aria-label="Locations that count"
						value={draft.locations}
						onChange={(locations) => onChange({ ...draft, locations })}
					>
						<p className="text-[12px] text-muted">None ticked: all of them, also those that come later.</p>
						{[...places, ...strange.map((key) => ({ key, name: key, warehouse: "", excluded: false }))].map((place) => (
							<Checkbox key={place.key} value={place.key}>
								<Checkbox.Content>
									<Checkbox.Control>
										<Checkbox.Indicator />
									</Checkbox.Control>
									{place.name}
									{warehouses > 1 && <span className="text-muted">, {place.warehouse}</span>}
									{place.excluded && <span className="text-muted"> (excluded everywhere)</span>}
								</Checkbox.Content>
							</Checkbox>
						))}
					</CheckboxGroup>
				</Popover.Dialog>
			</Popover.Content>
		</Popover>
	);
}
