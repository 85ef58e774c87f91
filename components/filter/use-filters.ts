"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, apiClient } from "@/lib/api/client";
import type { CartFilters } from "@/lib/canonical/filters";
import { useHub } from "../shell/hub-context";
import { plural } from "../ui/plural";

interface Saved {
	version: number;
	askedAgain: number;
	released: number;
}

/** A cart's filters, and what may be done with them. */
export function useFilters(connectionId: string) {
	const { account } = useHub();
	const queries = useQueryClient();
	const one = { accountId: account.id, connectionId };
	const found = useQuery(api.filters.get.queryOptions({ input: one }));
	/** The version that taking back leads to; null after it. */
	const [done, setDone] = useState<{ sentence: string; before: number | null } | null>(null);
	const settled = async (sentence: string, saved: Saved, before: number | null) => {
		setDone({ sentence: `${sentence} ${savedWords(saved)}`.trim(), before });
		await Promise.all(
			[api.filters, api.orders, api.alerts].map((some) => queries.invalidateQueries({ queryKey: some.key() })),
		);
	};
	const save = useMutation({
		mutationFn: (given: { version: number; filters: CartFilters }) => apiClient.filters.save({ ...one, ...given }),
		onSuccess: (saved, { version }) => settled("The filters are saved.", saved, version),
	});
	const restore = useMutation({
		mutationFn: (version: number) => apiClient.filters.restore({ ...one, version }),
		onSuccess: (saved) => settled("It is as it was before.", saved, null),
	});
	return { found, save, restore, done, settled };
}

export function savedWords({ askedAgain, released }: Saved): string {
	const parts = [
		askedAgain > 0 && `${plural(askedAgain, "skipped order is", "skipped orders are")} asked for again.`,
		released > 0 && `${plural(released, "order that waited goes", "orders that waited go")} out.`,
	];
	return parts.filter(Boolean).join(" ");
}
