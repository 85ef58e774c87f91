"use client";
import { parseAsArrayOf, parseAsStringLiteral, useQueryState } from "nuqs";
import { useEffect, useState } from "react";
import {
	type OrderColumn,
	orderColumnNames,
	orderColumnsOf,
	usualOrderColumns,
} from "@/lib/api/contract/order-columns";
import { keepCookie, readCookie } from "../shell/cookie";
import { useHub } from "../shell/hub-context";

export const columnsInAddress = parseAsArrayOf(parseAsStringLiteral(orderColumnNames));

/**
 * The columns of the list: those in the address, which a view sets; else those chosen last in this browser; else the
 * usual ones. The merchant is left out where there is one only.
 */
export function useOrderColumns(merchantShown: boolean) {
	const { account } = useHub();
	const [inAddress, setInAddress] = useQueryState("columns", columnsInAddress);
	const [remembered, setRemembered] = useState<string[] | null>(null);
	const cookie = `crossdock-order-columns-${account.id}`;
	useEffect(() => setRemembered(readCookie(cookie)?.split(".") ?? null), [cookie]);
	const chosen = orderColumnsOf(inAddress ?? remembered ?? usualOrderColumns);
	const usual = chosen.join() === orderColumnsOf(usualOrderColumns).join();
	return {
		/** What was chosen, whether it can be shown here or not. */
		chosen,
		shown: chosen.filter((name) => name !== "merchant" || merchantShown),
		isUsual: usual,
		choose: (names: readonly OrderColumn[] | null) => {
			const next = names && orderColumnsOf(names);
			keepCookie(cookie, next?.join(".") ?? null);
			setRemembered(next);
			void setInAddress(inAddress && next);
		},
	};
}
