"use client";
import { Label, Radio, RadioGroup } from "@heroui/react";
import { PickField } from "../form/pick-field";
import { useHub, useMay } from "../shell/hub-context";
import { roleWords } from "../sign-in/role-words";

export type RoleName = keyof typeof roleWords;

/** What somebody may do, and for which merchant. */
export interface PlaceValues {
	role: RoleName;
	merchantId: string | null;
}

interface PlaceFieldsProps {
	value: PlaceValues;
	onChange: (value: PlaceValues) => void;
	problems: Record<string, string>;
}

const allMerchants = "all";

/** A role, and in an account with many merchants the one that somebody is kept to. */
export function PlaceFields({ value, onChange, problems }: PlaceFieldsProps) {
	const { account, merchants, ofMerchant } = useHub();
	const mayOwn = useMay("owners:write");
	const roles = (Object.keys(roleWords) as RoleName[]).filter(
		(role) => role !== "owner" || (mayOwn && !value.merchantId),
	);
	const choices = [
		{ value: allMerchants, label: "All merchants" },
		...merchants.map(({ id, name }) => ({ value: id, label: `${name} only` })),
	];
	return (
		<>
			<RadioGroup
				value={value.role}
				onChange={(role) => onChange({ ...value, role: roles.find((known) => known === role) ?? "viewer" })}
			>
				<Label>Role</Label>
				{roles.map((role) => (
					<Radio key={role} value={role}>
						<Radio.Content>
							<Radio.Control>
								<Radio.Indicator />
							</Radio.Control>
							{roleWords[role]}
						</Radio.Content>
					</Radio>
				))}
			</RadioGroup>
			{account.kind === "fulfillment" && !ofMerchant && (
				<PickField
					label="Merchants they see"
					help={
						value.role === "owner"
							? "An owner owns the whole account."
							: "People of a brand see their own merchant only; the warehouse's settings they can look at, not change."
					}
					problem={problems.merchantId}
					value={value.merchantId ?? allMerchants}
					options={value.role === "owner" ? choices.slice(0, 1) : choices}
					onChange={(key) => onChange({ ...value, merchantId: key === allMerchants ? null : key })}
				/>
			)}
		</>
	);
}
