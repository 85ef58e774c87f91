"use client";
import { Options } from "../ui/options";
import { useItemMerchant } from "./use-items";

/** Whose codes these are; nothing to choose where there is one merchant. */
export function MerchantFilter() {
	const { merchantId, merchants, setMerchant } = useItemMerchant();
	if (merchants.length < 2 || !merchantId) return null;
	return (
		<Options
			label="Merchant"
			value={merchantId}
			options={merchants.map(({ id, name }) => ({ value: id, label: name }))}
			onChange={setMerchant}
		/>
	);
}
