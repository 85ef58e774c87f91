"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { parseAsString, useQueryState } from "nuqs";
import { useState } from "react";
import { api, apiClient } from "@/lib/api/client";
import type { ItemRow } from "@/lib/canonical/item-codes";
import { useHub } from "../shell/hub-context";
import { useChosenMerchant } from "../shell/last-merchant";
import { keyOfRow } from "./item-words";

/** Whose item codes are shown: the merchant in the address, else the one looked at last, else the first. */
export function useItemMerchant() {
	const { merchants } = useHub();
	const { last } = useChosenMerchant();
	const [inAddress, setMerchant] = useQueryState("merchant", parseAsString);
	const known = [inAddress, last].find((id) => merchants.some((merchant) => merchant.id === id));
	return {
		merchantId: known ?? merchants[0]?.id ?? null,
		merchants,
		setMerchant: (id: string) => void setMerchant(id),
	};
}

/** The merchant's carts, by name. */
export function useCarts(merchantId: string | null) {
	const { account } = useHub();
	const list = useQuery(
		api.connections.list.queryOptions({
			input: { accountId: account.id, ...(merchantId && { merchantId }) },
			enabled: merchantId !== null,
		}),
	);
	return (list.data?.items ?? []).filter(({ side, merchant }) => side === "source" && merchant.id === merchantId);
}

export interface SavedWords {
	changeId: string | null;
	sentence: string;
}

/** Saving and taking back, with what it did in words. */
export function useSaveItems(merchantId: string) {
	const { account } = useHub();
	const queries = useQueryClient();
	const [done, setDone] = useState<SavedWords | null>(null);
	const one = { accountId: account.id, merchantId };
	const settled = async (words: SavedWords) => {
		setDone(words);
		await Promise.all(
			[api.items, api.orders, api.alerts].map((some) => queries.invalidateQueries({ queryKey: some.key() })),
		);
	};
	const save = useMutation({
		mutationFn: ({ row, before }: { row: ItemRow; before: ItemRow | null }) =>
			apiClient.items.save({ ...one, rows: [row], remove: before ? [keyOfRow(before)] : [] }),
		onSuccess: ({ changeId, released }, { row }) =>
			settled({ changeId, sentence: `${row.code} is saved. ${releasedWords(released)}` }),
	});
	const remove = useMutation({
		mutationFn: (rows: ItemRow[]) => apiClient.items.save({ ...one, rows: [], remove: rows.map(keyOfRow) }),
		onSuccess: ({ changeId, saved }) => settled({ changeId, sentence: `${saved} removed.` }),
	});
	const undo = useMutation({
		mutationFn: (changeId: string) => apiClient.items.undo({ ...one, changeId }),
		onSuccess: () => settled({ changeId: null, sentence: "Taken back: it is as it was before." }),
	});
	return { save, remove, undo, done, settled };
}

export function releasedWords(released: number): string {
	if (released === 0) return "";
	return released === 1 ? "1 order that waited goes out." : `${released} orders that waited go out.`;
}
