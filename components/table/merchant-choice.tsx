"use client";
import { useHub } from "../shell/hub-context";
import { Choice } from "./filters";

interface MerchantChoiceProps {
	value: string | null;
	onChange: (merchantId: string | null) => void;
}

/** Whose rows a list shows; absent where an account is its own only merchant. */
export function MerchantChoice({ value, onChange }: MerchantChoiceProps) {
	const { account, merchants } = useHub();
	if (account.kind !== "fulfillment") return null;
	return (
		<Choice
			label="Merchant"
			any="All merchants"
			value={value}
			options={merchants.map(({ id, name }) => ({ value: id, label: name }))}
			onChange={onChange}
		/>
	);
}
