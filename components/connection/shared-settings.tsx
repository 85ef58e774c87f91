"use client";
import { Checkbox, Description, FieldError, Input, Label, ListBox, Select, TextField } from "@heroui/react";
import { useState } from "react";
import { apiClient } from "@/lib/api/client";
import type { FormField } from "../form/field";
import { useHub } from "../shell/hub-context";

type Values = Record<string, unknown>;

/** What a 3PL types once for all its merchants: chosen from what is kept, or kept from what is typed here. */
export interface ShareState {
	wanted: boolean;
	setWanted: (wanted: boolean) => void;
	name: string;
	setName: (name: string) => void;
	/** Keeps the account-level values if that is wanted; says under which id, and which fields it took. */
	save: (values: Values, fields: FormField[]) => Promise<{ id: string; fields: string[] } | null>;
}

export function useSaveShared(card: { key: string; name: string }): ShareState {
	const { account } = useHub();
	const [wanted, setWanted] = useState(false);
	const [name, setName] = useState(card.name);
	const save: ShareState["save"] = async (values, fields) => {
		if (!wanted) return null;
		const shared = fields.filter(({ level }) => level === "account").map((field) => field.name);
		const own = Object.fromEntries(Object.entries(values).filter(([field]) => shared.includes(field)));
		const { id } = await apiClient.credentials.create({
			accountId: account.id,
			connectorKey: card.key,
			name,
			values: own,
		});
		setWanted(false);
		return { id, fields: shared };
	};
	return { wanted, setWanted, name, setName, save };
}

interface SharedSettingsProps {
	system: string;
	credentials: { id: string; name: string; connections: number }[];
	credentialId: string | null;
	onChange: (id: string | null) => void;
	share: ShareState;
}

const here = "here";

export function SharedSettings({ system, credentials, credentialId, onChange, share }: SharedSettingsProps) {
	return (
		<div className="flex max-w-xl flex-col gap-3">
			{credentials.length > 0 && (
				<Select
					fullWidth
					value={credentialId ?? here}
					onChange={(key) => onChange(key === here || key === null ? null : String(key))}
				>
					<Label>Access to {system}</Label>
					<Select.Trigger>
						<Select.Value />
						<Select.Indicator />
					</Select.Trigger>
					<Description>Shared settings are typed once and serve every merchant of the account.</Description>
					<Select.Popover>
						<ListBox>
							{credentials.map(({ id, name, connections }) => (
								<ListBox.Item key={id} id={id} textValue={name}>
									{name}, used by {connections} {connections === 1 ? "connection" : "connections"}
									<ListBox.ItemIndicator />
								</ListBox.Item>
							))}
							<ListBox.Item id={here} textValue="Only for this connection">
								Only for this connection
								<ListBox.ItemIndicator />
							</ListBox.Item>
						</ListBox>
					</Select.Popover>
				</Select>
			)}
			{credentialId === null && (
				<Checkbox isSelected={share.wanted} onChange={share.setWanted}>
					<Checkbox.Content>
						<Checkbox.Control>
							<Checkbox.Indicator />
						</Checkbox.Control>
						Keep the warehouse's access for all merchants
					</Checkbox.Content>
				</Checkbox>
			)}
			{credentialId === null && share.wanted && (
				<TextField fullWidth value={share.name} onChange={share.setName} isRequired>
					<Label>Name of the shared settings</Label>
					<Input className="w-full" />
					<FieldError />
				</TextField>
			)}
		</div>
	);
}
