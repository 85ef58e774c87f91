"use client";
import { Label, Radio, RadioGroup } from "@heroui/react";
import { PickField } from "../form/pick-field";
import { MerchantChoice } from "../merchant/merchant-choice";
import { useHub, useMay } from "../shell/hub-context";
import { roleWords } from "../sign-in/role-words";

export type RoleName = keyof typeof roleWords;

/** What somebody may do, and for which merchants. */
export interface PlaceValues {
	role: RoleName;
	/** For people of a brand. */
	merchantId: string | null;
	/** For staff who work for some merchants only. */
	chosenMerchantIds: string[] | null;
}

interface PlaceFieldsProps {
	value: PlaceValues;
	onChange: (value: PlaceValues) => void;
	problems: Record<string, string>;
}

/** A role, and in an account with many merchants those that somebody is kept to. */
export function PlaceFields({ value, onChange, problems }: PlaceFieldsProps) {
	const { account, ofMerchant } = useHub();
	const mayOwn = useMay("owners:write");
	const roles = (Object.keys(roleWords) as RoleName[]).filter((role) => mayOwn || role !== "owner");
	// Owners and admins answer for everything: a choice of merchants gives way.
	const setRole = (role: RoleName) =>
		onChange({
			role,
			merchantId: role === "owner" ? null : value.merchantId,
			chosenMerchantIds: role === "owner" || role === "admin" ? null : value.chosenMerchantIds,
		});
	return (
		<>
			<Choice
				label="Role"
				value={value.role}
				options={roles.map((role) => ({ value: role, label: roleWords[role] }))}
				onChange={(role) => setRole(roles.find((known) => known === role) ?? "viewer")}
			/>
			{account.kind === "fulfillment" && !ofMerchant && value.role !== "owner" && (
				<ReachFields value={value} onChange={onChange} problems={problems} />
			)}
		</>
	);
}

const everywhere = { merchantId: null, chosenMerchantIds: null };
const reaches = [
	{ value: "all", label: "Your staff, for all merchants." },
	{ value: "chosen", label: "Your staff, for chosen merchants only." },
	{
		value: "brand",
		label: "People of a brand: they see their own merchant, and only look at the warehouse's settings.",
	},
];

function ReachFields({ value, onChange, problems }: PlaceFieldsProps) {
	const { merchants } = useHub();
	const { merchantId, chosenMerchantIds } = value;
	const reach = merchantId ? "brand" : chosenMerchantIds ? "chosen" : "all";
	const choose = (next: string) =>
		onChange({
			...{ ...value, ...everywhere },
			...(next === "chosen" && { chosenMerchantIds: [] }),
			...(next === "brand" && { merchantId: merchants[0]?.id ?? null }),
		});
	return (
		<>
			<Choice
				label="Who they are"
				value={reach}
				options={value.role === "admin" ? reaches.filter((option) => option.value !== "chosen") : reaches}
				onChange={choose}
			/>
			{reach === "brand" && (
				<PickField
					label="Their merchant"
					problem={problems.merchantId}
					value={merchantId}
					options={merchants.map(({ id, name }) => ({ value: id, label: name }))}
					onChange={(key) => key && onChange({ ...value, merchantId: key })}
				/>
			)}
			{reach === "chosen" && (
				<MerchantChoice
					label="Merchants they work for"
					value={chosenMerchantIds ?? []}
					problem={problems.chosenMerchantIds}
					onChange={(ids) => onChange({ ...value, chosenMerchantIds: ids })}
				/>
			)}
		</>
	);
}

interface ChoiceProps {
	label: string;
	value: string;
	options: { value: string; label: string }[];
	onChange: (value: string) => void;
}

function Choice({ label, value, options, onChange }: ChoiceProps) {
	return (
		<RadioGroup value={value} onChange={onChange}>
			<Label>{label}</Label>
			{options.map((option) => (
				<Radio key={option.value} value={option.value}>
					<Radio.Content>
						<Radio.Control>
							<Radio.Indicator />
						</Radio.Control>
						{option.label}
					</Radio.Content>
				</Radio>
			))}
		</RadioGroup>
	);
}
