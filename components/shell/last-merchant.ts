"use client";
import { usePathname } from "next/navigation";
import { parseAsString, useQueryState } from "nuqs";
import { useEffect, useRef, useState } from "react";
import { useHub } from "./hub-context";
import { placeHref } from "./places";

/** The places that show one merchant when the address names it. */
const ofMerchant = ["", "orders", "inventory", "connections", "runs"];

/** The merchant that a person looked at last in an account; kept in a cookie, for a year. */
export function lastMerchant(accountId: string): string | null {
	const name = `${cookieName(accountId)}=`;
	const pair = document.cookie.split("; ").find((one) => one.startsWith(name));
	return pair ? pair.slice(name.length) : null;
}

export function rememberMerchant(accountId: string, merchantId: string | null): void {
	const age = merchantId ? 31_536_000 : 0;
	// biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet
	document.cookie = `${cookieName(accountId)}=${merchantId ?? ""}; path=/; max-age=${age}; samesite=lax`;
}

/** Where a place is for the merchant given, which only some places ask for. */
export function merchantHref(accountId: string, path: string, merchantId: string | null): string {
	const href = placeHref(accountId, path);
	return merchantId && ofMerchant.includes(path) ? `${href}?merchant=${merchantId}` : href;
}

/**
 * The merchant chosen in this account: the one in the address, else the one looked at last. Taking the merchant out of
 * a page's address forgets it; walking on to a page that has none does not.
 */
export function useChosenMerchant(): string | null {
	const { account, merchants } = useHub();
	const pathname = usePathname();
	const [inAddress] = useQueryState("merchant", parseAsString);
	const [chosen, setChosen] = useState<string | null>(null);
	const shown = useRef<string | null>(null);
	useEffect(() => {
		const here = `${pathname} shows a merchant`;
		if (inAddress) rememberMerchant(account.id, inAddress);
		setChosen(inAddress ?? lastMerchant(account.id));
		const wasShown = shown.current === here;
		shown.current = inAddress ? here : null;
		if (inAddress || !wasShown) return;
		// The address loses its merchant a moment before a walk to another page is known for one.
		const timer = setTimeout(() => {
			if (window.location.pathname !== pathname) return;
			rememberMerchant(account.id, null);
			setChosen(null);
		}, 500);
		return () => clearTimeout(timer);
	}, [account.id, pathname, inAddress]);
	return merchants.some(({ id }) => id === chosen) ? chosen : null;
}

function cookieName(accountId: string): string {
	return `crossdock-merchant-${accountId}`;
}
