"use client";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { api, apiClient } from "@/lib/api/client";
import { type HubFacts, HubProvider } from "./hub-context";
import { HubFrame } from "./hub-frame";
import { placeHref } from "./places";

/** The frame of an account's screens. What the server knew at first is kept fresh while the page is open. */
export function Hub({ hub, children }: { hub: HubFacts; children: ReactNode }) {
	const accountId = hub.account.id;
	const fresh = useQuery(
		api.people.hub.queryOptions({ input: { accountId }, initialData: hub, refetchInterval: 15_000 }),
	);
	const find = async (query: string) => {
		const { items } = await apiClient.orders.find({ accountId, query });
		return items.map(({ id, title, detail, path }) => ({ id, title, detail, href: placeHref(accountId, path) }));
	};
	return (
		<HubProvider hub={fresh.data}>
			<HubFrame openAlerts={fresh.data.openAlerts} find={find}>
				{children}
			</HubFrame>
		</HubProvider>
	);
}
