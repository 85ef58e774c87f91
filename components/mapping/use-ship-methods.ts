"use client";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, apiClient } from "@/lib/api/client";
import { useHub } from "../shell/hub-context";
import { plural } from "../ui/plural";
import { type MethodChange, releasedWords } from "./ship-method-words";

export interface MethodEdit {
	changes: MethodChange[];
	unmapped?: "pass" | "refuse" | undefined;
}

/** A cart's ship methods as they are stored. */
export function useShipMethods(connectionId: string) {
	const { account } = useHub();
	return useQuery(
		api.shipMethods.get.queryOptions({
			input: { accountId: account.id, connectionId },
			placeholderData: keepPreviousData,
		}),
	);
}

/** Asks the warehouses which ship methods they have. */
export function useAskWarehouse(connectionId: string, onAsked: (asked: { listed: number; added: number }) => unknown) {
	const { account } = useHub();
	return useMutation({
		mutationFn: () => apiClient.shipMethods.refresh({ accountId: account.id, connectionId }),
		onSuccess: onAsked,
	});
}

/** What a change would do, before it is saved. */
export function useEffectOf(connectionId: string, edit: MethodEdit) {
	const { account } = useHub();
	return useQuery(
		api.shipMethods.preview.queryOptions({
			input: { accountId: account.id, connectionId, ...edit },
			enabled: edit.changes.length > 0 || edit.unmapped !== undefined,
			placeholderData: keepPreviousData,
		}),
	);
}

export interface SavedMethods {
	sentence: string;
	undo: MethodEdit | null;
}

/** Saving and taking back, with what it did in words. */
export function useSaveMethods(connectionId: string, onSaved: () => void = () => {}) {
	const { account } = useHub();
	const queries = useQueryClient();
	const [done, setDone] = useState<SavedMethods | null>(null);
	const settled = async (words: SavedMethods) => {
		setDone(words);
		await Promise.all(
			[api.shipMethods, api.orders, api.alerts, api.connections].map((some) =>
				queries.invalidateQueries({ queryKey: some.key() }),
			),
		);
	};
	const save = useMutation({
		mutationFn: (edit: MethodEdit) => apiClient.shipMethods.save({ accountId: account.id, connectionId, ...edit }),
		onSuccess: async ({ saved, released, undo }, edit) => {
			onSaved();
			const what =
				saved > 0 ? `${plural(saved, "mapping")} saved.` : edit.unmapped ? "The setting is saved." : "Nothing changed.";
			await settled({ sentence: `${what} ${releasedWords(released)}`, undo });
		},
	});
	const undo = useMutation({
		mutationFn: (edit: MethodEdit) => apiClient.shipMethods.save({ accountId: account.id, connectionId, ...edit }),
		onSuccess: () =>
			settled({ sentence: "Taken back: it is as it was before. Orders that went out stay out.", undo: null }),
	});
	return { save, undo, done, settled };
}
