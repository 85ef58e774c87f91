"use client";
import { usePathname } from "next/navigation";
import { parseAsString, useQueryState } from "nuqs";
import { useEffect, useState } from "react";
import { keepCookie, readCookie } from "./cookie";
import { useHub } from "./hub-context";
import { placeHref } from "./places";

/** The places that show one merchant when the address names it. */
const ofMerchant = ["", "orders", "purchase-orders", "inventory", "products", "connections", "runs"];

/** The merchant that a person looked at last in an account; kept in a cookie, for a year. */
export function lastMerchant(accountId: string): string | null {
	return readCookie(cookieName(accountId));
}

/** Where a place is for the merchant given, which only some places ask for. */
export function merchantHref(accountId: string, path: string, merchantId: string | null): string {
	const href = placeHref(accountId, path);
	return merchantId && ofMerchant.includes(path) ? `${href}?merchant=${merchantId}` : href;
}

/**
 * The merchant looked at last in this account, to which the rail's links lead, and the one that this page shows. A
 * merchant in the address is remembered; choosing all merchants in the switcher forgets it.
 */
export function useChosenMerchant(): {
	last: string | null;
	shown: string | null;
	choose: (merchantId: string | null) => void;
} {
	const { account, merchants } = useHub();
	const section = usePathname().split("/")[2] ?? "";
	const [inAddress] = useQueryState("merchant", parseAsString);
	const [remembered, setRemembered] = useState<string | null>(null);
	// biome-ignore lint/correctness/useExhaustiveDependencies: the switcher may have forgotten it before a walk
	useEffect(() => {
		if (inAddress) keepCookie(cookieName(account.id), inAddress);
		setRemembered(lastMerchant(account.id));
	}, [account.id, inAddress, section]);
	const known = (id: string | null) => (merchants.some((merchant) => merchant.id === id) ? id : null);
	const last = known(remembered);
	const choose = (merchantId: string | null) => {
		keepCookie(cookieName(account.id), merchantId);
		setRemembered(merchantId);
	};
	return { last, choose, shown: ofMerchant.includes(section) ? known(inAddress) : last };
}

function cookieName(accountId: string): string {
	return `crossdock-merchant-${accountId}`;
}
