"use client";
import { Checkbox, CheckboxGroup, Description, FieldError, Label } from "@heroui/react";
import type { Permission } from "@/lib/db/scope";
import { permissionWords } from "../people/permission-words";
import { useHub } from "../shell/hub-context";
import { type KeyLevel, keyLevels } from "./key-levels";

interface PermissionChoiceProps {
	level: KeyLevel;
	chosen: Permission[];
	onChange: (chosen: Permission[]) => void;
	problem: string | undefined;
}

/** What a key may do: only what its maker may do, and what means something on its level. */
export function PermissionChoice({ level, chosen, onChange, problem }: PermissionChoiceProps) {
	const { may } = useHub();
	const offered = (Object.keys(permissionWords) as Permission[]).filter(
		(permission) => may.includes(permission) && keyLevels[permission].includes(level),
	);
	return (
		<CheckboxGroup
			name="permissions"
			value={chosen}
			onChange={(values) => onChange(offered.filter((permission) => values.includes(permission)))}
			isRequired
			isInvalid={problem !== undefined}
			validationBehavior="aria"
		>
			<Label>What it may do</Label>
			<Description>No more than it needs.</Description>
			<div className="grid gap-x-4 gap-y-2 sm:grid-cols-2">
				{offered.map((permission) => (
					<Checkbox key={permission} value={permission}>
						<Checkbox.Content>
							<Checkbox.Control>
								<Checkbox.Indicator />
							</Checkbox.Control>
							{permissionWords[permission]}
						</Checkbox.Content>
					</Checkbox>
				))}
			</div>
			<FieldError>{problem}</FieldError>
		</CheckboxGroup>
	);
}
