"use client";
import { createContext, type ReactNode, use } from "react";
import type { z } from "zod";
import type { hub } from "@/lib/api/contract/people";
import type { Permission } from "@/lib/db/scope";
import { TimeZoneContext } from "../ui/time-zone";

/** Who looks, and at which account. Given once by the layout; every screen below may read it. */
export type HubFacts = z.input<typeof hub>;

const HubContext = createContext<HubFacts | null>(null);

export function HubProvider({ hub, children }: { hub: HubFacts; children: ReactNode }) {
	const { person, account } = hub;
	return (
		<HubContext value={hub}>
			<TimeZoneContext value={person.timeZone ?? account.timeZone}>{children}</TimeZoneContext>
		</HubContext>
	);
}

export function useHub(): HubFacts {
	const hub = use(HubContext);
	if (!hub) throw new Error("useHub needs the account layout around it");
	return hub;
}

/** The zone in which times are shown to this person. */
export function useTimeZone(): string {
	const { person, account } = useHub();
	return person.timeZone ?? account.timeZone;
}

export function useHref(): (path: string) => string {
	const { account } = useHub();
	return (path) => `/${account.id}${path.startsWith("/") ? path : `/${path}`}`;
}

/** Whether the person may do something here; the server decides again. */
export function useMay(permission: Permission): boolean {
	return useHub().may.includes(permission);
}

/** Whether the person may set up this side: a merchant's people have its carts, a linked warehouse its warehouse. */
export function useMaySetUp(side: "source" | "destination"): boolean {
	const { may, ofMerchant, linked } = useHub();
	return may.includes("connections:write") && (side === "source" ? !linked : !ofMerchant);
}
